/*
 * The history of the shop, from its first release on: `npm run deploy 8`. It is only ever added to, at the end. Edits
 * of the function and the API are made anew in each run and change nothing that is out; what happens to a stage
 * happens once, and stands in CHANGELOG.md from then on.
 * No endpoint and no key stand here. Coldstart sets AWS_ENDPOINT_URL, AWS_REGION and a key before it runs this script,
 * and the SDK reads them by itself; without them the same script deploys to your AWS account.
 */
import { callAliasOfStage, openApi } from './api.ts';
import { pointAlias, publish } from './function.ts';
import { deploy, takeDeployment } from './stages.ts';
import { visit } from './visit.ts';

/** LAB_PREFIX keeps students apart who share one account; on your own machine it is empty. */
const prefix = process.env.LAB_PREFIX ?? '';

const shop = {
  functionName: `${prefix}lab08-shop`,
  roleName: `${prefix}lab08-shop-role`,
  settings: {
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Description: 'Quotes of the shop',
    MemorySize: 256, // MB
    Timeout: 5, // seconds
  },
} as const;

const apiId = await openApi(`${prefix}lab08-shop`);
const dev = { apiId, stageName: 'dev' };
const prod = { apiId, stageName: 'prod' };
console.log(`api        ${apiId}`);

const release = { apiId, httpMethod: 'GET', path: '/release' };
const quoteV1 = { apiId, httpMethod: 'GET', path: '/v1/quote' };

// Release 1: a quote, for both stages. Each stage says by its variable which alias it calls.
const blue = await pointAlias(shop, 'blue', await publish(shop, 'src/release-1.ts'));
for (const method of [release, quoteV1]) {
  await callAliasOfStage(method, blue);
  // Gap 1: the alias `blue` does not know this API yet, and lets nobody in.
}
const release1 = { deployment: await takeDeployment(apiId, 'release 1'), alias: 'blue' };
await deploy(dev, release1);
await deploy(prod, release1);

// Gap 3: release 2, a quote with its currency beside the old one. Its alias is `green`, and `dev` gets it first.
// Gap 4: a tenth of the requests to `prod` goes to release 2.
// Gap 5: all of them do.
// Gap 6: a drill: `prod` goes back to release 1, and forth again to release 2.

// Gap 7: release 3, for `dev` alone: `GET /notice` tells whoever still uses /v1 how long it stays.
// Gap 8: `GET /draft`, which nobody has decided on yet and no client sees.

await visit(dev, prod);
