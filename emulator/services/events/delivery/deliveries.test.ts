import { describe, expect, it } from 'vitest';
import { createClock } from '../../../clock/moved-clock.ts';
import { ServiceFailure } from '../../../service/failure.ts';
import { openState } from '../../../state/open-state.ts';
import { attemptFailed, noResource } from './attempt.ts';
import { Deliveries, type Carrier } from './deliveries.ts';
import { afterFailure } from './retry.ts';

const scope = { account: '111111111111', region: 'us-east-1' };
interface Row {
  readonly id: string;
  readonly acceptedAt: number;
  readonly dueAt: number;
  readonly failures: number;
  readonly mostRetries: number;
  readonly mostAgeMs: number;
}

/** Deliveries whose carrier does what a test says. */
function trial(deliver: (row: Row) => void | Promise<void>) {
  const clock = createClock();
  const rows = openState({ home: undefined }).table<Row>('trial.deliveries');
  const given: unknown[] = [];
  const attempts: number[] = [];
  const carrier: Carrier<Row> = {
    async deliver(_scope, row) {
      attempts.push(clock.now());
      await deliver(row);
    },
    async giveUp(_scope, row, { code }, exhausted) {
      given.push([row.id, code, exhausted, row.failures]);
    },
    retried: () => undefined,
  };
  const deliveries = new Deliveries(clock, rows, carrier);
  const now = clock.now();
  const row = { id: 'r', acceptedAt: now, dueAt: now, failures: 0, mostRetries: 185, mostAgeMs: 86_400_000 };
  return { clock, deliveries, row, given, attempts, kept: () => rows.in(scope).size };
}

describe('a delivery', () => {
  it('is tried after 1, 2, 4 … seconds, at most every eight minutes, for a day', async () => {
    const { clock, deliveries, row, given, attempts, kept } = trial(() => {
      throw new ServiceFailure('TooManyRequestsException', 'Rate Exceeded.');
    });
    deliveries.add(scope, row);
    await expect.poll(() => attempts.length).toBe(1);
    await expect.poll(kept).toBe(1);
    // The clock waits a turn for what a timer starts; a delivery takes a few.
    for (let hours = 0; hours < 25; hours++) {
      for (let step = 0; step < 360; step++) {
        await clock.advance(10_000);
        for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate);
      }
    }
    expect(given).toEqual([['r', 'THROTTLING', 'MaximumRetryAttempts', 186]]);
    expect(attempts).toHaveLength(186);
    expect((attempts.at(-1) ?? 0) - (attempts[0] ?? 0)).toBeLessThanOrEqual(86_400_000);
    expect(kept()).toBe(0);
    await deliveries.stop();
  });

  it('is given up at once where trying again would not help', async () => {
    const { deliveries, row, given, kept } = trial(() => {
      throw noResource('gone');
    });
    deliveries.add(scope, row);
    await expect.poll(() => given).toEqual([['r', 'NO_RESOURCE', undefined, 1]]);
    expect(kept()).toBe(0);
  });

  it('waits its turn behind others, and none is lost', async () => {
    let atWork = 0;
    let most = 0;
    const { deliveries, row, attempts, kept } = trial(async () => {
      atWork++;
      most = Math.max(most, atWork);
      await new Promise(setImmediate);
      atWork--;
    });
    for (let number = 0; number < 500; number++) deliveries.add(scope, { ...row, id: `r${number}` });
    await expect.poll(kept).toBe(0);
    expect(attempts).toHaveLength(500);
    expect(most).toBe(32);
  });

  it('that the end of the cloud cuts off is kept', async () => {
    let end: (error: Error) => void = () => undefined;
    const { deliveries, row, given, attempts, kept } = trial(
      () => new Promise((_resolve, reject) => (end = reject)),
    );
    deliveries.add(scope, row);
    await expect.poll(() => attempts.length).toBe(1);
    const stopped = deliveries.stop();
    end(new Error('The cloud is ending.'));
    await stopped;
    expect([kept(), given]).toEqual([1, []]);
  });
});

describe('after a failure', () => {
  it('the number of retries and the age are kept to', () => {
    const tried = { acceptedAt: 0, mostRetries: 2, mostAgeMs: 60_000, failures: 1 };
    expect(afterFailure(tried, 0)).toEqual({ dueAt: 1_000 });
    expect(afterFailure({ ...tried, failures: 2 }, 1_000)).toEqual({ dueAt: 3_000 });
    expect(afterFailure({ ...tried, failures: 3 }, 3_000)).toEqual({ givenUp: 'MaximumRetryAttempts' });
    expect(afterFailure(tried, 59_500)).toEqual({ givenUp: 'MaximumEventAgeInSeconds' });
    expect(afterFailure({ ...tried, mostRetries: 0 }, 0)).toEqual({ givenUp: 'MaximumRetryAttempts' });
  });

  it.each([
    ['AccessDenied', 'NO_PERMISSIONS', false],
    ['AuthorizationErrorException', 'NO_PERMISSIONS', false],
    ['QueueDoesNotExist', 'NO_RESOURCE', false],
    ['NotFoundException', 'NO_RESOURCE', false],
    ['ResourceNotFoundException', 'NO_RESOURCE', false],
    ['ProvisionedThroughputExceededException', 'THROTTLING', true],
    ['ResourceConflictException', 'SERVICE_UNAVAILABLE', true],
    ['ResourceInUseException', 'SERVICE_UNAVAILABLE', true],
    ['InvalidParameterValueException', 'INVALID_PARAMETER', false],
    ['Other', 'SDK_CLIENT_ERROR', true],
  ])('%s is %s', (code, expected, retry) => {
    expect(attemptFailed(new ServiceFailure(code, 'why'))).toMatchObject({ code: expected, retry });
  });
});
