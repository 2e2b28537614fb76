import {
  CreateApiKeyCommand,
  CreateUsagePlanCommand,
  CreateUsagePlanKeyCommand,
  DeleteStageCommand,
  DeleteUsagePlanCommand,
  GetUsageCommand,
  GetUsagePlanCommand,
  ImportApiKeysCommand,
  UpdateUsageCommand,
  UpdateUsagePlanCommand,
  type QuotaSettings,
} from '@aws-sdk/client-api-gateway';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiGatewayCatalogue } from '../port.ts';
import { refusal, scope, TrialGateway } from '../testing/trial-gateway.ts';
import { dayOf, periodStart } from './periods.ts';

const DAY = 86_400_000;

describe('periods of quotas', () => {
  const start = (quota: QuotaSettings, time: string): string => dayOf(periodStart(quota, Date.parse(time)));
  it.each([
    ['DAY', 0, '2026-11-23T23:59:59Z', '2026-11-23'],
    // A Monday.
    ['WEEK', 0, '2026-11-23T00:00:00Z', '2026-11-22'],
    ['WEEK', 1, '2026-11-23T00:00:00Z', '2026-11-23'],
    ['WEEK', 2, '2026-11-23T00:00:00Z', '2026-11-17'],
    ['MONTH', 0, '2026-11-23T00:00:00Z', '2026-11-01'],
    ['MONTH', 22, '2026-11-23T00:00:00Z', '2026-11-23'],
    ['MONTH', 23, '2026-11-23T00:00:00Z', '2026-10-24'],
    ['MONTH', 27, '2026-01-01T00:00:00Z', '2025-12-28'],
  ] as const)('%s with offset %i: %s is in that of %s', (period, offset, time, expected) => {
    expect(start({ period, offset, limit: 1 }, time)).toBe(expected);
  });
});

