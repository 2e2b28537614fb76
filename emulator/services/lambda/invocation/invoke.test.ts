import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { failure } from '../testing/fake-execution.ts';
import { recorded, recordedAtHand } from '../testing/recorded.ts';
import { scope, SmallCloud } from '../testing/small-cloud.ts';

let lambda: SmallCloud;
beforeEach(() => (lambda = new SmallCloud()));
afterEach(async () => lambda.end());

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (payload: unknown): string => new TextDecoder().decode(payload as Uint8Array);
const name = 'f';
const arn = `arn:aws:lambda:us-east-1:111111111111:function:${name}`;

describe('Invoke', () => {
  it('answers what the function answers, under the request id of the call', async () => {
    await lambda.ready(name);
    const answer = await lambda.call(
      'Invoke',
      { FunctionName: name, Payload: bytes('{"name":"에이다"}'), ClientContext: 'e30=' },
      { requestId: 'the-id' },
    );
    expect(answer).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST' });
    expect(answer).not.toHaveProperty('FunctionError');
    expect(answer).not.toHaveProperty('LogResult');
    expect(text(answer.Payload)).toBe('{"name":"에이다"}');
    const { version, invocation } = lambda.execution.ran[0] ?? {};
    expect(version).toMatchObject({ arn, version: '$LATEST', roleName: 'lambda-role', memoryMB: 128 });
    expect(invocation).toMatchObject({ requestId: 'the-id', invokedArn: arn, clientContext: 'e30=' });
    expect(invocation?.cause).toBeDefined();
  });

  it('gives an empty object for no payload, and keeps the qualifier in the ARN', async () => {
    await lambda.ready(name);
    await lambda.call('Invoke', { FunctionName: `${arn}:$LATEST` });
    const { invocation } = lambda.execution.ran[0] ?? {};
    expect(text(invocation?.payload)).toBe('{}');
    expect(invocation?.invokedArn).toBe(`${arn}:$LATEST`);
  });

  it('answers a function that failed with status 200 and its error, and the log where it is asked for', async () => {
    await lambda.ready(name);
    lambda.execution.answer = () => Promise.resolve(failure);
    const answer = await lambda.call('Invoke', { FunctionName: name, LogType: 'Tail' }, { requestId: 'id' });
    expect(answer).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled' });
    expect(JSON.parse(text(answer.Payload))).toMatchObject({ errorType: 'Error' });
    expect(Buffer.from(answer.LogResult ?? '', 'base64').toString()).toBe('END RequestId: id\n');
  });

  it('runs again when what runs functions could not be made once', async () => {
    await lambda.ready(name);
    lambda.executionFails = new Error('no such file');
    await expect(lambda.call('Invoke', { FunctionName: name })).rejects.toThrow('no such file');
    lambda.executionFails = undefined;
    expect(await lambda.call('Invoke', { FunctionName: name })).toMatchObject({ StatusCode: 200 });
  });

  it('runs nothing on a dry run', async () => {
    await lambda.ready(name);
    const dry = { FunctionName: name, InvocationType: 'DryRun' as const };
    expect(await lambda.call('Invoke', dry)).toEqual({ StatusCode: 204 });
    expect(lambda.execution.ran).toEqual([]);
    expect((await lambda.refusal('Invoke', { ...dry, FunctionName: 'g' })).code).toBe(
      'ResourceNotFoundException',
    );
  });

  it('takes 6 MB, and 1 MB for an event', async () => {
    await lambda.ready(name);
    const json = (size: number): Uint8Array => bytes(`"${'x'.repeat(size - 2)}"`);
    await lambda.call('Invoke', { FunctionName: name, Payload: json(6_291_456) });
    const event = { FunctionName: name, InvocationType: 'Event' as const };
    expect(await lambda.call('Invoke', { ...event, Payload: json(1_048_576) })).toEqual({ StatusCode: 202 });
    for (const [input, limit] of [
      [{ FunctionName: name, Payload: json(6_291_457) }, 6_291_456],
      [{ ...event, Payload: json(1_048_577) }, 1_048_576],
    ] as const) {
      expect(await lambda.refusal('Invoke', input)).toMatchObject({
        code: 'RequestEntityTooLargeException',
        status: 413,
        message: `Request must be smaller than ${limit} bytes for the InvokeFunction operation`,
      });
    }
  });

  it.each(['Invoke', 'InvokeWithResponseStream'] as const)(
    '%s refuses a function that is not there, with its qualifier',
    async (operation) => {
      await lambda.ready(name);
      const missing = async (FunctionName: string, Qualifier?: string): Promise<string> =>
        (await lambda.refusal(operation, { FunctionName, Qualifier } as never)).message;
      expect(await missing('g')).toBe(`Function not found: ${arn.replace(/f$/, 'g')}:$LATEST`);
      expect(await missing(name, '7')).toBe(`Function not found: ${arn}:7`);
      expect(await missing(`${name}:live`)).toBe(`Function not found: ${arn}:live`);
    },
  );
});

