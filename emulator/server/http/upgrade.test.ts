import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Exchange } from './exchange.ts';
import { listen, type Listener } from './listener.ts';
import { Knock } from './upgrade.ts';

let listener: Listener;
let onKnock: (knock: Knock) => void;
beforeEach(async () => {
  listener = await listen(0, {
    request: (request, response) => {
      const exchange = new Exchange(request, response);
      const { method, headers } = exchange.head;
      void exchange.body(1000).then(async (body) => {
        const told = `${method} ${headers['upgrade'] ?? 'plain'} ${Buffer.from(body).toString()}`;
        await exchange.answer({ status: 200, headers: {}, body: Buffer.from(told) });
      });
    },
    upgrade: (upgrade, asPlain) => onKnock(new Knock(upgrade, asPlain)),
  });
});
afterEach(async () => {
  await listener.close();
});

/** Everything that the other side sends, until it closes or has sent what is waited for. */
async function say(text: string, until?: string): Promise<string> {
  return await new Promise((resolve, reject) => {
    let heard = '';
    const socket = connect(listener.port, '127.0.0.1', () => socket.write(text));
    socket.on('data', (part: Buffer) => {
      heard += part.toString();
      if (until !== undefined && heard.includes(until)) socket.destroy();
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(heard));
  });
}
const head = (...lines: string[]): string => [...lines, 'Host: localhost', '', ''].join('\r\n');
const websocket = head('GET /chat HTTP/1.1', 'Connection: Upgrade', 'Upgrade: websocket');

describe('a request that asks for another protocol', () => {
  it('is answered like any other, with its body, where the protocol is not WebSocket', async () => {
    const wish = [
      'Connection: Upgrade, HTTP2-Settings',
      'Upgrade: h2c',
      'HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA',
    ];
    const asked = `${head('POST / HTTP/1.1', ...wish, 'Content-Length: 5')}hello`;
    expect(await say(asked, 'hello')).toMatch(/^HTTP\/1\.1 200 OK[^]*POST plain hello/);
  });

  it('is answered like any other where nothing speaks WebSocket', async () => {
    onKnock = (knock) => knock.answerPlain();
    expect(await say(websocket, 'plain')).toMatch(/^HTTP\/1\.1 200 OK[^]*GET plain /);
  });

  it('is refused with an answer, and the connection closed', async () => {
    onKnock = (knock) =>
      void knock.exchange.answer({ status: 403, headers: { a: 'b' }, body: Buffer.from('no') });
    expect(await say(websocket)).toMatch(/^HTTP\/1\.1 403 Forbidden\r\na: b\r\n[^]*\r\n\r\nno$/);
  });

  it('gets the connection, with what was sent behind the request', async () => {
    onKnock = (knock) => knock.enter(({ socket, head: sent }) => socket.end(`let in: ${sent.toString()}`));
    expect(await say(`${websocket}early`)).toBe('let in: early');
  });

  it('ends with a client that goes away while nobody has decided', async () => {
    const socket = connect(listener.port, '127.0.0.1', () => socket.write(websocket));
    const gone = new Promise<void>((resolve) => {
      onKnock = ({ exchange }) => {
        exchange.signal.addEventListener('abort', () => resolve());
        socket.resetAndDestroy();
      };
    });
    await gone;
  });
});
