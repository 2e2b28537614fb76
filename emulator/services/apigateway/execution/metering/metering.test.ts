import {
  CreateApiKeyCommand,
  CreateUsagePlanCommand,
  CreateUsagePlanKeyCommand,
  GetUsageCommand,
  UpdateApiKeyCommand,
  UpdateStageCommand,
  UpdateUsagePlanCommand,
  type CreateUsagePlanCommandInput,
} from '@aws-sdk/client-api-gateway';
import { describe, expect, it } from 'vitest';
import { gatewayForTests } from '../../testing/for-tests.ts';
import { ask, build, saying } from '../../testing/trial-api.ts';

const trial = gatewayForTests();

/** An API whose `/open` needs no key and whose `/keyed` does. */
async function api(): Promise<{ restApiId: string; base: string }> {
  const made = await trial.gateway.api();
  await build(trial.gateway, made, {
    'GET /open': saying('{"at":"open"}'),
    'GET /keyed': {
      ...saying(`{"key":"$context.identity.apiKeyId"}`),
      method: { apiKeyRequired: true },
    },
    'GET /other': { ...saying('{"at":"other"}'), method: { apiKeyRequired: true } },
  });
  await trial.gateway.deploy(made.restApiId, { stageName: 'dev' });
  return { restApiId: made.restApiId, base: `/_aws/execute-api/${made.restApiId}/dev` };
}

async function key(more: { enabled?: boolean } = {}): Promise<{ id: string; value: string }> {
  const made = await trial.gateway.client.send(
    new CreateApiKeyCommand({ name: 'k', enabled: true, ...more }),
  );
  return { id: made.id ?? '', value: made.value ?? '' };
}

async function plan(keyId: string, more: Omit<CreateUsagePlanCommandInput, 'name'>): Promise<string> {
  const { id = '' } = await trial.gateway.client.send(new CreateUsagePlanCommand({ name: 'p', ...more }));
  await trial.gateway.client.send(
    new CreateUsagePlanKeyCommand({ usagePlanId: id, keyId, keyType: 'API_KEY' }),
  );
  return id;
}

const withKey = (value: string) => ({ headers: { 'x-api-key': value } });
const seen = ({ status, json, headers }: Awaited<ReturnType<typeof ask>>) => [
  status,
  json,
  headers['x-amzn-errortype'],
];
const forbidden = [403, { message: 'Forbidden' }, 'ForbiddenException'];

describe('an API key', () => {
  it('opens a method only with a plan for the stage, and only while it is enabled', async () => {
    const { restApiId, base } = await api();
    const { id, value } = await key();
    expect((await ask(trial.gateway, `${base}/open`)).status).toBe(200);
    expect(seen(await ask(trial.gateway, `${base}/keyed`))).toEqual(forbidden);
    expect(seen(await ask(trial.gateway, `${base}/keyed`, withKey('wrong')))).toEqual(forbidden);
    expect(seen(await ask(trial.gateway, `${base}/keyed`, withKey(value)))).toEqual(forbidden);
    const planId = await plan(id, {});
    expect(seen(await ask(trial.gateway, `${base}/keyed`, withKey(value)))).toEqual(forbidden);
    const add = { op: 'add' as const, path: '/apiStages', value: `${restApiId}:dev` };
    await trial.gateway.client.send(
      new UpdateUsagePlanCommand({ usagePlanId: planId, patchOperations: [add] }),
    );
    expect((await ask(trial.gateway, `${base}/keyed`, withKey(value))).json).toEqual({ key: id });
    expect((await ask(trial.gateway, `${base}/keyed`, { headers: { 'X-API-KEY': value } })).status).toBe(200);
    const off = { op: 'replace' as const, path: '/enabled', value: 'false' };
    await trial.gateway.client.send(new UpdateApiKeyCommand({ apiKey: id, patchOperations: [off] }));
    expect(seen(await ask(trial.gateway, `${base}/keyed`, withKey(value)))).toEqual(forbidden);
  });
});