describe('concurrency', () => {
  it.skipIf(!recordedAtHand())('that is switched off is refused as recorded', async () => {
    const aws = recorded('test_lambda.snapshot.json', '::test_reserved_concurrency');
    const recordedRefusal = aws['exc_no_cap_requestresponse'];
    await lambda.ready(name);
    await lambda.call('PutFunctionConcurrency', { FunctionName: name, ReservedConcurrentExecutions: 0 });
    expect(await lambda.refusal('Invoke', { FunctionName: name })).toMatchObject({
      code: 'TooManyRequestsException',
      message: recordedRefusal?.['message'],
      members: { Type: recordedRefusal?.['Type'], Reason: recordedRefusal?.['Reason'] },
    });
  });

  it('lets as many run as are reserved, and the next when one has ended', async () => {
    await lambda.ready(name);
    await lambda.ready('other');
    await lambda.call('PutFunctionConcurrency', { FunctionName: name, ReservedConcurrentExecutions: 2 });
    const ends: (() => void)[] = [];
    lambda.execution.answer = () => new Promise((resolve) => ends.push(() => resolve({})));
    const running = [1, 2].map(() => lambda.call('Invoke', { FunctionName: name }));
    const others = [lambda.call('Invoke', { FunctionName: 'other' })];
    await expect.poll(() => ends.length).toBe(3);
    const full = await lambda.refusal('Invoke', { FunctionName: name });
    expect(full.members).toMatchObject({ Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' });
    const decisions = lambda.cloud.trail.read(scope).filter(({ kind }) => kind === 'decision');
    expect(decisions.at(-1)?.facts).toMatchObject({ by: arn, outcome: 'throttled' });
    ends[0]?.();
    await running[0];
    const next = lambda.call('Invoke', { FunctionName: name });
    await expect.poll(() => ends.length).toBe(4);
    ends.forEach((end) => end());
    await Promise.all([...running, ...others, next]);
  });

  it('has 1,000 for an account, of which 100 cannot be reserved', async () => {
    await lambda.ready(name);
    await lambda.ready('other');
    const put = { FunctionName: name, ReservedConcurrentExecutions: 900 };
    expect(await lambda.call('PutFunctionConcurrency', put)).toEqual({ ReservedConcurrentExecutions: 900 });
    const tooMuch = await lambda.refusal('PutFunctionConcurrency', {
      FunctionName: 'other',
      ReservedConcurrentExecutions: 1,
    });
    expect(tooMuch.message).toBe(
      "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].",
    );
    expect((await lambda.call('GetFunction', { FunctionName: name })).Concurrency).toEqual({
      ReservedConcurrentExecutions: 900,
    });
    expect((await lambda.call('GetAccountSettings', {})).AccountLimit).toMatchObject({
      ConcurrentExecutions: 1000,
      UnreservedConcurrentExecutions: 100,
    });
    lambda.execution.answer = () => new Promise(() => undefined);
    for (let at = 0; at < 100; at++) void lambda.call('Invoke', { FunctionName: 'other' });
    await expect.poll(() => lambda.execution.ran.length).toBe(100);
    expect((await lambda.refusal('Invoke', { FunctionName: 'other' })).members).toMatchObject({
      Reason: 'ConcurrentInvocationLimitExceeded',
    });
    await lambda.call('DeleteFunctionConcurrency', { FunctionName: name });
    expect(await lambda.call('GetFunctionConcurrency', { FunctionName: name })).toEqual({});
    const unknown = await lambda.refusal('PutFunctionConcurrency', { ...put, FunctionName: 'doesnotexist' });
    expect(unknown.message).toMatch(/:function:doesnotexist:\$LATEST$/);
  });
});

describe('InvokeWithResponseStream', () => {
  const read = async (stream: AsyncIterable<unknown> | undefined): Promise<string[]> => {
    const events: string[] = [];
    for await (const event of stream ?? []) {
      const [kind = '', body] = Object.entries(event as Record<string, { Payload?: Uint8Array }>)[0] ?? [];
      events.push(kind === 'PayloadChunk' ? text(body?.Payload) : JSON.stringify(event));
    }
    return events;
  };

  it('passes chunks on as they come', async () => {
    await lambda.ready(name);
    let end: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    lambda.execution.answer = async (_, invocation) => {
      invocation.onChunk?.(bytes('one '));
      invocation.onChunk?.(bytes('two'));
      await ended;
      invocation.onChunk?.(bytes(' three'));
      return {};
    };
    const { EventStream, StatusCode } = await lambda.call('InvokeWithResponseStream', {
      FunctionName: name,
      LogType: 'Tail',
    });
    expect(StatusCode).toBe(200);
    const iterator = (EventStream as AsyncIterable<unknown>)[Symbol.asyncIterator]();
    const first = await iterator.next();
    expect(first.done).toBe(false);
    end();
    const rest = await read({ [Symbol.asyncIterator]: () => iterator });
    expect(rest.slice(0, 2)).toEqual(['two', ' three']);
    expect(rest[2]).toContain('"InvokeComplete":{"LogResult":');
    expect(rest).toHaveLength(3);
  });

  it('gives the answer of a handler that does not stream in one chunk, and a failure at the end', async () => {
    await lambda.ready(name);
    const input = { FunctionName: name, Payload: bytes('{"a":1}') };
    const fine = await lambda.call('InvokeWithResponseStream', input);
    expect(await read(fine.EventStream)).toEqual(['{"a":1}', '{"InvokeComplete":{}}']);
    lambda.execution.answer = () => Promise.resolve(failure);
    const failed = await lambda.call('InvokeWithResponseStream', input);
    const [complete = '', ...more] = await read(failed.EventStream);
    expect(more).toEqual([]);
    expect(JSON.parse(complete)).toMatchObject({
      InvokeComplete: { ErrorCode: 'Unhandled', ErrorDetails: text(failure.payload) },
    });
  });
});

describe('the inner way in', () => {
  it('invokes and queues for other services', async () => {
    await lambda.ready(name);
    const result = await lambda.port.invoke(scope, { functionName: arn, payload: bytes('[1]') });
    expect(result).toMatchObject({ executedVersion: '$LATEST', functionError: undefined });
    expect(text(result.payload)).toBe('[1]');
    expect(lambda.execution.ran[0]?.invocation.requestId).toBe(result.requestId);
    const queued = await lambda.port.enqueue(scope, { functionName: name, payload: bytes('[2]') });
    await lambda.clock.advance(0);
    await expect.poll(() => lambda.execution.ran[1]?.invocation.requestId).toBe(queued.requestId);
    await expect(lambda.port.invoke(scope, { functionName: 'g', payload: bytes('1') })).rejects.toMatchObject(
      {
        code: 'ResourceNotFoundException',
      },
    );
  });
});
