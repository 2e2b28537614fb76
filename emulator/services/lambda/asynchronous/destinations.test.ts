import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { failure } from '../testing/fake-execution.ts';
import { account, region, scope, SmallCloud } from '../testing/small-cloud.ts';
import type { QueuedEvent } from './event.ts';

const queueArn = `arn:aws:sqs:${region}:${account}:results`;
const topicArn = `arn:aws:sns:${region}:${account}:results`;
const busArn = `arn:aws:events:${region}:${account}:event-bus/default`;
const bucketArn = 'arn:aws:s3:::results';
const functionArn = (name: string): string => `arn:aws:lambda:${region}:${account}:function:${name}`;

let small: SmallCloud;
/** What was sent, in order. */
let sent: { to: string; body: Record<string, unknown>; more: unknown }[];
beforeEach(async () => {
  small = new SmallCloud();
  sent = [];
  const take = (to: string, body: string, more: unknown): { messageId: string } => {
    sent.push({ to, body: JSON.parse(body) as Record<string, unknown>, more });
    return { messageId: 'm' };
  };
  small.ports.sqs = {
    send: (_: unknown, to: string, { body, ...more }: { body: string }) => take(to, body, more),
    attributes: (_: unknown, to: string) => (to.endsWith(':gone') ? undefined : {}),
  };
  small.ports.sns = {
    publish: (_: unknown, to: string, { message, ...more }: { message: string }) => take(to, message, more),
    exists: () => true,
  };
  small.ports.events = {
    put: (_: unknown, to: string, [entry]: { detail: string }[]) => take(to, entry?.detail ?? '', entry),
    exists: () => true,
  };
  small.allowed = () => true;
  await small.ready('f');
});
afterEach(() => small.end());

const config = (destinations: { success?: string; failure?: string }, more: object = {}) =>
  small.call('PutFunctionEventInvokeConfig', {
    FunctionName: 'f',
    MaximumRetryAttempts: 0,
    DestinationConfig: {
      OnSuccess: { Destination: destinations.success },
      OnFailure: { Destination: destinations.failure },
    },
    ...more,
  });
const send = async (payload: object = { n: 1 }): Promise<void> => {
  await small.call(
    'Invoke',
    { FunctionName: 'f', InvocationType: 'Event', Payload: Buffer.from(JSON.stringify(payload)) },
    { requestId: 'the-id' },
  );
  await small.clock.advance(0);
};
const kept = (): number => small.cloud.state.table<QueuedEvent>('lambda.events').in(scope).size;
const done = (): Promise<void> => expect.poll(kept).toBe(0);
const fail = (): void => {
  small.execution.answer = () => Promise.resolve(failure);
};
const context = (condition: string, approximateInvokeCount = 1) => ({
  requestId: 'the-id',
  functionArn: `${functionArn('f')}:$LATEST`,
  condition,
  approximateInvokeCount,
});

