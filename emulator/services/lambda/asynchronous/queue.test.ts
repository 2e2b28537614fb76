import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { throttled } from '../failures.ts';
import { failure } from '../testing/fake-execution.ts';
import { scope, SmallCloud } from '../testing/small-cloud.ts';
import type { QueuedEvent } from './event.ts';
import { afterAttempt } from './retry.ts';

let lambda: SmallCloud;
beforeEach(() => (lambda = new SmallCloud()));
afterEach(async () => lambda.end());

const minute = 60_000;
const hour = 60 * minute;
const event = {
  FunctionName: 'f',
  InvocationType: 'Event' as const,
  Payload: new TextEncoder().encode('{"n":1}'),
};
const kept = (): number => lambda.cloud.state.table<QueuedEvent>('lambda.events').in(scope).size;
const ran = (): number => lambda.execution.ran.length;
const dropped = (): unknown[] =>
  lambda.cloud.trail
    .read(scope)
    .filter(({ kind, facts }) => kind === 'decision' && 'outcome' in facts && facts.outcome === 'dropped')
    .map(({ facts }) => ('why' in facts ? facts.why : ''));

/* Moves the clock and lets what fell due come to its end. */
async function pass(ms: number, attempts: number): Promise<void> {
  await lambda.clock.advance(ms);
  await expect.poll(ran).toBe(attempts);
}

describe('an event', () => {
  it('is accepted first and delivered then, once, under the request id of its call', async () => {
    await lambda.ready('f');
    const answer = await lambda.call('Invoke', event, { requestId: 'the-id' });
    expect(answer).toEqual({ StatusCode: 202 });
    await pass(0, 1);
    expect(lambda.execution.ran[0]?.invocation).toMatchObject({ requestId: 'the-id' });
    expect(new TextDecoder().decode(lambda.execution.ran[0]?.invocation.payload)).toBe('{"n":1}');
    await expect.poll(kept).toBe(0);
    await pass(hour, 1);
  });

  it('is tried again one minute after a failure and two minutes after the next, then given up', async () => {
    await lambda.ready('f');
    lambda.execution.answer = () => Promise.resolve(failure);
    await lambda.call('InvokeAsync', { FunctionName: 'f', InvokeArgs: event.Payload });
    await pass(0, 1);
    await pass(minute - 1, 1);
    await pass(1, 2);
    await pass(2 * minute - 1, 2);
    expect(kept()).toBe(1);
    await pass(1, 3);
    await expect.poll(kept).toBe(0);
    await pass(10 * hour, 3);
    const ids = lambda.execution.ran.map(({ invocation }) => invocation.requestId);
    expect(new Set(ids).size).toBe(1);
    expect(dropped()).toEqual([expect.stringContaining('RetriesExhausted after 3 invocations')]);
  });

  it('outlives a restart at any moment: before delivery, during it, and between attempts', async () => {
    await lambda.ready('f');
    await lambda.call('Invoke', event, { requestId: 'before' });
    await lambda.restart();
    await pass(0, 1);
    await expect.poll(kept).toBe(0);

    lambda.execution.answer = () => new Promise(() => undefined);
    await lambda.call('Invoke', event, { requestId: 'during' });
    await pass(0, 2);
    await lambda.restart();
    expect(kept()).toBe(1);
    lambda.execution.answer = () => Promise.resolve(failure);
    await pass(0, 3);
    const row = (): QueuedEvent | undefined =>
      lambda.cloud.state.table<QueuedEvent>('lambda.events').in(scope).get('during');
    await expect.poll(() => row()?.invocations).toBe(1);

    await lambda.restart();
    await pass(minute - 1, 3);
    await pass(1, 4);
    expect(lambda.execution.ran.at(-1)?.invocation.requestId).toBe('during');
  });

  it('waits while its function is throttled, for up to six hours, and is not counted as tried', async () => {
    await lambda.ready('f');
    let open = false;
    lambda.execution.answer = () => {
      if (open) return Promise.resolve({});
      throw throttled('ConcurrentInvocationLimitExceeded');
    };
    await lambda.call('Invoke', event, { requestId: 'late' });
    await pass(0, 1);
    await pass(1000, 2);
    await pass(2000, 3);
    await pass(4000, 4);
    open = true;
    await pass(8000, 5);
    await expect.poll(kept).toBe(0);
    expect(dropped()).toEqual([]);
  });

  it('is dropped at once where the function is switched off, and with a function that is deleted', async () => {
    await lambda.ready('f');
    await lambda.call('PutFunctionConcurrency', { FunctionName: 'f', ReservedConcurrentExecutions: 0 });
    expect(await lambda.call('Invoke', event)).toEqual({ StatusCode: 202 });
    await lambda.clock.advance(0);
    await expect.poll(kept).toBe(0);
    expect(dropped()).toEqual([expect.stringContaining('ZeroReservedConcurrency')]);
    await lambda.call('DeleteFunctionConcurrency', { FunctionName: 'f' });
    await lambda.call('Invoke', event);
    await lambda.call('DeleteFunction', { FunctionName: 'f' });
    await lambda.clock.advance(0);
    await expect.poll(kept).toBe(0);
    expect(ran()).toBe(0);
  });

  it('is refused where the function is not there or not ready', async () => {
    expect((await lambda.refusal('Invoke', event)).code).toBe('ResourceNotFoundException');
    expect(kept()).toBe(0);
  });
});

describe('what becomes of an event after an attempt', () => {
  const fresh: QueuedEvent = {
    requestId: 'r',
    functionName: 'f',
    payload: 'blob:0',
    acceptedAt: 0,
    dueAt: 0,
    invocations: 0,
    postponed: 0,
  };

  it('is decided before six hours are over, whatever happens', () => {
    const attempts = fc.array(fc.constantFrom('failed', 'postponed'), { minLength: 200, maxLength: 200 });
    fc.assert(
      fc.property(attempts, (all) => {
        let at = fresh;
        let failures = 0;
        for (const attempt of all) {
          const next = afterAttempt(at, attempt, at.dueAt);
          if (attempt === 'failed') failures++;
          if ('conclusion' in next) {
            expect(next.conclusion).toBe(failures === 3 ? 'RetriesExhausted' : 'EventAgeExceeded');
            return;
          }
          expect(next.event.dueAt).toBeGreaterThan(at.dueAt);
          expect(next.event.dueAt - at.dueAt).toBeLessThanOrEqual(5 * minute);
          expect(next.event.dueAt).toBeLessThanOrEqual(6 * hour);
          at = next.event;
        }
        throw new Error('never decided');
      }),
    );
  });

  it('follows the function’s own rule', () => {
    const rule = { mostRetries: 0, mostAgeMs: minute };
    expect(afterAttempt(fresh, 'failed', 0, rule)).toMatchObject({ conclusion: 'RetriesExhausted' });
    expect(afterAttempt({ ...fresh, postponed: 9 }, 'postponed', 0, rule)).toMatchObject({
      conclusion: 'EventAgeExceeded',
    });
  });
});
