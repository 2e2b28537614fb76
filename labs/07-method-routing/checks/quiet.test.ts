import { describe, expect, it } from 'vitest';
import type { HttpAnswer } from '../../../grader/api.ts';
import type { Context } from './context.ts';
import { quietly } from './quiet.ts';

/** An API whose function is called by the sentinel, and by what `reaches`; the log tells of it, and of strangers. */
function place(
  reaches: (asked: string, round: number) => boolean,
  strangers: readonly number[] = [],
): Context {
  const lines: string[] = [];
  let [calls, round] = [0, 0];
  const called = () => lines.push(`START RequestId: ${String((calls += 1))} Version: $LATEST`);
  const uri =
    'x:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:f/invocations';
  const context = {
    from: () => ({
      id: 'a',
      methods: new Map([['GET /books', { methodIntegration: { uri } }]]),
      stageVariables: {},
    }),
    apiUrl: () => '',
    http: async (url: string) => {
      if (url === '/books') {
        for (let more = strangers[round] ?? 0; more > 0; more -= 1) called();
        round += 1;
        called();
      } else if (reaches(url, round)) called();
      return { status: 400 } as HttpAnswer;
    },
    until: async (_: string, look: () => Promise<unknown>) => look(),
    clients: {
      lambda: { send: async () => ({}) },
      logs: { send: async () => ({ events: lines.map((message) => ({ message })) }) },
    },
  };
  return context as unknown as Context;
}

const asked = [{ route: 'GET /a' }, { route: 'GET /b' }];

describe('calls that requests cause', () => {
  it('none, where the gateway refuses by itself', async () => {
    expect(
      await quietly(
        place(() => false),
        asked,
      ),
    ).toMatchObject({ calls: 0 });
  });

  it('each that reaches the function', async () => {
    expect(
      await quietly(
        place(() => true),
        asked,
      ),
    ).toMatchObject({ calls: 2 });
    expect(
      await quietly(
        place((url) => url === '/b'),
        asked,
      ),
    ).toMatchObject({ calls: 1 });
  });

  it('not those of a stranger, who asks at the same time once', async () => {
    expect(
      await quietly(
        place(() => false, [3]),
        asked,
      ),
    ).toMatchObject({ calls: 0 });
  });

  it('nobody knows, where the log does not tell', async () => {
    const silent = place(() => true);
    const clients = { ...silent.clients, logs: { send: async () => ({}) } };
    expect(await quietly({ ...silent, clients } as unknown as Context, asked)).toMatchObject({
      calls: undefined,
    });
  });
});