describe('a destination', () => {
  it('gets the record of a success as AWS writes it', async () => {
    await config({ success: queueArn });
    await send();
    await done();
    expect(sent).toEqual([
      {
        to: queueArn,
        body: {
          version: '1.0',
          timestamp: expect.stringMatching(/^2026-11-23T08:42:\d\d\.\d{3}Z$/) as string,
          requestContext: context('Success'),
          requestPayload: { n: 1 },
          responseContext: { statusCode: 200, executedVersion: '$LATEST' },
          responsePayload: { n: 1 },
        },
        more: {},
      },
    ]);
  });

  it('gets failures of every kind with their reason', async () => {
    fail();
    await config({ failure: topicArn });
    await send();
    await done();
    await config({ failure: topicArn }, { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 60 });
    await send();
    await done();
    await small.call('PutFunctionConcurrency', { FunctionName: 'f', ReservedConcurrentExecutions: 0 });
    await send();
    await done();
    expect(sent.map(({ body }) => body['requestContext'])).toEqual([
      context('RetriesExhausted'),
      context('EventAgeExceeded'),
      context('ZeroReservedConcurrency', 0),
    ]);
    expect(sent[0]?.body).toMatchObject({
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      responsePayload: { errorType: 'Error', errorMessage: 'no' },
    });
    expect(sent[2]?.body).not.toHaveProperty('responseContext');
  });

  it('may be a bus, another function or, of failures, a bucket', async () => {
    await config({ success: busArn });
    await send();
    await done();
    expect(sent[0]).toMatchObject({
      to: busArn,
      more: {
        source: 'lambda',
        detailType: 'Lambda Function Invocation Result - Success',
        resources: [busArn, `${functionArn('f')}:$LATEST`],
      },
    });

    await small.ready('g');
    await config({ success: functionArn('g') });
    await send({ n: 2 });
    await done();
    expect(small.execution.ran.map(({ version }) => version.name)).toEqual(['f', 'f', 'g']);
    const passedOn = JSON.parse(
      Buffer.from(small.execution.ran[2]?.invocation.payload ?? []).toString(),
    ) as object;
    expect(passedOn).toMatchObject({ requestPayload: { n: 2 }, requestContext: { condition: 'Success' } });

    fail();
    await config({ failure: bucketArn });
    await send({ n: 3 });
    await done();
    const [[key = '', bytes] = []] = small.objects;
    expect(key).toMatch(
      /^results\/aws\/lambda\/async\/f\/2026\/11\/23\/2026-11-23T08\.42\.\d\d-[0-9a-f-]{36}$/,
    );
    expect(JSON.parse(Buffer.from(bytes ?? []).toString())).toMatchObject({ requestPayload: { n: 3 } });
  });

  it('gets nothing that the role may not send, and the loss is told', async () => {
    await config({ success: queueArn });
    small.allowed = (action) => action !== 'sqs:SendMessage';
    await send();
    await done();
    expect(sent).toEqual([]);
    const told = small.cloud.trail
      .read(scope)
      .flatMap((entry) => (entry.kind === 'decision' ? [entry.facts.why] : []));
    expect(told).toContain(
      `Event the-id: the role lambda-role does not allow sqs:SendMessage on ${queueArn}`,
    );
  });

  it('is refused where it is not there, not allowed, or the function itself', async () => {
    const refused = async (destination: string, when: 'OnSuccess' | 'OnFailure' = 'OnSuccess') =>
      (
        await small.refusal('PutFunctionEventInvokeConfig', {
          FunctionName: 'f',
          DestinationConfig: { [when]: { Destination: destination } },
        })
      ).message;
    for (const arn of [
      functionArn('none'),
      `arn:aws:sqs:${region}:${account}:gone`,
      bucketArn,
      `${queueArn}.fifo`,
    ]) {
      expect(await refused(arn)).toBe(`The destination ARN ${arn} is invalid.`);
    }
    expect(await refused(functionArn('f'))).toBe(
      "You can't specify the function as a destination for itself.",
    );
    small.allowed = () => false;
    expect(await refused(queueArn)).toBe(
      `The function's execution role does not have permissions to call SendMessage on ${queueArn}`,
    );
  });
});

describe('a dead-letter queue', () => {
  it('gets the event itself, with the reason in attributes', async () => {
    await small.call('UpdateFunctionConfiguration', {
      FunctionName: 'f',
      DeadLetterConfig: { TargetArn: queueArn },
    });
    await small.clock.advance(1000);
    const read = await small.call('GetFunctionConfiguration', { FunctionName: 'f' });
    expect(read.DeadLetterConfig).toEqual({ TargetArn: queueArn });
    await small.call('PutFunctionEventInvokeConfig', { FunctionName: 'f', MaximumRetryAttempts: 0 });
    fail();
    await send();
    await done();
    expect(sent).toEqual([
      {
        to: queueArn,
        body: { n: 1 },
        more: {
          messageAttributes: {
            RequestID: { dataType: 'String', stringValue: 'the-id' },
            ErrorCode: { dataType: 'Number', stringValue: '200' },
            ErrorMessage: { dataType: 'String', stringValue: 'no' },
          },
        },
      },
    ]);
  });

  it('must be a queue or topic that the role may send to', async () => {
    const set = (TargetArn: string) =>
      small.refusal('UpdateFunctionConfiguration', { FunctionName: 'f', DeadLetterConfig: { TargetArn } });
    expect((await set(bucketArn)).code).toBe('InvalidParameterValueException');
    small.allowed = () => false;
    expect((await set(queueArn)).message).toBe(
      'The provided execution role does not have permissions to call SendMessage on SQS',
    );
  });
});

