/*
 * The history of the shop, from its first release on: `npm run deploy 8`. It is only ever added to, at the end. Edits
 * of the function and the API are made anew in each run and change nothing that is out; what happens to a stage
 * happens once, and stands in CHANGELOG.md from then on.
 * No endpoint and no key stand here. Coldstart sets AWS_ENDPOINT_URL, AWS_REGION and a key before it runs this script,
 * and the SDK reads them by itself; without them the same script deploys to your AWS account.
 */
import { APIGatewayClient, DeleteDeploymentCommand } from '@aws-sdk/client-api-gateway';
import { allowToCall, callAliasOfStage, mock, openApi } from './api.ts';
import { pointAlias, publish } from './function.ts';
import { deploy, promote, rollBack, startCanary, takeDeployment } from './stages.ts';
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
const quoteV2 = { apiId, httpMethod: 'GET', path: '/v2/quote' };

// Release 1: a quote, for both stages. Each stage says by its variable which alias it calls.
const blue = await pointAlias(shop, 'blue', await publish(shop, 'src/release-1.ts'));
for (const method of [release, quoteV1]) {
  await callAliasOfStage(method, blue);
  await allowToCall(blue, method);
}
const release1 = { deployment: await takeDeployment(apiId, 'release 1'), alias: 'blue' };
await deploy(dev, release1);
await deploy(prod, release1);

// Release 2: a quote with its currency, beside the old one. First for dev, …
const green = await pointAlias(shop, 'green', await publish(shop, 'src/release-2.ts'));
await callAliasOfStage(quoteV2, green);
for (const method of [release, quoteV1, quoteV2]) await allowToCall(green, method);
const release2 = { deployment: await takeDeployment(apiId, 'release 2'), alias: 'green' };
await deploy(dev, release2);
// … then for every tenth request of customers, then for all.
await startCanary(prod, release2, 10);
await promote(prod, release2);
// A drill: back to what was before, and forth again. Nothing is built for either.
await rollBack(prod, release1);
await deploy(prod, release2);

// Release 3, for dev alone so far: whoever still uses /v1 is told how long it stays.
await mock({ apiId, httpMethod: 'GET', path: '/notice' }, '{"notice": "/v1 ends on 2027-12-31. Use /v2."}');
await deploy(dev, { deployment: await takeDeployment(apiId, 'release 3'), alias: 'green' });

// Nobody has decided on this yet. It stands behind the last deployment, so no client sees it.
await mock({ apiId, httpMethod: 'GET', path: '/draft' }, '{"draft": "coupons"}');

const { deployment: deploymentId } = release1;
await new APIGatewayClient().send(new DeleteDeploymentCommand({ restApiId: apiId, deploymentId }));

await visit(dev, prod);
