import { StartLiveTailCommand } from '@aws-sdk/client-cloudwatch-logs';
import { InvokeWithResponseStreamCommand } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { ServiceFailure } from '../../service/failure.ts';
import { connect, wires } from '../round-trip/clients.ts';
import { loopback, requestId } from '../round-trip/loopback.ts';
import { serviceWire } from '../service-wire.ts';

async function* events(...given: readonly unknown[]): AsyncGenerator<unknown, void, undefined> {
  for (const event of given) {
    await Promise.resolve();
    if (event instanceof Error) throw event;
    yield event;
  }
}

async function collect(stream: AsyncIterable<unknown> | undefined): Promise<unknown[]> {
  const seen: unknown[] = [];
  try {
    for await (const event of stream ?? []) seen.push(event);
  } catch (error) {
    seen.push(error);
  }
  return seen;
}

async function invoked(...given: readonly unknown[]) {
  const output = { StatusCode: 200, ExecutedVersion: '$LATEST', EventStream: events(...given) };
  const server = await loopback(serviceWire(wires.lambda), () => output);
  const client = connect.lambda(server.origin);
  const answer = await client.send(new InvokeWithResponseStreamCommand({ FunctionName: 'f' }));
  const seen = await collect(answer.EventStream);
  client.destroy();
  await server.close();
  return { answer, seen };
}

async function tailed(...given: readonly unknown[]) {
  const server = await loopback(serviceWire(wires.logs), () => ({ responseStream: events(...given) }));
  const client = connect.logs(server.origin);
  const answer = await client.send(new StartLiveTailCommand({ logGroupIdentifiers: ['arn:aws:logs:g'] }));
  const seen = await collect(answer.responseStream);
  client.destroy();
  await server.close();
  return { answer, seen };
}

describe('InvokeWithResponseStream (restJson1)', () => {
  it('streams bytes and structures, with the other members in headers', async () => {
    const chunk = new Uint8Array([0, 1, 2, 255]);
    const { answer, seen } = await invoked(
      { PayloadChunk: { Payload: chunk } },
      { PayloadChunk: { Payload: new Uint8Array() } },
      { InvokeComplete: { ErrorCode: 'Unhandled', ErrorDetails: '日本', LogResult: 'bG9n' } },
    );
    expect(answer).toMatchObject({
      StatusCode: 200,
      ExecutedVersion: '$LATEST',
      ResponseStreamContentType: 'application/vnd.amazon.eventstream',
      $metadata: { requestId },
    });
    expect(seen).toEqual([
      { PayloadChunk: { Payload: chunk } },
      { PayloadChunk: { Payload: new Uint8Array() } },
      { InvokeComplete: { ErrorCode: 'Unhandled', ErrorDetails: '日本', LogResult: 'bG9n' } },
    ]);
  });

  it('carries large chunks', async () => {
    const Payload = new Uint8Array(1_000_000).fill(7);
    const { seen } = await invoked({ PayloadChunk: { Payload } });
    expect(seen).toHaveLength(1);
    expect(
      Buffer.compare((seen[0] as { PayloadChunk: { Payload: Uint8Array } }).PayloadChunk.Payload, Payload),
    ).toBe(0);
  });

  it('ends a stream that breaks with an error that hides the reason', async () => {
    const { seen } = await invoked({ PayloadChunk: { Payload: new Uint8Array([1]) } }, new Error('secret'));
    expect(seen).toHaveLength(2);
    expect(seen[1]).toMatchObject({ name: 'InternalFailure' });
    expect(String(seen[1])).not.toContain('secret');
  });
});

describe('StartLiveTail (awsJson1.1)', () => {
  it('streams after the initial response', async () => {
    const start = { sessionStart: { sessionId: 's', requestId: 'r', logGroupIdentifiers: ['g'] } };
    const update = {
      sessionUpdate: {
        sessionMetadata: { sampled: false },
        sessionResults: [{ message: 'a\nb', timestamp: 1_700_000_000_000 }],
      },
    };
    const { answer, seen } = await tailed(start, update);
    expect(answer.$metadata.requestId).toBe(requestId);
    expect(seen).toEqual([start, update]);
  });

  it('ends with a modelled exception', async () => {
    const over = new ServiceFailure('SessionTimeoutException', 'The session is over.');
    const { seen } = await tailed({ sessionStart: { sessionId: 's' } }, over);
    expect(seen[1]).toMatchObject({ name: 'SessionTimeoutException', message: 'The session is over.' });
  });

  it('ends with an exception that the stream does not model', async () => {
    const { seen } = await tailed(
      { sessionStart: {} },
      new ServiceFailure('ThrottlingException', 'Rate exceeded'),
    );
    expect(seen[1]).toMatchObject({ name: 'ThrottlingException', message: 'Rate exceeded' });
  });
});
