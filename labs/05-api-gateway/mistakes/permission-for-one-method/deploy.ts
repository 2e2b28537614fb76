/*
 * Deploys the function and the API in front of it: `npm run deploy 5`. It says what should be there, and may run as
 * often as you like. No endpoint and no key stand here. Coldstart sets AWS_ENDPOINT_URL, AWS_REGION and a key before
 * it runs this script, and the SDK reads them by itself; without them the same script deploys to your AWS account.
 */
import { addressOf, allowToCall, deployTo, mock, openApi, proxyToFunction } from './api.ts';
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

const apiId = await openApi(`${prefix}lab05-notes`, ['application/octet-stream']);
console.log(`api        ${apiId}`);

const hello = { apiId, httpMethod: 'GET', path: '/hello' };
const echo = { apiId, httpMethod: 'POST', path: '/echo' };
const health = { apiId, httpMethod: 'GET', path: '/health' };

await proxyToFunction(hello, functionArn);
await allowToCall(functionArn, hello);

await proxyToFunction(echo, functionArn);

await mock(health, '{"status": "ok"}');

await deployTo(apiId, stage);
console.log(`stage      ${stage}`);
await visit(await addressOf(apiId, stage));
