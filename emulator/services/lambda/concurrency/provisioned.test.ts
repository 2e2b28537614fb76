import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { comparable, recorded, recordedAtHand, recordedErrors } from '../testing/recorded.ts';
import { account, region, SmallCloud } from '../testing/small-cloud.ts';

const arn = (qualifier: string, name = 'f'): string =>
  `arn:aws:lambda:${region}:${account}:function:${name}:${qualifier}`;

let small: SmallCloud;
beforeEach(async () => {
  small = new SmallCloud();
  await small.ready('f');
  await small.call('PublishVersion', { FunctionName: 'f' });
});
afterEach(() => small.end());

const put = (Qualifier: string, ProvisionedConcurrentExecutions: number) => ({
  FunctionName: 'f',
  Qualifier,
  ProvisionedConcurrentExecutions,
});
const get = (Qualifier: string) =>
  small.call('GetProvisionedConcurrencyConfig', { FunctionName: 'f', Qualifier });
const kept = () => Object.fromEntries(small.execution.kept);
const ready = (Qualifier: string) =>
  vi.waitFor(
    async () => {
      expect((await get(Qualifier)).Status).toBe('READY');
    },
    { timeout: 15_000 },
  );
const alias = (FunctionVersion: string, Name = 'live') =>
  small.call('CreateAlias', { FunctionName: 'f', Name, FunctionVersion });

describe('provisioned concurrency', () => {
  it('is brought up for a version and ended with its configuration', async () => {
    expect(await small.call('PutProvisionedConcurrencyConfig', put('1', 5))).toEqual({
      RequestedProvisionedConcurrentExecutions: 5,
      AvailableProvisionedConcurrentExecutions: 0,
      AllocatedProvisionedConcurrentExecutions: 0,
      Status: 'IN_PROGRESS',
      LastModified: '2026-11-23T08:42:01+0000',
    });
    await ready('1');
    expect(kept()).toEqual({ 'f:1': 5 });
    const listed = await small.call('ListProvisionedConcurrencyConfigs', { FunctionName: 'f' });
    expect(listed.ProvisionedConcurrencyConfigs).toEqual([{ FunctionArn: arn('1'), ...(await get('1')) }]);
    await small.call('DeleteProvisionedConcurrencyConfig', { FunctionName: 'f', Qualifier: '1' });
    await vi.waitFor(
      () => {
        expect(kept()).toEqual({});
      },
      { timeout: 15_000 },
    );
    await small.call('DeleteProvisionedConcurrencyConfig', { FunctionName: 'f', Qualifier: '1' });
  });

  it('moves with its alias, follows its weights, and goes with it', async () => {
    await small.call('UpdateFunctionConfiguration', { FunctionName: 'f', Timeout: 9 });
    await small.clock.advance(1000);
    await small.call('PublishVersion', { FunctionName: 'f' });
    await alias('1');
    await small.call('PutProvisionedConcurrencyConfig', put('live', 4));
    await ready('live');
    expect(kept()).toEqual({ 'f:1': 4 });
    await small.call('UpdateAlias', { FunctionName: 'f', Name: 'live', FunctionVersion: '2' });
    await vi.waitFor(
      () => {
        expect(kept()).toEqual({ 'f:2': 4 });
      },
      { timeout: 15_000 },
    );
    const RoutingConfig = { AdditionalVersionWeights: { '1': 0.25 } };
    await small.call('UpdateAlias', { FunctionName: 'f', Name: 'live', RoutingConfig });
    await vi.waitFor(
      () => {
        expect(kept()).toEqual({ 'f:1': 1, 'f:2': 3 });
      },
      { timeout: 15_000 },
    );
    await small.call('DeleteAlias', { FunctionName: 'f', Name: 'live' });
    await vi.waitFor(
      () => {
        expect(kept()).toEqual({});
      },
      { timeout: 15_000 },
    );
    expect(
      await small.refusal('GetProvisionedConcurrencyConfig', { FunctionName: 'f', Qualifier: 'live' }),
    ).toMatchObject({
      code: 'ResourceNotFoundException',
      message: `Cannot find alias arn: ${arn('live')}`,
    });
    expect(await small.call('ListProvisionedConcurrencyConfigs', { FunctionName: 'f' })).toEqual({
      ProvisionedConcurrencyConfigs: [],
    });
  });

  it('goes with its version and with its function', async () => {
    await small.call('PutProvisionedConcurrencyConfig', put('1', 1));
    await ready('1');
    await small.call('DeleteFunction', { FunctionName: 'f', Qualifier: '1' });
    await vi.waitFor(
      () => {
        expect(kept()).toEqual({});
      },
      { timeout: 15_000 },
    );
    await small.call('UpdateFunctionConfiguration', { FunctionName: 'f', Timeout: 9 });
    await small.clock.advance(1000);
    await small.call('PublishVersion', { FunctionName: 'f' });
    await small.call('PutProvisionedConcurrencyConfig', put('2', 1));
    await ready('2');
    await small.call('DeleteFunction', { FunctionName: 'f' });
    await vi.waitFor(
      () => {
        expect(kept()).toEqual({});
      },
      { timeout: 15_000 },
    );
    expect(await small.call('GetAccountSettings', {})).toMatchObject({
      AccountLimit: { UnreservedConcurrentExecutions: 1000 },
    });
  });

  it('is brought up again after a restart, though nobody calls', async () => {
    await small.call('PutProvisionedConcurrencyConfig', put('1', 2));
    await ready('1');
    small.execution.kept.clear();
    await small.restart();
    await vi.waitFor(
      () => {
        expect(kept()).toEqual({ 'f:1': 2 });
      },
      { timeout: 15_000 },
    );
    expect((await get('1')).Status).toBe('READY');
  });

  it('waits for a version that is still pending', async () => {
    await small.call('CreateFunction', {
      ...(await import('../testing/small-cloud.ts')).newFunction('g'),
      Publish: true,
    });
    const config = { FunctionName: 'g', Qualifier: '1', ProvisionedConcurrentExecutions: 1 };
    await small.call('PutProvisionedConcurrencyConfig', config);
    expect(kept()).toEqual({});
    await vi.waitFor(
      async () => {
        await small.clock.advance(1000);
        expect(kept()).toEqual({ 'g:1': 1 });
      },
      { timeout: 15_000 },
    );
  });
});

