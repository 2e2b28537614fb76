/*
 * Deploys two functions and the API in front of them: `npm run deploy 6`. It says what should be there, and may run
 * as often as you like. No endpoint, no key and no secret stand here. Coldstart sets AWS_ENDPOINT_URL, AWS_REGION and
 * a key before it runs this script, and the SDK reads them by itself; without them the same script deploys to your
 * AWS account.
 */
import { addressOf, allowToAuthorize, deployTo, openApi, openAuthorizer, proxyToFunction } from './api.ts';
import { deployFunction } from './function.ts';
import { addToPlan, openKey, openPlan } from './plan.ts';
import { secretOf } from './secret.ts';
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
const secret = await secretOf(authorizerName);

const backEnd = await deployFunction(`${prefix}lab06-reports`, role, 'src/handler.ts', {
  ...settings,
  Description: 'Answers for the reports API',
});
const authorizer = await deployFunction(authorizerName, role, 'src/authorizer.ts', {
  ...settings,
  Description: 'Says whose token it is and what it may do',
  Environment: { Variables: { TOKEN_SECRET: secret } },
});

const apiId = await openApi(`${prefix}lab06-reports`);
console.log(`api        ${apiId}`);

const authorizerId = await openAuthorizer(apiId, 'tokens', authorizer, 300);
await allowToAuthorize(authorizer, apiId, authorizerId);

const byToken = { kind: 'authorizer', authorizerId } as const;
await proxyToFunction({ apiId, httpMethod: 'GET', path: '/public' }, backEnd, { kind: 'key' });
await proxyToFunction({ apiId, httpMethod: 'GET', path: '/reports' }, backEnd, { kind: 'key' });
await proxyToFunction({ apiId, httpMethod: 'GET', path: '/admin' }, backEnd, byToken);
await proxyToFunction({ apiId, httpMethod: 'POST', path: '/admin' }, backEnd, byToken);

await deployTo(apiId, stage);
console.log(`stage      ${stage}`);

const key = await openKey(`${prefix}lab06-key`);
const grant = {
  throttle: { rateLimit: 5, burstLimit: 10 }, // requests a second; at once
  quota: { limit: 200, period: 'DAY' },
} as const;
const planId = await openPlan(`${prefix}lab06-plan`, grant, [{ apiId, stage }]);
await addToPlan(planId, key);
console.log(`plan       ${planId}`);

await visit(await addressOf(apiId, stage), { key: key.value, secret });
