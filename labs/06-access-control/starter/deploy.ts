/*
 * Deploys two functions and the API in front of them: `npm run deploy 6`. It says what should be there, and may run
 * as often as you like. No endpoint, no key and no secret stand here. Coldstart sets AWS_ENDPOINT_URL, AWS_REGION and
 * a key before it runs this script, and the SDK reads them by itself; without them the same script deploys to your
 * AWS account.
 */
import { addressOf, deployTo, openApi, proxyToFunction } from './api.ts';
import { deployFunction } from './function.ts';
import { visit } from './visit.ts';

/** LAB_PREFIX keeps students apart who share one account; on your own machine it is empty. */
const prefix = process.env.LAB_PREFIX ?? '';
const stage = 'dev';

/** Everything about the functions but their code. */
const settings = {
  Runtime: 'nodejs24.x',
  Handler: 'index.handler',
  MemorySize: 256, // MB
  Timeout: 5, // seconds
} as const;

const role = `${prefix}lab06-reports-role`;
const authorizerName = `${prefix}lab06-authorizer`;
// Gap 3: the authorizer needs a secret, which stands in no file. `secret.ts` has it.

const backEnd = await deployFunction(`${prefix}lab06-reports`, role, 'src/handler.ts', {
  ...settings,
  Description: 'Answers for the reports API',
});
await deployFunction(authorizerName, role, 'src/authorizer.ts', {
  ...settings,
  Description: 'Says whose token it is and what it may do',
  // Gap 3: its environment has it as TOKEN_SECRET.
});

const apiId = await openApi(`${prefix}lab06-reports`);
console.log(`api        ${apiId}`);

await proxyToFunction({ apiId, httpMethod: 'GET', path: '/public' }, backEnd, { kind: 'open' });
// Gap 1: `GET /reports`, for those who have a key.
// Gap 4: an authorizer whose answers are kept for 300 seconds, and the function lets it ask.
//        `GET /admin` and `POST /admin`, for those whom the authorizer lets in.

await deployTo(apiId, stage);
console.log(`stage      ${stage}`);

// Gap 2: the key lab06-key, and the plan lab06-plan: 5 requests a second, 10 at once, 200 a day.

// What you have made, hand it on: { key: key.value, secret }
await visit(await addressOf(apiId, stage), {});