describe('refusals', () => {
  it('are for what cannot have it', async () => {
    await alias('$LATEST', 'latest');
    const refusal = (
      operation: 'Put' | 'Get' | 'Delete',
      named: { FunctionName: string; Qualifier: string },
    ) =>
      operation === 'Put'
        ? small.refusal('PutProvisionedConcurrencyConfig', { ...named, ProvisionedConcurrentExecutions: 1 })
        : small.refusal(`${operation}ProvisionedConcurrencyConfig`, named);
    const of = async (operation: 'Put' | 'Get' | 'Delete', FunctionName: string, Qualifier: string) => {
      const { code, message } = await refusal(operation, { FunctionName, Qualifier });
      return `${code}: ${message}`;
    };
    const unpublished =
      'InvalidParameterValueException: Provisioned Concurrency Configs cannot be applied to unpublished function versions.';
    const neither =
      'InvalidParameterValueException: The function resource provided must be an alias or a published version.';
    expect(await of('Put', 'f', '$LATEST')).toBe(unpublished);
    expect(await of('Put', 'f', 'latest')).toBe(unpublished);
    expect(await of('Get', 'f', '$LATEST')).toBe(neither);
    expect(await of('Delete', 'f', '$LATEST')).toBe(neither);
    for (const operation of ['Put', 'Get', 'Delete'] as const) {
      expect(await of(operation, 'f', '10')).toBe(
        `ResourceNotFoundException: Function not found: ${arn('10')}`,
      );
      expect(await of(operation, 'nobody', '1')).toBe(
        `ResourceNotFoundException: Function not found: ${arn('1', 'nobody')}`,
      );
      expect(await of(operation, 'f', 'none')).toBe(
        `ResourceNotFoundException: Cannot find alias arn: ${arn('none')}`,
      );
    }
    expect(await of('Get', 'f', '1')).toBe(
      'ProvisionedConcurrencyConfigNotFoundException: No Provisioned Concurrency Config found for this function',
    );
  });

  it('are for a version that is provisioned already, by itself or by an alias', async () => {
    await alias('1');
    await small.call('PutProvisionedConcurrencyConfig', put('1', 1));
    expect(await small.refusal('PutProvisionedConcurrencyConfig', put('live', 1))).toMatchObject({
      code: 'ResourceConflictException',
      message:
        "Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version",
    });
    await small.call('DeleteProvisionedConcurrencyConfig', { FunctionName: 'f', Qualifier: '1' });
    await small.call('PutProvisionedConcurrencyConfig', put('live', 1));
    expect(await small.refusal('PutProvisionedConcurrencyConfig', put('1', 1))).toMatchObject({
      code: 'ResourceConflictException',
      message: 'Version is pointed by a Provisioned Concurrency alias',
    });
  });

  it('are for more than the function has reserved, or the account has left', async () => {
    const refused = async (count: number) =>
      (await small.refusal('PutProvisionedConcurrencyConfig', put('1', count))).message;
    expect(await refused(1001)).toBe(
      "Specified ConcurrentExecutions for function is greater than account's unreserved concurrency [1000].",
    );
    expect(await refused(901)).toBe(
      "Specified ConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].",
    );
    await small.call('PutFunctionConcurrency', { FunctionName: 'f', ReservedConcurrentExecutions: 2 });
    expect(await refused(3)).toBe(
      'Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function',
    );
    await small.call('PutProvisionedConcurrencyConfig', put('1', 2));
    const lower = { FunctionName: 'f', ReservedConcurrentExecutions: 1 };
    const text =
      " ReservedConcurrentExecutions  1 should not be lower than function's total provisioned concurrency [2].";
    expect((await small.refusal('PutFunctionConcurrency', lower)).message).toBe(text);
    if (!recordedAtHand()) return;
    expect(recordedErrors().map(({ message }) => message)).toContain(text);
  });
});

