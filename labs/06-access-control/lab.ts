import { defineLab } from '../../grader/api.ts';
import { readyCheck } from '../function-ready/check.ts';
import { apiChecks } from './checks/api.ts';
import { authorizerChecks } from './checks/authorizer.ts';
import { callerChecks } from './checks/caller.ts';
import { identityChecks } from './checks/identity.ts';
import { keyChecks } from './checks/keys.ts';
import { logChecks } from './checks/logs.ts';
import { planChecks } from './checks/plan.ts';
import { policyChecks } from './checks/policy.ts';
import { publicChecks } from './checks/public.ts';
import { quotaChecks } from './checks/quota.ts';
import { secretChecks } from './checks/secrets.ts';
import { throttleChecks } from './checks/throttle.ts';
import { tokenChecks } from './checks/tokens.ts';
import { names, probeKeys } from './names.ts';
import { en, ko, type Text } from './text.ts';

export const lab = defineLab<Text>({
  number: 6,
  slug: 'access-control',
  title: (text) => text.title,
  goal: (text) => text.goal,
  services: ['Amazon API Gateway', 'AWS Lambda'],
  minutes: [45, 60],
  cost: (text) => text.cost,
  resources: {
    restApis: [names.api],
    usagePlans: [names.plan],
    apiKeys: [names.key, ...Object.values(probeKeys)],
    functions: [names.function, names.authorizer],
    roles: [names.role],
    logGroups: [names.logGroup, names.authorizerLogGroup],
  },
  text: { en, ko },
  // In the order of the guide's steps: what a student does first is what turns green first.
  checks: [
    readyCheck(5, [names.function, names.authorizer]),
    apiChecks.api,
    publicChecks.open,
    planChecks.plan,
    keyChecks.keys,
    throttleChecks.throttle,
    quotaChecks.quota,
    authorizerChecks.authorizer,
    tokenChecks.tokens,
    callerChecks.caller,
    policyChecks.policy,
    policyChecks.cache,
    identityChecks.identity,
    logChecks.logs,
    secretChecks.secrets,
  ],
});
