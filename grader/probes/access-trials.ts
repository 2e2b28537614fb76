import {
  BadRequestException,
  CreateApiKeyCommand,
  CreateAuthorizerCommand,
  CreateDeploymentCommand,
  CreateUsagePlanCommand,
  CreateUsagePlanKeyCommand,
  DeleteApiKeyCommand,
  DeleteUsagePlanCommand,
  GetApiKeyCommand,
  GetUsageCommand,
  UpdateApiKeyCommand,
  UpdateUsageCommand,
  UpdateUsagePlanCommand,
  type CreateUsagePlanRequest,
  type ThrottleSettings,
} from '@aws-sdk/client-api-gateway';
import type { HttpAnswer } from '../api.ts';
import { once, roleOf } from './made-once.ts';
import { known, mock } from './mock-method.ts';
import type { Source, Throwaway } from './throwaway.ts';
import { callAt, invocationUri, makeApi, openToApis } from './trial-api.ts';
import { unlessRefused, type Trial } from './trial.ts';

/* One API for all of it: AWS takes one deployment in five seconds, and removes one API in thirty. */

const stage = 'trial';

/** Lets everybody in, to what their token says: `all`, `this` method, `another`; or refuses. */
const authorizer: Source = {
  runtime: 'nodejs24.x',
  file: 'index.mjs',
  code: `export const handler = async ({ authorizationToken, methodArn }) => {
  const [what] = authorizationToken.split(' ');
  const Resource = { all: '*', this: methodArn, another: methodArn + '-another', none: '*' }[what];
  const Effect = what === 'none' ? 'Deny' : 'Allow';
  const Statement = [{ Action: 'execute-api:Invoke', Effect, Resource }];
  return { principalId: 'trial', policyDocument: { Version: '2012-10-17', Statement } };
};`,
};

/** Tells of which key it was told. */
const identifying: Source = {
  runtime: 'nodejs24.x',
  file: 'index.mjs',
  code: `export const handler = async ({ requestContext: { identity } }) => ({
  statusCode: 200,
  body: JSON.stringify([identity.apiKeyId, identity.apiKey]),
});`,
};

interface Site {
  readonly apiId: string;
  readonly ask: (path: string, headers?: Readonly<Record<string, string>>) => Promise<HttpAnswer>;
}

const sites = new WeakMap<Throwaway, Promise<Site>>();
const siteOf = (place: Throwaway) => once(sites, place, () => openSite(place));

/** An API whose `/keyed` and `/told` ask for a key, and whose `/one` and `/two` ask the authorizer. */
async function openSite(place: Throwaway): Promise<Site> {
  const { apigateway } = place.clients;
  const { restApiId, rootId, name } = await makeApi(place);
  const functionName = await place.make(authorizer, await roleOf(place));
  const arn = await openToApis(place, functionName);
  const { id: authorizerId } = await apigateway.send(
    new CreateAuthorizerCommand({
      restApiId,
      name,
      type: 'TOKEN',
      identitySource: 'method.request.header.Authorization',
      authorizerUri: invocationUri(arn),
    }),
  );
  const guarded = { authorizationType: 'CUSTOM', authorizerId: known(authorizerId) };
  const keyed = { authorizationType: 'NONE', apiKeyRequired: true };
  await mock(place, restApiId, rootId, 'keyed', keyed);
  await callAt(place, { restApiId, rootId }, identifying, 'told', keyed);
  await mock(place, restApiId, rootId, 'one', guarded);
  await mock(place, restApiId, rootId, 'two', guarded);
  await apigateway.send(new CreateDeploymentCommand({ restApiId, stageName: stage }));
  return { apiId: restApiId, ask: (path, headers = {}) => place.ask(restApiId, stage, path, headers) };
}

interface Key {
  readonly id: string;
  readonly planId: string;
  readonly value: string;
}

/** What a plan grants. */
type Grant = Pick<CreateUsagePlanRequest, 'throttle' | 'quota'> & {
  /** Limits of single methods: `/keyed/GET`. */
  readonly methods?: Record<string, ThrottleSettings>;
};

/** A key in a plan of its own for the stage, once the stage knows it. @returns undefined where it never does */
async function keyWith(
  place: Throwaway,
  { apiId, ask }: Site,
  { methods, ...grant }: Grant,
): Promise<Key | undefined> {
  const { apigateway } = place.clients;
  let [keyId, planId]: (string | undefined)[] = [];
  const name = place.named(async ({ apigateway: removing }) => {
    const patchOperations = [{ op: 'remove' as const, path: '/apiStages', value: `${apiId}:${stage}` }];
    if (keyId !== undefined) await removing.send(new DeleteApiKeyCommand({ apiKey: keyId }));
    if (planId === undefined) return;
    // A plan that covers a stage cannot be deleted.
    await removing.send(new UpdateUsagePlanCommand({ usagePlanId: planId, patchOperations }));
    await removing.send(new DeleteUsagePlanCommand({ usagePlanId: planId }));
  });
  const { id, value } = await apigateway.send(new CreateApiKeyCommand({ name, enabled: true }));
  keyId = known(id);
  const apiStages = [{ apiId, stage, ...(methods === undefined ? {} : { throttle: methods }) }];
  planId = known((await apigateway.send(new CreateUsagePlanCommand({ name, apiStages, ...grant }))).id);
  await apigateway.send(new CreateUsagePlanKeyCommand({ usagePlanId: planId, keyId, keyType: 'API_KEY' }));
  const key = { id: keyId, planId, value: known(value) };
  return place.until('apiKey', async () => {
    const { status } = await ask('/keyed', { 'x-api-key': key.value });
    return status === 200 || status === 429 ? key : undefined;
  });
}