describe('who runs where', () => {
  const invoke = (Qualifier?: string) => small.call('Invoke', { FunctionName: 'f', Qualifier });

  it('counts provisioned environments as part of the reservation: $LATEST is left with the rest', async () => {
    await small.call('PutFunctionConcurrency', { FunctionName: 'f', ReservedConcurrentExecutions: 1 });
    await invoke();
    await small.call('PutProvisionedConcurrencyConfig', put('1', 1));
    await ready('1');
    const { code, message, members } = await small.refusal('Invoke', { FunctionName: 'f' });
    expect({ code, message, ...members }).toEqual({
      code: 'TooManyRequestsException',
      message: 'Rate Exceeded.',
      Type: 'User',
      Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
    });
    expect((await invoke('1')).ExecutedVersion).toBe('1');
  });

  it('takes what a function without a reservation has provisioned from the account', async () => {
    await small.call('PutProvisionedConcurrencyConfig', put('1', 900));
    expect(await small.call('GetAccountSettings', {})).toMatchObject({
      AccountLimit: { ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 100 },
    });
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    small.execution.answer = async () => {
      await held;
      return {};
    };
    const busy = Array.from({ length: 100 }, () => invoke());
    await vi.waitFor(
      () => {
        expect(small.execution.ran).toHaveLength(100);
      },
      { timeout: 15_000 },
    );
    expect((await small.refusal('Invoke', { FunctionName: 'f' })).members).toMatchObject({
      Reason: 'ConcurrentInvocationLimitExceeded',
    });
    letGo();
    await Promise.all(busy);
  });

  it('answers as AWS was recorded to', async () => {
    if (!recordedAtHand()) return;
    const answers = recorded('test_lambda.snapshot.json', '::test_provisioned_concurrency');
    expect(comparable(await small.call('PutProvisionedConcurrencyConfig', put('1', 5)))).toEqual(
      comparable(answers['put_provisioned_5']),
    );
    await ready('1');
    expect(comparable(await get('1'))).toEqual(comparable(answers['get_provisioned_postwait']));
  });
});