describe('the configuration of events', () => {
  it('is answered as AWS does, changed in part, listed and deleted', async () => {
    expect(await config({ failure: queueArn })).toEqual({
      FunctionArn: `${functionArn('f')}:$LATEST`,
      LastModified: expect.any(Date) as Date,
      MaximumRetryAttempts: 0,
      DestinationConfig: { OnSuccess: {}, OnFailure: { Destination: queueArn } },
    });
    const updated = await small.call('UpdateFunctionEventInvokeConfig', {
      FunctionName: 'f',
      MaximumEventAgeInSeconds: 100,
    });
    expect(updated).toMatchObject({
      MaximumRetryAttempts: 0,
      MaximumEventAgeInSeconds: 100,
      DestinationConfig: { OnFailure: { Destination: queueArn } },
    });
    const list = await small.call('ListFunctionEventInvokeConfigs', { FunctionName: 'f' });
    expect(list.FunctionEventInvokeConfigs).toEqual([updated]);
    await small.call('DeleteFunctionEventInvokeConfig', { FunctionName: 'f' });
    expect((await small.refusal('GetFunctionEventInvokeConfig', { FunctionName: 'f' })).message).toBe(
      `The function ${functionArn('f')}:$LATEST doesn't have an EventInvokeConfig`,
    );
  });

  it('belongs to a qualifier and goes with it', async () => {
    await small.call('PublishVersion', { FunctionName: 'f' });
    await small.call('CreateAlias', { FunctionName: 'f', Name: 'live', FunctionVersion: '1' });
    await config({}, { Qualifier: 'live' });
    const named = { FunctionName: 'f', Qualifier: 'live' };
    expect(await small.call('GetFunctionEventInvokeConfig', named)).toMatchObject({
      FunctionArn: `${functionArn('f')}:live`,
    });
    await small.call('DeleteAlias', { FunctionName: 'f', Name: 'live' });
    expect((await small.refusal('GetFunctionEventInvokeConfig', named)).code).toBe(
      'ResourceNotFoundException',
    );
    expect(
      (await small.refusal('PutFunctionEventInvokeConfig', { FunctionName: 'none', MaximumRetryAttempts: 0 }))
        .message,
    ).toBe("The function doesn't exist.");
    expect((await small.refusal('PutFunctionEventInvokeConfig', { FunctionName: 'f' })).message).toBe(
      'You must specify at least one of error handling or destination setting.',
    );
  });
});

describe('a loop', () => {
  const through = async (invoke: (traceHeader: string | undefined) => Promise<unknown>, most = 40) => {
    let header: string | undefined;
    for (let round = 0; round < most; round++) {
      const before = small.execution.ran.length;
      await invoke(header);
      if (small.execution.ran.length === before) break;
      header = small.execution.ran.at(-1)?.invocation.traceHeader;
    }
    return small.execution.ran.length;
  };
  const call = (traceHeader: string | undefined) =>
    small.call('Invoke', { FunctionName: 'f' }, traceHeader === undefined ? {} : { traceHeader });

  it('is stopped after 16 invocations of a function in one chain', async () => {
    const invoked = await through((header) =>
      call(header).catch((error: unknown) =>
        expect(error).toMatchObject({ code: 'RecursiveInvocationException' }),
      ),
    );
    expect(invoked).toBe(16);
  });

  it('of events ends in the destination of failures', async () => {
    await config({ failure: queueArn });
    const invoked = await through(async (traceHeader) => {
      const event = { FunctionName: 'f', InvocationType: 'Event' as const };
      await small.call('Invoke', event, traceHeader === undefined ? {} : { traceHeader });
      await small.clock.advance(0);
      await done();
    });
    expect(invoked).toBe(16);
    expect(sent).toHaveLength(1);
  });

  it('goes on where the function allows it', async () => {
    await small.call('PutFunctionRecursionConfig', { FunctionName: 'f', RecursiveLoop: 'Allow' });
    expect(await small.call('GetFunctionRecursionConfig', { FunctionName: 'f' })).toEqual({
      RecursiveLoop: 'Allow',
    });
    expect(await through(call)).toBe(40);
  });
});
