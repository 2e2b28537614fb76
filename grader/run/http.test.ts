import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { invokeUrl } from '../targets/invoke-url.ts';
import { engineText } from '../text.ts';
import { http } from './http.ts';

let server: Server | undefined;
afterEach(
  () => new Promise<void>((resolve) => (server === undefined ? resolve() : server.close(() => resolve()))),
);

async function serve(listener: RequestListener): Promise<string> {
  const begun = createServer(listener);
  server = begun;
  await new Promise<void>((resolve) => begun.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${String((begun.address() as AddressInfo).port)}`;
}
const never = new AbortController().signal;
const { http: text } = engineText.en;

describe('a request of a check', () => {
  it('reads status, every value of a header, and bytes as they come', async () => {
    const url = await serve((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        response.writeHead(302, { location: '/else', 'x-tag': ['a', 'b'], 'x-method': request.method });
        response.end(Buffer.concat(chunks));
      });
    });
    const body = Uint8Array.from([0, 255, 128, 10]);
    const answer = await http(text, `${url}/x?y=1`, { method: 'POST', headers: { 'x-a': '1' }, body }, never);
    expect(answer.status).toBe(302);
    expect(answer.headerValues('X-Tag')).toEqual(['a', 'b']);
    expect(answer.header('x-TAG')).toBe('a, b');
    expect(answer.header('x-method')).toBe('POST');
    expect(answer.header('x-none')).toBeUndefined();
    expect([...answer.bytes]).toEqual([...body]);
    expect(answer.json).toBeUndefined();
    expect(answer.evidence[0]).toEqual({ label: 'request', value: `POST ${url}/x?y=1\nx-a: 1` });
    expect(answer.evidence[1]?.value).toContain('302\n');
  });

  it('parses JSON, and takes every status for an answer', async () => {
    const url = await serve((_, response) =>
      response.writeHead(502).end('{"message": "Internal server error"}'),
    );
    const answer = await http(text, url, {}, never);
    expect([answer.status, answer.json]).toEqual([502, { message: 'Internal server error' }]);
  });

  it('ends with its check, and where nobody answers', async () => {
    const stopping = new AbortController();
    const url = await serve(() => {
      stopping.abort();
    });
    await expect(http(text, url, {}, stopping.signal)).rejects.toMatchObject({ name: 'AbortError' });
    await expect(http(text, 'http://127.0.0.1:1', {}, never)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});

describe('the address of a stage', () => {
  it.each([
    [
      { endpoint: 'http://127.0.0.1:4566', region: 'us-east-1' },
      'http://127.0.0.1:4566/_aws/execute-api/a1/dev',
    ],
    [
      { endpoint: 'http://127.0.0.1:4566/', region: 'us-east-1' },
      'http://127.0.0.1:4566/_aws/execute-api/a1/dev',
    ],
    [
      { endpoint: undefined, region: 'ap-northeast-2' },
      'https://a1.execute-api.ap-northeast-2.amazonaws.com/dev',
    ],
    [{ endpoint: undefined, region: 'cn-north-1' }, 'https://a1.execute-api.cn-north-1.amazonaws.com.cn/dev'],
  ])('%o', (target, expected) => {
    expect(invokeUrl(target, 'a1', 'dev')).toBe(expected);
  });
});
