import { afterAll, describe, expect, it } from 'vitest';
import { openBench } from '../../testing/bench.ts';

const bench = openBench();
afterAll(() => bench.stop());

const streaming = (body: string) => ({
  'index.mjs': `const wait = (ms) => new Promise((done) => setTimeout(done, ms));
export const handler = awslambda.streamifyResponse(async (event, stream, context) => { ${body} });`,
});

/** Invokes and notes when each piece came, in ms before the end. */
async function stream(version: ReturnType<typeof bench.make>, event: unknown = {}) {
  const pieces: { at: number; text: string; type: string | undefined }[] = [];
  const outcome = await bench.invoke(version, event, {
    onChunk: (bytes, type) =>
      pieces.push({ at: performance.now(), text: Buffer.from(bytes).toString('latin1'), type }),
  });
  return { ...outcome, pieces, text: pieces.map((piece) => piece.text).join('') };
}

describe('a streamed response', () => {
  it('arrives as it is written', async () => {
    const version = bench.make(
      streaming(
        `stream.setContentType('text/plain'); stream.write('one'); await wait(200); stream.write('two'); stream.end({ three: 3 });`,
      ),
    );
    const result = await stream(version);
    expect(result.text).toBe('onetwo{"three":3}');
    expect([result.contentType, result.functionError, result.payload.length]).toEqual([
      'text/plain',
      undefined,
      0,
    ]);
    expect(new Set(result.pieces.map(({ type }) => type))).toEqual(new Set(['text/plain']));
    const [first, last] = [result.pieces[0]?.at ?? 0, result.pieces.at(-1)?.at ?? 0];
    expect(last - first).toBeGreaterThan(150);
    expect((await stream(version)).log.at(-1)).toMatch(/^REPORT /);
  });

  it('is collected where nobody reads it as it comes', async () => {
    const version = bench.make(streaming(`stream.write('a'.repeat(100_000)); stream.end('b');`));
    const { payload, contentType } = await bench.invoke(version);
    expect(Buffer.from(payload).toString()).toBe(`${'a'.repeat(100_000)}b`);
    expect(contentType).toBe('application/octet-stream');
  });

  it('of 20 MB arrives whole where it is read, and is too large where it is collected', async () => {
    const version = bench.make({
      'index.mjs': `import { pipeline } from 'node:stream/promises';
export const handler = awslambda.streamifyResponse(async (event, stream) => {
  await pipeline((async function* () { for (let i = 0; i < 20; i += 1) yield Buffer.alloc(1024 * 1024, i); })(), stream);
});`,
    });
    let size = 0;
    await bench.invoke(version, {}, { onChunk: (bytes) => (size += bytes.length) });
    expect(size).toBe(20 * 1024 * 1024);
    expect((await bench.invoke(version)).errorType).toBe('Function.ResponseSizeTooLarge');
  });

  it('can begin with status and headers', async () => {
    const version = bench.make(
      streaming(
        `const http = awslambda.HttpResponseStream.from(stream, { statusCode: 201, headers: { a: 'b' } }); http.write('body'); http.end();`,
      ),
    );
    const result = await stream(version);
    expect(result.text).toBe('{"statusCode":201,"headers":{"a":"b"}}\0\0\0\0\0\0\0\0body');
    expect(result.contentType).toBe('application/vnd.awslambda.http-integration-response');
  });

  it.each([
    ['before the first byte', `throw new RangeError('early');`, ''],
    ['after some bytes', `stream.write('some'); await wait(20); throw new RangeError('early');`, 'some'],
  ])('fails %s', async (_, body, text) => {
    const version = bench.make(streaming(body));
    const result = await stream(version);
    expect([result.text, result.functionError, result.errorType]).toEqual([text, 'Unhandled', 'RangeError']);
    expect(result.value).toMatchObject({ errorType: 'RangeError', errorMessage: 'early' });
    expect((await bench.invoke(version)).errorType).toBe('RangeError');
  });

  it('of a handler that is not async fails', async () => {
    const version = bench.make({
      'index.mjs': `export const handler = awslambda.streamifyResponse((event, stream) => { stream.end('x'); });`,
    });
    expect((await bench.invoke(version)).value).toMatchObject({
      errorMessage: 'Streaming does not support non-async handlers.',
    });
  });

  it('that is never ended fails', async () => {
    const version = bench.make(streaming(`stream.write('x');`));
    expect((await stream(version)).errorType).toBe('Runtime.NodeJsExit');
  });

  it('is cut by the timeout', async () => {
    const version = bench.make(streaming(`stream.write('x'); await wait(60_000);`), { timeoutSeconds: 1 });
    const result = await stream(version);
    expect([result.text, result.errorType]).toEqual(['x', 'Sandbox.Timedout']);
  });
});
