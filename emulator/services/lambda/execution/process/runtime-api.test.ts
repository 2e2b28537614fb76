import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { largestResponse, openRuntimeApi } from './runtime-api.ts';
import type { Answer, Event, RuntimeApi } from './runtime-api.ts';

/* The Runtime API as our own bootstrap speaks it, read on a plain socket; other clients: programs/custom.test.ts. */
const base = '/2018-06-01/runtime';
const sender = 'Host: x\r\nUser-Agent: coldstart-bootstrap\r\n';
const next = `GET ${base}/invocation/next HTTP/1.1\r\n${sender}\r\n`;
const post = (path: string, body: string, length = body.length): string =>
  `POST ${base}${path} HTTP/1.1\r\n${sender}Content-Length: ${length}\r\nContent-Type: application/json\r\n\r\n${body}`;
const event = (requestId: string): Event => ({
  requestId,
  payload: Buffer.from('{"n":1}'),
  deadline: 42,
  invokedArn: 'arn:f',
  traceId: 'Root=1',
  clientContext: undefined,
});

const open: { api: RuntimeApi; socket: Socket }[] = [];
afterEach(() => {
  for (const { api, socket } of open.splice(0)) {
    socket.destroy();
    api.close();
  }
});

/** A client, what the listener was told, and the packets that the client got. */
async function line() {
  const api = await openRuntimeApi();
  const told: ((Answer & { silent: boolean }) | 'next' | { init: string })[] = [];
  api.listen({
    next: () => told.push('next'),
    chunk: () => false,
    answer: (answer, silent) => told.push({ ...answer, silent }),
    initError: (payload) => told.push({ init: Buffer.from(payload).toString() }),
  });
  const [host = '', port] = api.address.split(':');
  const socket = connect({ host, port: Number(port), noDelay: true });
  const packets: string[] = [];
  socket.on('data', (data) => packets.push(data.toString()));
  open.push({ api, socket });
  const until = async (count: number): Promise<void> =>
    await vi.waitFor(() => expect(told).toHaveLength(count), { timeout: 5_000, interval: 2 });
  const got = async (part: string): Promise<string> => {
    await vi.waitFor(() => expect(packets.join('')).toContain(part), { timeout: 5_000, interval: 2 });
    return packets.join('');
  };
  return { api, told, socket, packets, until, got };
}

describe('the Runtime API on the line of our own bootstrap', () => {
  it('hands out an event, and takes the answer with the next question in one packet', async () => {
    const { api, told, socket, packets, until, got } = await line();
    socket.write(next);
    await until(1);
    api.deliver(event('one'));
    expect(await got('{"n":1}')).toContain('Lambda-Runtime-Aws-Request-Id: one');
    packets.length = 0;
    socket.write(post('/invocation/one/response', '{"a":2}') + next);
    await until(3);
    expect(told.slice(1)).toEqual([
      {
        kind: 'response',
        payload: Buffer.from('{"a":2}'),
        contentType: 'application/json',
        streamed: false,
        silent: false,
      },
      'next',
    ]);
    // The runtime waits for an event now, and needs no word of its own for the answer.
    expect(packets).toEqual([]);
    api.deliver(event('two'));
    const said = await got('Request-Id: two');
    expect(said).toMatch(/^HTTP\/1\.1 202 Accepted\r\n[^]*\{"status":"OK"\}\nHTTP\/1\.1 200 OK\r\n/);
  });

  it('reads requests in pieces of any size', async () => {
    const { api, told, socket, until, got } = await line();
    // The bootstrap's first head comes in one piece: that is how it is known.
    socket.write(next);
    await until(1);
    api.deliver(event('one'));
    await got('{"n":1}');
    const quiet = post('/invocation/one/error', '{"errorType":"E"}').replace(
      'Host',
      'Coldstart-Output: none\r\nHost',
    );
    for (const letter of quiet + next)
      await new Promise<void>((resolve) => socket.write(letter, () => resolve()));
    await until(3);
    expect(told[1]).toMatchObject({
      kind: 'error',
      payload: Buffer.from('{"errorType":"E"}'),
      silent: true,
    });
  });

  it('answers at once where no question follows', async () => {
    const { told, socket, until, got } = await line();
    socket.write(post('/init/error', '{"errorType":"Init"}'));
    await until(1);
    expect(told).toEqual([{ init: '{"errorType":"Init"}' }]);
    expect(await got('OK')).toContain('202 Accepted');
  });

  it.each([
    ['a length that is none', `POST ${base}/init/error HTTP/1.1\r\n${sender}Content-Length: -1\r\n\r\nx`],
    ['a head without end', `${next}${'x'.repeat(70_000)}`],
  ])('hangs up on %s', async (_name, bytes) => {
    const { socket } = await line();
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => undefined);
    socket.write(bytes);
    await closed;
  });

  it('refuses answers to other events, unknown places, and more than a response may hold', async () => {
    const { api, told, socket, packets, until, got } = await line();
    socket.write(next);
    await until(1);
    api.deliver(event('one'));
    await got('{"n":1}');
    socket.write(post('/invocation/other/response', '{}'));
    await got('"errorType":"InvalidRequestID"');
    socket.write(post('/nowhere', '{}'));
    await got('404 Not Found');
    packets.length = 0;
    socket.write(post('/invocation/one/response', '', largestResponse + 1));
    socket.write(Buffer.alloc(largestResponse + 1, 'x'));
    await until(2);
    expect(told[1]).toEqual({ kind: 'tooLarge', silent: false });
    expect(await got('RequestEntityTooLarge')).toContain('413');
  });
});
