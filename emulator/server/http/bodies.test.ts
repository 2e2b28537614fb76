import { request as httpRequest } from 'node:http';
import { describe, expect, it } from 'vitest';
import { LIST, running, send, serveEachTest, signature } from '../fixture/serving.ts';

serveEachTest();

describe('bodies that are too large', () => {
  const INVOKE = '/2015-03-31/functions/echo/invocations';
  const MEGABYTE = 1024 * 1024;

  it('are refused before they are sent, where the client asks first', async () => {
    const status = await new Promise<string>((resolve, reject) => {
      let continued = false;
      const sent = httpRequest({
        port: running.port,
        host: '127.0.0.1',
        path: INVOKE,
        method: 'POST',
        headers: { ...signature(), expect: '100-continue', 'content-length': 20 * MEGABYTE },
      });
      sent.on('continue', () => (continued = true));
      sent.on('response', (response) => {
        resolve(`${String(response.statusCode)} ${String(continued)}`);
        sent.destroy();
      });
      sent.on('error', reject);
      sent.flushHeaders();
    });
    expect(status).toBe('413 false');
  });

  it('of the right size are asked for', async () => {
    const answer = await send(
      INVOKE,
      { ...signature(), expect: '100-continue', 'content-length': '4' },
      { method: 'POST', body: 'body' },
    );
    expect(answer).toMatchObject({ status: 200, body: 'body' });
  });

  it('are answered 413 in AWS’s words', async () => {
    const body = Buffer.alloc(9 * MEGABYTE);
    const answer = await send(INVOKE, signature(), { method: 'POST', body });
    expect(answer.status).toBe(413);
    expect(answer.headers['x-amzn-errortype']).toBe('RequestEntityTooLargeException');
    expect(answer.body).toContain(
      'Request must be smaller than 6291456 bytes for the InvokeFunction operation',
    );
  });

  it('are not held, however much comes without a stated length', async () => {
    const before = process.memoryUsage().arrayBuffers;
    let peak = 0;
    const status = await new Promise<number>((resolve, reject) => {
      const sent = httpRequest(
        { port: running.port, host: '127.0.0.1', path: LIST, method: 'POST', headers: signature('iam') },
        (response) => {
          resolve(response.statusCode ?? 0);
          response.resume();
          sent.destroy();
        },
      );
      sent.on('error', reject);
      const chunk = Buffer.alloc(MEGABYTE);
      const more = (): void => {
        peak = Math.max(peak, process.memoryUsage().arrayBuffers - before);
        if (!sent.destroyed) sent.write(chunk, () => setImmediate(more));
      };
      more();
    });
    expect(status).toBe(413);
    // 10 MB may be held for IAM; the rest is what the two ends of the socket hold, both in this process.
    expect(peak).toBeLessThan(60 * MEGABYTE);
  });

  it('are not read at all without a signature', async () => {
    const answer = await send(INVOKE, {}, { method: 'POST', body: Buffer.alloc(3 * MEGABYTE) });
    expect(answer.status).toBe(403);
  });
});