describe('a usage plan', () => {
  it('throttles each key, and its methods on their own', async () => {
    const { restApiId, base } = await api();
    const [first, second] = [await key(), await key()];
    const { id: planId } = {
      id: await plan(first.id, {
        throttle: { rateLimit: 0.001, burstLimit: 2 },
        apiStages: [
          { apiId: restApiId, stage: 'dev', throttle: { '/other/GET': { rateLimit: 0.001, burstLimit: 1 } } },
        ],
      }),
    };
    await trial.gateway.client.send(
      new CreateUsagePlanKeyCommand({ usagePlanId: planId, keyId: second.id, keyType: 'API_KEY' }),
    );
    const times = async (path: string, value: string, count: number) => {
      const statuses = [];
      for (let at = 0; at < count; at += 1)
        statuses.push((await ask(trial.gateway, `${base}${path}`, withKey(value))).status);
      return statuses;
    };
    expect(await times('/keyed', first.value, 3)).toEqual([200, 200, 429]);
    expect(await times('/keyed', second.value, 3)).toEqual([200, 200, 429]);
    expect(await times('/other', first.value, 2)).toEqual([200, 429]);
    const refused = await ask(trial.gateway, `${base}/keyed`, withKey(first.value));
    expect(seen(refused)).toEqual([429, { message: 'Too Many Requests' }, 'TooManyRequestsException']);
    expect(refused.headers['retry-after']).toBeUndefined();
    await trial.gateway.running.cloud.clock.advance(1_000_000);
    expect(await times('/keyed', first.value, 2)).toEqual([200, 429]);
  });

  it('lets its rate and its burst through, whoever asks twice as often for a minute', async () => {
    const { restApiId, base } = await api();
    const { id, value } = await key();
    const [rate, burst, seconds] = [5, 10, 60];
    await plan(id, {
      throttle: { rateLimit: rate, burstLimit: burst },
      apiStages: [{ apiId: restApiId, stage: 'dev' }],
    });
    const { clock } = trial.gateway.running.cloud;
    const begun = clock.now();
    let accepted = 0;
    for (let at = 0; at < seconds * rate * 2; at += 1) {
      // What the requests themselves take is part of the minute.
      const due = begun + at * (1000 / (rate * 2));
      if (clock.now() < due) await clock.advance(due - clock.now());
      if ((await ask(trial.gateway, `${base}/keyed`, withKey(value))).status === 200) accepted += 1;
    }
    const expected = (rate * (clock.now() - begun)) / 1000 + burst;
    expect(accepted).toBeGreaterThanOrEqual(expected * 0.98);
    expect(accepted).toBeLessThanOrEqual(expected * 1.02);
  });

  it('gives exactly its quota, and again when the clock reaches the next day', async () => {
    const { restApiId, base } = await api();
    const { id, value } = await key();
    const planId = await plan(id, {
      quota: { limit: 3, period: 'DAY' },
      apiStages: [{ apiId: restApiId, stage: 'dev' }],
    });
    const statuses = await Promise.all(
      [...Array(8).keys()].map(
        async () => (await ask(trial.gateway, `${base}/keyed`, withKey(value))).status,
      ),
    );
    expect(statuses.filter((status) => status === 200)).toHaveLength(3);
    expect(seen(await ask(trial.gateway, `${base}/keyed`, withKey(value)))).toEqual([
      429,
      { message: 'Limit Exceeded' },
      'LimitExceededException',
    ]);
    const today = new Date(trial.gateway.running.cloud.clock.now()).toISOString().slice(0, 10);
    const usage = await trial.gateway.client.send(
      new GetUsageCommand({ usagePlanId: planId, startDate: today, endDate: today }),
    );
    expect(usage.items?.[id]).toEqual([[3, 0]]);
    await trial.gateway.running.cloud.clock.advance(86_400_000);
    expect((await ask(trial.gateway, `${base}/keyed`, withKey(value))).status).toBe(200);
  });
});

describe('a stage', () => {
  it('throttles each of its methods, at once when it is set', async () => {
    const { restApiId, base } = await api();
    const set = (path: string, value: string) => ({ op: 'replace' as const, path, value });
    const patchOperations = [
      set('/*/*/throttling/rateLimit', '0.001'),
      set('/*/*/throttling/burstLimit', '1'),
    ];
    await trial.gateway.client.send(new UpdateStageCommand({ restApiId, stageName: 'dev', patchOperations }));
    expect((await ask(trial.gateway, `${base}/open`)).status).toBe(200);
    expect(seen(await ask(trial.gateway, `${base}/open`))[0]).toBe(429);
    const own = [
      set('/~1open/GET/throttling/rateLimit', '1000'),
      set('/~1open/GET/throttling/burstLimit', '1000'),
    ];
    await trial.gateway.client.send(
      new UpdateStageCommand({ restApiId, stageName: 'dev', patchOperations: own }),
    );
    await trial.gateway.running.cloud.clock.advance(1000);
    for (let at = 0; at < 5; at += 1) expect((await ask(trial.gateway, `${base}/open`)).status).toBe(200);
  });
});
