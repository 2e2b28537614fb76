import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trialResource } from '../testing/trial-resource.ts';
import { account, refusal, region, trialStack, type TrialStack } from '../testing/trial-stack.ts';
import { table } from './table.ts';

let stack: TrialStack;
beforeAll(async () => {
  stack = await trialStack();
});
afterAll(async () => await stack.stop());

const TYPE = 'AWS::DynamoDB::Table';
const text = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' });
const hash = (AttributeName: string) => [{ AttributeName, KeyType: 'HASH' }];
const index = (name: string) => ({
  IndexName: `by-${name}`,
  KeySchema: hash(name),
  Projection: { ProjectionType: 'ALL' },
});
const base = {
  TableName: 'orders',
  AttributeDefinitions: [text('id')],
  KeySchema: hash('id'),
  BillingMode: 'PAY_PER_REQUEST',
};

describe(TYPE, () => {
  it('is made, changed in place and removed', async () => {
    const properties = {
      ...base,
      AttributeDefinitions: [text('id'), text('a')],
      GlobalSecondaryIndexes: [index('a')],
      StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
      TimeToLiveSpecification: { AttributeName: 'ends', Enabled: true },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: false },
      SSESpecification: { SSEEnabled: true },
      Tags: [{ Key: 'team', Value: 'x' }],
    };
    const made = await trialResource(stack, TYPE, properties);
    const { id, attributes } = made.kept();
    expect(id).toBe('orders');
    const arn = `arn:aws:dynamodb:${region}:${account}:table/orders`;
    expect(attributes['Arn']).toBe(arn);
    expect(attributes['StreamArn']).toMatch(new RegExp(`^${arn}/stream/`));
    expect(await made.found()).toBe('orders');
    expect(await made.read()).toEqual(properties);

    const next = {
      ...base,
      BillingMode: 'PROVISIONED',
      ProvisionedThroughput: { ReadCapacityUnits: 2, WriteCapacityUnits: 3 },
      DeletionProtectionEnabled: true,
      Tags: [{ Key: 'stage', Value: 'y' }],
    };
    // From one billing mode to the other every index needs its throughput; the index goes first.
    await made.update({ ...base, StreamSpecification: { StreamViewType: 'KEYS_ONLY' } });
    expect(await made.read()).toEqual({ ...base, StreamSpecification: { StreamViewType: 'KEYS_ONLY' } });
    const changed = await made.update(next);
    expect(changed.attributes).toEqual({ Arn: arn });
    expect(await made.read()).toEqual(next);
    // The same once more, as after a kill in the middle.
    await made.update(next);

    expect((await refusal(made.delete())).message).toContain('currently protected against deletion');
    await made.update({ ...next, DeletionProtectionEnabled: false });
    await made.delete();
    expect(await made.read()).toBeUndefined();
    await made.delete();
  });

  it('changes one global index in an update', async () => {
    const made = await trialResource(stack, TYPE, { ...base, TableName: 'indexed' });
    const withIndexes = (...names: string[]) => ({
      ...base,
      TableName: 'indexed',
      AttributeDefinitions: [text('id'), ...names.map(text)],
      GlobalSecondaryIndexes: names.map(index),
    });
    expect((await refusal(made.update(withIndexes('a', 'b')))).message).toBe(
      'Cannot perform more than one GSI creation or deletion in a single update',
    );
    await made.update(withIndexes('a'));
    await made.update(withIndexes('a', 'b'));
    expect(await made.read()).toEqual(withIndexes('a', 'b'));
    const keysOnly = withIndexes('a');
    const [one] = keysOnly.GlobalSecondaryIndexes;
    const other = { ...one, Projection: { ProjectionType: 'KEYS_ONLY' } };
    expect(
      (await refusal(made.update({ ...keysOnly, GlobalSecondaryIndexes: [other] as never }))).message,
    ).toMatch(/^Cannot update GSI's properties other than Provisioned Throughput/);
    await made.delete();
  });

  it('is made anew for other keys, and refuses what is not here', async () => {
    expect(table.replaces?.(base, { ...base, KeySchema: hash('other') })).toBe(true);
    expect(table.replaces?.(base, { ...base, TableClass: 'STANDARD' })).toBe(false);
    const recovery = { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } };
    expect((await refusal(trialResource(stack, TYPE, { ...base, ...recovery }))).message).toContain(
      'point-in-time recovery',
    );
  });
});