describe('usage', () => {
  const home = mkdtempSync(join(tmpdir(), 'coldstart-usage-'));
  let gateway: TrialGateway;
  let catalogue: ApiGatewayCatalogue;
  beforeAll(async () => {
    gateway = await TrialGateway.start(home);
    catalogue = await gateway.catalogue;
  });
  afterAll(async () => {
    await gateway.stop();
    rmSync(home, { recursive: true, force: true });
  });

  /** A key in a plan for a stage. */
  const subscribed = async (quota?: QuotaSettings) => {
    const { restApiId } = await gateway.deployed();
    const plan = await gateway.client.send(
      new CreateUsagePlanCommand({ name: 'p', quota, apiStages: [{ apiId: restApiId, stage: 'dev' }] }),
    );
    const key = await gateway.client.send(new CreateApiKeyCommand({ name: 'k', enabled: true }));
    const [planId = '', keyId = ''] = [plan.id, key.id];
    await gateway.client.send(
      new CreateUsagePlanKeyCommand({ usagePlanId: planId, keyId, keyType: 'API_KEY' }),
    );
    const today = (): string => dayOf(gateway.running.cloud.clock.now());
    const usage = async (startDate = today(), endDate = today()) =>
      (await gateway.client.send(new GetUsageCommand({ usagePlanId: planId, startDate, endDate }))).items?.[
        keyId
      ];
    const take = (times: number): number =>
      Array.from({ length: times }, () => catalogue.useQuota(scope, planId, keyId)).filter(Boolean).length;
    return { restApiId, planId, keyId, value: key.value ?? '', usage, take, today };
  };

  it('is found by a key’s value and a stage', async () => {
    const { restApiId, planId, keyId, value } = await subscribed();
    expect(catalogue.keyOf(scope, value)).toMatchObject({ id: keyId, enabled: true, name: 'k' });
    expect(catalogue.keyOf({ ...scope, account: '222222222222' }, value)).toBeUndefined();
    expect(catalogue.planOf(scope, keyId, restApiId, 'dev')).toMatchObject({ id: planId });
    expect(catalogue.planOf(scope, keyId, restApiId, 'prod')).toBeUndefined();
    // What changes of a plan is seen at the next look.
    const patchOperations = [
      {
        op: 'replace' as const,
        path: `/apiStages/${restApiId}:dev/throttle/~1notes~1{id}/GET/rateLimit`,
        value: '2',
      },
    ];
    await gateway.client.send(new UpdateUsagePlanCommand({ usagePlanId: planId, patchOperations }));
    expect(catalogue.planOf(scope, keyId, restApiId, 'dev')?.apiStage.throttle).toEqual({
      '/notes/{id}/GET': { rateLimit: 2 },
    });
    await gateway.client.send(new DeleteStageCommand({ restApiId, stageName: 'dev' }));
    expect(catalogue.planOf(scope, keyId, restApiId, 'dev')).toBeUndefined();
    expect(catalogue.stageOf(restApiId, 'dev')).toBeUndefined();
  });

  it('ends exactly at the quota, and begins again with the period', async () => {
    const { take, usage, today } = await subscribed({ limit: 10, period: 'DAY', offset: 0 });
    expect(take(15)).toBe(10);
    expect(await usage()).toEqual([[10, 0]]);
    const first = today();
    await gateway.running.cloud.clock.advance(DAY);
    expect(await usage(first)).toEqual([
      [10, 0],
      [0, 10],
    ]);
    expect(take(3)).toBe(3);
    expect(await usage()).toEqual([[3, 7]]);
  });

  it('goes on through the days of a period', async () => {
    const { take, usage, today } = await subscribed({ limit: 10, period: 'WEEK', offset: 0 });
    // To the beginning of a week, so that the next day is of the same.
    const { clock } = gateway.running.cloud;
    const begin = periodStart({ period: 'WEEK' }, clock.now()) + 7 * DAY;
    await clock.advance(begin - clock.now());
    const first = today();
    expect(take(4)).toBe(4);
    await clock.advance(2 * DAY);
    expect(take(10)).toBe(6);
    expect(await usage(first)).toEqual([
      [4, 6],
      [0, 6],
      [6, 0],
    ]);
    await clock.advance(5 * DAY);
    expect(await usage()).toEqual([[0, 10]]);
  });

  it('is extended by UpdateUsage', async () => {
    const { planId, keyId, take, usage } = await subscribed({ limit: 2, period: 'MONTH', offset: 0 });
    expect(take(5)).toBe(2);
    const updated = await gateway.client.send(
      new UpdateUsageCommand({
        usagePlanId: planId,
        keyId,
        patchOperations: [{ op: 'replace', path: '/remaining', value: '3' }],
      }),
    );
    expect(updated.items).toEqual({ [keyId]: [[2, 3]] });
    expect(take(5)).toBe(3);
    expect(await usage()).toEqual([[5, 0]]);
  });

  it('is counted without a quota, and refused to the lost', async () => {
    const { planId, keyId, take, usage } = await subscribed();
    expect(take(7)).toBe(7);
    expect((await usage())?.[0]?.[0]).toBe(7);
    const update = new UpdateUsageCommand({ usagePlanId: planId, keyId, patchOperations: [] });
    expect(await refusal(gateway.client.send(update))).toBe(
      'BadRequestException: Usage Plan does not have a quota.',
    );
    const get = (usagePlanId: string, endDate: string) =>
      refusal(gateway.client.send(new GetUsageCommand({ usagePlanId, startDate: '2026-11-23', endDate })));
    expect(await get('no', '2026-11-23')).toBe('NotFoundException: Invalid Usage Plan ID specified');
    expect(await get(planId, '2026-11-32')).toMatch(/^BadRequestException: Invalid date specified/);
  });

  it('and its plans keep to AWS’s rules', async () => {
    const { restApiId, planId, keyId } = await subscribed();
    const second = (quota?: QuotaSettings) =>
      gateway.client.send(
        new CreateUsagePlanCommand({ name: 'p2', quota, apiStages: [{ apiId: restApiId, stage: 'dev' }] }),
      );
    const offset = (period: 'DAY' | 'MONTH', days: number) =>
      refusal(second({ limit: 1, period, offset: days }));
    expect(await offset('DAY', 1)).toBe(
      'BadRequestException: Usage Plan quota offset must be zero in the DAY period',
    );
    expect(await offset('MONTH', 28)).toBe(
      'BadRequestException: Usage Plan quota offset must be between 0 and 27 inclusive in the MONTH period',
    );
    const { id } = await second();
    const add = new CreateUsagePlanKeyCommand({ usagePlanId: id, keyId, keyType: 'API_KEY' });
    expect(await refusal(gateway.client.send(add))).toMatch(/^ConflictException: /);
    const drop = new DeleteUsagePlanCommand({ usagePlanId: planId });
    expect(await refusal(gateway.client.send(drop))).toBe(
      `BadRequestException: Cannot delete Usage Plan ${planId} because there are API Stages associated with it, including ${restApiId}:dev`,
    );
    const patchOperations = [{ op: 'remove' as const, path: '/apiStages', value: `${restApiId}:dev` }];
    await gateway.client.send(new UpdateUsagePlanCommand({ usagePlanId: planId, patchOperations }));
    await gateway.client.send(drop);
    expect(await refusal(gateway.client.send(new GetUsagePlanCommand({ usagePlanId: planId })))).toBe(
      'NotFoundException: Invalid Usage Plan ID specified',
    );
  });

  it('comes with keys from a file', async () => {
    const { planId, restApiId } = await subscribed();
    const file = [
      'Name,key,description,Enabled,usageplanIds',
      `imported,${'a1'.repeat(15)},"with, a ""comma""",TRUE,${planId}`,
      `off,${'b2'.repeat(15)},,false,`,
      'short,abc,,true,',
    ].join('\r\n');
    const send = (failOnWarnings: boolean) =>
      gateway.client.send(
        new ImportApiKeysCommand({ body: new TextEncoder().encode(file), format: 'csv', failOnWarnings }),
      );
    expect(await refusal(send(true))).toBe(
      'BadRequestException: Unable to import row 4: API Key value should be at least 20 characters',
    );
    expect(catalogue.keyOf(scope, 'a1'.repeat(15))).toBeUndefined();
    const { ids = [], warnings } = await send(false);
    expect(ids).toHaveLength(2);
    expect(warnings).toHaveLength(1);
    expect(catalogue.keyOf(scope, 'a1'.repeat(15))).toMatchObject({ id: ids[0], enabled: true });
    expect(catalogue.keyOf(scope, 'b2'.repeat(15))?.enabled).toBe(false);
    expect(catalogue.planOf(scope, ids[0] ?? '', restApiId, 'dev')?.id).toBe(planId);
  });

  it('is there after a restart, with everything else', async () => {
    const { restApiId, planId, keyId, value, take } = await subscribed({
      limit: 5,
      period: 'MONTH',
      offset: 0,
    });
    expect(take(3)).toBe(3);
    const before = catalogue.stageOf(restApiId, 'dev');
    await gateway.stop();
    gateway = await TrialGateway.start(home);
    catalogue = await gateway.catalogue;
    expect(catalogue.stageOf(restApiId, 'dev')).toEqual(before);
    expect(catalogue.keyOf(scope, value)?.id).toBe(keyId);
    expect(catalogue.planOf(scope, keyId, restApiId, 'dev')?.id).toBe(planId);
    expect(take(5)).toBe(2);
  });
});
