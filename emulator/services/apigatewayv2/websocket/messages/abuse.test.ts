import fc from 'fast-check';
import { connect, type Socket } from 'node:net';
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { FrameSizes } from '../../connections/frame-sizes.ts';
import { selected, routeKeyOf } from '../routes/selection.ts';
import { heardForTests } from '../testing/for-tests.ts';

const trial = heardForTests();

/** A client that says what it likes once it is connected. Resolves when the cloud has ended the connection. */
async function shout(bytes: Uint8Array): Promise<void> {
  const socket: Socket = connect(trial.chat.gateway.running.port, '127.0.0.1');
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.on('error', () => undefined);
  socket.write(
    [
      `GET /_aws/execute-api/${trial.api}/dev HTTP/1.1`,
      'Host: localhost',
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
      '',
      '',
    ].join('\r\n'),
  );
  await new Promise<void>((resolve) => socket.once('data', () => resolve()));
  socket.end(bytes);
  socket.resume();
  await closed;
}

describe('whatever a client sends', () => {
  it('the cloud goes on', async () => {
    const frames = [
      // Not masked; a reserved operation; a reserved bit; a continuation of nothing; no UTF-8; a length of 2^63.
      [0x81, 0x01, 0x61],
      [0x83, 0x80, 0, 0, 0, 0],
      [0xc1, 0x80, 0, 0, 0, 0],
      [0x80, 0x80, 0, 0, 0, 0],
      [0x81, 0x81, 0, 0, 0, 0, 0xff],
      [0x81, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    ].map((bytes) => Uint8Array.from(bytes));
    const drawn = fc.sample(fc.uint8Array({ minLength: 1, maxLength: 300 }), { numRuns: 60, seed: 7 });
    for (const bytes of [...frames, ...drawn]) await shout(bytes);
    const client = await trial.chat.connect(trial.chat.address(trial.api));
    expect(await client.ask('hello')).toBe('heard');
  });

  it('a flood of messages is answered, each of them', async () => {
    const client = await trial.chat.connect(trial.chat.address(trial.api));
    const many = 2000;
    for (let count = 0; count < many; count += 1) client.say('hello');
    const heard = new Map<string, number>();
    for (let count = 0; count < many; count += 1) {
      const text = await client.hear();
      heard.set(text, (heard.get(text) ?? 0) + 1);
    }
    expect([...heard]).toEqual([['"heard"', many]]);
  });
});

describe('frames are measured', () => {
  it('however their bytes come in pieces', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 70_000 }), fc.boolean()), { maxLength: 5 }),
        fc.integer({ min: 1, max: 5000 }),
        (frames, piece) => {
          const sizes = new FrameSizes(32 * 1024);
          const bytes = Buffer.concat(frames.map(([size, masked]) => frameOf(size, masked)));
          let fine = true;
          for (let at = 0; at < bytes.length && fine; at += piece)
            fine = sizes.read(bytes.subarray(at, at + piece));
          expect(fine).toBe(frames.every(([size]) => size <= 32 * 1024));
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('a selection expression', () => {
  it('selects by what a message says', () => {
    const body = '{"action":"hello","deep":{"kind":"a","list":[{"n":1}]},"yes":true,"a-b":"dashed"}';
    const keys = {
      '$request.body.action': 'hello',
      '${request.body.action}': 'hello',
      '${request.body.deep.kind}-${request.body.action}': 'a-hello',
      '$request.body.deep.list[0].n': '1',
      '$request.body.yes': 'true',
      '$request.body.a-b': 'dashed',
      '$request.body.deep': undefined,
      '$request.body.missing': undefined,
      '$request.header.action': undefined,
      '$request.body.toString': undefined,
      '\\$default': undefined,
      fixed: 'fixed',
    };
    for (const [expression, key] of Object.entries(keys))
      expect([expression, routeKeyOf(expression, body)]).toEqual([expression, key]);
  });

  it('never fails and is evaluated once', () => {
    fc.assert(
      fc.property(fc.string(), fc.json(), (expression, body) => {
        routeKeyOf(expression, body);
      }),
    );
    expect(selected('$request.body.x', () => '$request.body.y')).toBe('$request.body.y');
  });
});

function frameOf(size: number, masked: boolean): Buffer {
  const mask = masked ? 0x80 : 0;
  const length =
    size < 126
      ? Buffer.from([mask | size])
      : size < 65_536
        ? Buffer.from([mask | 126, size >> 8, size & 255])
        : Buffer.from([mask | 127, 0, 0, 0, 0, 0, size >> 16, (size >> 8) & 255, size & 255]);
  return Buffer.concat([Buffer.from([0x81]), length, Buffer.alloc((masked ? 4 : 0) + size)]);
}
