/*
 * Deploys the function and the API in front of it: `npm run deploy 5`. It says what should be there, and may run as
 * often as you like. No endpoint and no key stand here. Coldstart sets AWS_ENDPOINT_URL, AWS_REGION and a key before
 * it runs this script, and the SDK reads them by itself; without them the same script deploys to your AWS account.
 */
import { addressOf, deployTo, openApi, proxyToFunction } from './api.ts';
import { deployFunction } from './function.ts';
import { visit } from './visit.ts';

/** LAB_PREFIX keeps students apart who share one account; on your own machine it is empty. */
const prefix = process.env.LAB_PREFIX ?? '';
const stage = 'dev';

/** Everything about the function but its code. */
const settings = {
  Runtime: 'nodejs24.x',
  Handler: 'index.handler',
  Description: 'Answers for the notes API',
  MemorySize: 256, // MB
  Timeout: 5, // seconds; the gateway waits for 29
} as const;

const functionArn = await deployFunction(`${prefix}lab05-notes`, `${prefix}lab05-notes-role`, settings);

// Gap 7: the content types that are bytes stand in the list.
const apiId = await openApi(`${prefix}lab05-notes`, []);
console.log(`api        ${apiId}`);

const hello = { apiId, httpMethod: 'GET', path: '/hello' };

await proxyToFunction(hello, functionArn);
// Gap 1: the function does not know this API yet, and lets nobody in.

// Gap 4: `POST /echo`.
// Gap 6: `GET /health`, which the gateway answers by itself: {"status": "ok"}

await deployTo(apiId, stage);
console.log(`stage      ${stage}`);
await visit(await addressOf(apiId, stage));
