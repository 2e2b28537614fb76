import {
  CreateLogGroupCommand,
  StartLiveTailCommand,
  type LiveTailSessionLogEvent,
  type StartLiveTailCommandInput,
  type StartLiveTailResponseStream,
} from '@aws-sdk/client-cloudwatch-logs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { arnOf as arn, openLogs, scope, type LogsCloud } from './testing/logs-cloud.ts';

let cloud: LogsCloud;
beforeEach(async () => {
  cloud = await openLogs();
  for (const logGroupName of ['g', 'h']) await cloud.client.send(new CreateLogGroupCommand({ logGroupName }));
});
afterEach(async () => {
  await cloud.close();
});

const write = (group: string, stream: string, ...messages: string[]): void =>
  cloud.port.write(scope, group, stream, messages.map((message) => ({ timestamp: Date.now(), message }))); // prettier-ignore

interface Tail {
  /** The next message of the stream; undefined at its end. */
  next(): Promise<StartLiveTailResponseStream | undefined>;
  close(): void;
}

async function tail(input: Partial<StartLiveTailCommandInput> = {}): Promise<Tail> {
  const gone = new AbortController();
  const { responseStream } = await cloud.client.send(
    new StartLiveTailCommand({ logGroupIdentifiers: [arn('g')], ...input }),
    { abortSignal: gone.signal },
  );
  if (responseStream === undefined) throw new Error('There is no stream.');
  const events = responseStream[Symbol.asyncIterator]();
  return {
    next: async () => {
      const result = await events.next();
      return result.done === true ? undefined : result.value;
    },
    close: () => {
      gone.abort();
    },
  };
}

/** What comes until `count` log events are there; bounded by the test's own time. */
async function collect(session: Tail, count: number): Promise<LiveTailSessionLogEvent[]> {
  const found: LiveTailSessionLogEvent[] = [];
  while (found.length < count) {
    const message = await session.next();
    if (message === undefined) break;
    found.push(...(message.sessionUpdate?.sessionResults ?? []));
  }
  return found;
}

describe('StartLiveTail', () => {
  it('sends the session and then what matches', async () => {
    const session = await tail({ logEventFilterPattern: 'ERROR', logGroupIdentifiers: [arn('g'), arn('h')] });
    const first = await session.next();
    expect(first?.sessionStart).toMatchObject({
      sessionId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      logGroupIdentifiers: [arn('g'), arn('h')],
      logEventFilterPattern: 'ERROR',
    });
    write('g', 's1', 'ERROR one', 'fine');
    write('h', 's2', 'ERROR two');
    write('other', 's3', 'ERROR three');
    const events = await collect(session, 2);
    expect(events).toEqual([
      {
        logGroupIdentifier: '111111111111:g',
        logStreamName: 's1',
        message: 'ERROR one',
        timestamp: expect.any(Number) as number,
        ingestionTime: expect.any(Number) as number,
      },
      expect.objectContaining({ logGroupIdentifier: '111111111111:h', message: 'ERROR two' }),
    ]);
    session.close();
  });

  it('chooses streams', async () => {
    const byName = await tail({ logStreamNames: ['a1'] });
    const byPrefix = await tail({ logStreamNamePrefixes: ['a'] });
    write('g', 'b1', 'b1');
    write('g', 'a2', 'a2');
    write('g', 'a1', 'a1');
    expect((await collect(byName, 1)).map(({ message }) => message)).toEqual(['a1']);
    expect((await collect(byPrefix, 2)).map(({ message }) => message)).toEqual(['a2', 'a1']);
    byName.close();
    byPrefix.close();
  });

  it('sends a sample of more than 500 events', async () => {
    const session = await tail();
    await session.next();
    write('g', 's', ...Array.from({ length: 700 }, (_, index) => `line ${index}`));
    for (;;) {
      const update = (await session.next())?.sessionUpdate;
      if (update?.sessionResults?.length === 0) continue;
      expect(update?.sessionResults).toHaveLength(500);
      expect(update?.sessionMetadata?.sampled).toBe(true);
      break;
    }
    session.close();
  });

  it('times out after three hours of the cloud', async () => {
    const session = await tail();
    await session.next();
    await cloud.cloud.clock.advance(3 * 3_600_000);
    const read = async (): Promise<void> => {
      for (;;) {
        const message = await session.next();
        if (message === undefined) return;
        if (message.SessionTimeoutException !== undefined) throw message.SessionTimeoutException;
      }
    };
    await expect(read()).rejects.toMatchObject({ name: 'SessionTimeoutException' });
  });

  it('forgets a session whose client has gone', async () => {
    // 15 sessions may be open at a time: that the 16th is taken again shows that one has ended.
    const sessions = [];
    for (let index = 0; index < 15; index += 1) sessions.push(await tail());
    await expect(tail()).rejects.toMatchObject({ name: 'LimitExceededException' });
    for (const session of sessions) session.close();
    const deadline = Date.now() + 10_000;
    for (;;) {
      try {
        const session = await tail();
        session.close();
        break;
      } catch (error) {
        if (Date.now() > deadline) throw error;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  });

  it.each([
    [{ logGroupIdentifiers: ['g'] }, 'InvalidParameterException'],
    [{ logGroupIdentifiers: [`${arn('g')}:*`] }, 'InvalidParameterException'],
    [{ logGroupIdentifiers: [arn('none')] }, 'ResourceNotFoundException'],
    [{ logGroupIdentifiers: [arn('g'), arn('h')], logStreamNames: ['s'] }, 'InvalidParameterException'],
    [{ logStreamNames: ['s'], logStreamNamePrefixes: ['s'] }, 'InvalidParameterException'],
  ])('refuses %j', async (input, name) => {
    await expect(tail(input)).rejects.toMatchObject({ name });
  });

  it('words an invalid pattern as AWS does', async () => {
    await expect(tail({ logEventFilterPattern: '""' })).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: `Invalid filter pattern: Invalid character(s) in term '""'`,
    });
  });
});