/** Whether requests with a key that is granted hardly anything come to be refused with these words. */
const refusesBeyond =
  (grant: Grant, words: string): Trial =>
  async (place) => {
    const site = await siteOf(place);
    const key = await keyWith(place, site, grant);
    if (key === undefined) return false;
    const seen = await place.until('deployment', async () => {
      const answers = await Promise.all([1, 2, 3].map(() => site.ask('/keyed', { 'x-api-key': key.value })));
      return answers.some((answer) => answer.status === 429 && answer.text.includes(words)) || undefined;
    });
    return seen === true;
  };

/** Whether keys, plans and authorizers decide who is let in. */
export const accessTrials = {
  apiKeys: unlessRefused(async (place) => {
    const site = await siteOf(place);
    const refused = await place.until('deployment', async () => {
      const { status, text } = await site.ask('/keyed');
      return (status === 403 && text.includes('Forbidden')) || undefined;
    });
    return refused === true && (await keyWith(place, site, {})) !== undefined;
  }),

  keysDisabledAtFirst: unlessRefused(async (place) => {
    const { apigateway } = place.clients;
    let made: string | undefined;
    const name = place.named(
      async (clients) => made && clients.apigateway.send(new DeleteApiKeyCommand({ apiKey: made })),
    );
    const apiKey = (made = known((await apigateway.send(new CreateApiKeyCommand({ name }))).id));
    return (await apigateway.send(new GetApiKeyCommand({ apiKey }))).enabled === false;
  }),

  apiKeyIdentity: unlessRefused(async (place) => {
    const site = await siteOf(place);
    const key = await keyWith(place, site, {});
    if (key === undefined) return false;
    let last: HttpAnswer | undefined;
    await place.until('deployment', async () => {
      last = await site.ask('/told', { 'x-api-key': key.value });
      return last.status === 200 || undefined;
    });
    return last?.text === JSON.stringify([key.id, key.value]);
  }),

  disabledApiKeys: unlessRefused(async (place) => {
    const site = await siteOf(place);
    const key = await keyWith(place, site, {});
    if (key === undefined) return false;
    const patchOperations = [{ op: 'replace' as const, path: '/enabled', value: 'false' }];
    await place.clients.apigateway.send(new UpdateApiKeyCommand({ apiKey: key.id, patchOperations }));
    const refused = await place.until(
      'apiKey',
      async () => (await site.ask('/keyed', { 'x-api-key': key.value })).status === 403 || undefined,
    );
    return refused === true;
  }),

  planThrottles: unlessRefused(
    refusesBeyond({ throttle: { rateLimit: 1, burstLimit: 1 } }, 'Too Many Requests'),
  ),

  methodThrottles: unlessRefused(async (place) => {
    const site = await siteOf(place);
    const methods = { '/keyed/GET': { rateLimit: 1000, burstLimit: 1000 } };
    const key = await keyWith(place, site, { throttle: { rateLimit: 1, burstLimit: 1 }, methods });
    if (key === undefined) return false;
    // A plan that was just made may be known here and there only.
    const wide = await place.until('deployment', async () => {
      const answers = await Promise.all(
        [1, 2, 3, 4, 5].map(() => site.ask('/keyed', { 'x-api-key': key.value })),
      );
      return answers.every(({ status }) => status === 200) || undefined;
    });
    return wide === true;
  }),

  planQuotas: unlessRefused(refusesBeyond({ quota: { limit: 1, period: 'DAY' } }, 'Limit Exceeded')),

  planUsage: unlessRefused(async (place) => {
    const key = await keyWith(place, await siteOf(place), { quota: { limit: 100, period: 'DAY' } });
    if (key === undefined) return false;
    const { apigateway } = place.clients;
    const usage = { usagePlanId: key.planId, keyId: key.id };
    const day = new Date().toISOString().slice(0, 10);
    let span = { startDate: day, endDate: day };
    try {
      const patchOperations = [{ op: 'replace' as const, path: '/remaining', value: '50' }];
      const { startDate = day, endDate = day } = await apigateway.send(
        new UpdateUsageCommand({ ...usage, patchOperations }),
      );
      span = { startDate, endDate };
    } catch (error) {
      // AWS may refuse to lower what is left; what is told of the usage is the same.
      if (!(error instanceof BadRequestException)) throw error;
    }
    const told = await place.until('metrics', async () => {
      const { items } = await apigateway.send(new GetUsageCommand({ ...usage, ...span }));
      return (items?.[key.id] ?? []).some(([used = 0]) => used > 0) || undefined;
    });
    return told === true;
  }),

  lambdaAuthorizers: unlessRefused(async (place) => {
    const { ask } = await siteOf(place);
    const status = async (authorization: string) => (await ask('/one', { authorization })).status;
    const open = await place.until('deployment', async () => (await status('all')) === 200 || undefined);
    const told = [(await ask('/one')).status, await status('none'), await status('another')];
    return open === true && told.join() === '401,403,403';
  }),

  authorizerCache: unlessRefused(async (place) => {
    const { ask } = await siteOf(place);
    const headers = { authorization: 'this one' };
    const first = await place.until(
      'deployment',
      async () => (await ask('/one', headers)).status === 200 || undefined,
    );
    return first === true && (await ask('/two', headers)).status === 403;
  }),
} as const satisfies Readonly<Record<string, Trial>>;
