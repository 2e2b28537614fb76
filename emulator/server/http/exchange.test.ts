import { request as httpRequest, type IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Exchange } from './exchange.ts';
import { listen, type Listener } from './listener.ts';

let listener: Listener;
let serve: (exchange: Exchange) => Promise<void>;
let served: Promise<void>;
beforeEach(async () => {
  listener = await listen(0, {
    request: (request, response) => {
      served = serve(new Exchange(request, response));
      served.catch(() => undefined);
    },
    upgrade: (_upgrade, asPlain) => asPlain(),
  });
});
afterEach(async () => {
  await listener.close();
});

async function get(method = 'GET'): Promise<IncomingMessage> {
  return await new Promise((resolve, reject) => {
    httpRequest({ host: '127.0.0.1', port: listener.port, method, agent: false }, resolve)
      .on('error', reject)
      .end();
  });
}
async function read(response: IncomingMessage): Promise<number> {
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) size += chunk.length;
  return size;
}
const CHUNK = Buffer.alloc(256 * 1024);

describe('an answer that is a stream', () => {
  it('is made as fast as the client takes it', async () => {
    let made = 0;
    serve = async (exchange) => {
      await exchange.answer({ status: 200, headers: {}, body: chunks() });
      async function* chunks(): AsyncGenerator<Uint8Array> {
        for (; made < 200; made += 1) yield await Promise.resolve(CHUNK);
      }
    };
    const response = await get();
    // 50 MB are waiting to be made; what nobody reads stops at what sockets hold.
    let before = -1;
    await expect
      .poll(
        () => {
          const still = made === before;
          before = made;
          return still;
        },
        { interval: 100 },
      )
      .toBe(true);
    expect(made).toBeLessThan(100);
    expect(await read(response)).toBe(200 * CHUNK.length);
    await served;
  });

  it('ends its source when the client has gone, even one that waits for ever', async () => {
    let returned = false;
    let aborted = false;
    serve = async (exchange) => {
      exchange.signal.addEventListener('abort', () => (aborted = true));
      const first = [CHUNK];
      const body: AsyncIterable<Uint8Array> = {
        [Symbol.asyncIterator]: () => ({
          next: async () => {
            const value = first.pop();
            return value === undefined ? await new Promise(() => undefined) : { done: false, value };
          },
          return: async () => {
            returned = true;
            return await Promise.resolve({ done: true, value: undefined });
          },
        }),
      };
      await exchange.answer({ status: 200, headers: {}, body });
    };
    const response = await get();
    await new Promise((resolve) => response.once('data', resolve));
    response.destroy();
    await expect.poll(() => returned && aborted).toBe(true);
    await served;
  });

  it('that breaks does not pass for a whole one', async () => {
    serve = async (exchange) => {
      try {
        await exchange.answer({ status: 200, headers: {}, body: chunks() });
      } catch {
        exchange.abandonUnlessAnswered();
      }
      async function* chunks(): AsyncGenerator<Uint8Array> {
        yield await Promise.resolve(CHUNK);
        throw new Error('the source broke');
      }
    };
    await expect(get().then(read)).rejects.toMatchObject({ code: 'ECONNRESET' });
  });
});

describe('an answer without a body', () => {
  it('to HEAD keeps the length that the body would have', async () => {
    serve = async (exchange) =>
      await exchange.answer({ status: 200, headers: { 'content-length': '123' }, body: new Uint8Array() });
    const response = await get('HEAD');
    expect(response.headers['content-length']).toBe('123');
    expect(await read(response)).toBe(0);
  });

  it('of status 204 has no length at all', async () => {
    serve = async (exchange) => await exchange.answer({ status: 204, headers: {}, body: new Uint8Array() });
    expect((await get()).headers['content-length']).toBeUndefined();
  });
});

describe('a long body', () => {
  const MEGABYTE = 1024 * 1024;
  const bytes = Buffer.from(Array.from({ length: 5 * MEGABYTE }, (_, at) => at % 251));

  it.each([
    ['of a stated length', { 'content-length': String(bytes.length) }],
    ['of no stated length', {}],
    ['whose coding tells about how long it is', { 'x-amz-decoded-content-length': String(4 * MEGABYTE) }],
    ['that is longer than its coding tells', { 'x-amz-decoded-content-length': String(MEGABYTE + 1) }],
  ])('%s is read whole', async (_title, headers) => {
    let got: Uint8Array | undefined;
    serve = async (exchange) => {
      got = await exchange.body(6 * MEGABYTE);
      await exchange.answer({ status: 200, headers: {}, body: new Uint8Array() });
    };
    await new Promise<void>((resolve, reject) => {
      const sent = httpRequest(
        { host: '127.0.0.1', port: listener.port, method: 'PUT', agent: false, headers },
        (response) => {
          response.resume().on('end', resolve);
        },
      ).on('error', reject);
      for (let at = 0; at < bytes.length; at += 300_000) sent.write(bytes.subarray(at, at + 300_000));
      sent.end();
    });
    await served;
    expect(Buffer.from(got ?? []).equals(bytes)).toBe(true);
  });
});
