import { connect as connectHttp2 } from 'node:http2';
import { connect } from 'node:net';
import { InvokeCommand, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import {
  type Answer,
  done,
  lambda,
  lines,
  raw,
  running,
  seen,
  send,
  serveEachTest,
  signature,
} from '../fixture/serving.ts';

serveEachTest();

describe('clients of every kind', () => {
  it('are served 200 at a time', async () => {
    const body = JSON.stringify({ a: 'x'.repeat(1_000) });
    const invoke = async (): Promise<Answer> =>
      await send('/2015-03-31/functions/echo/invocations', signature(), { method: 'POST', body });
    const answers = await Promise.all(Array.from({ length: 200 }, invoke));
    expect(answers.filter((answer) => answer.status === 200 && answer.body === body)).toHaveLength(200);
  });

  it('do not wait for one another', async () => {
    let release: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => {
      seen.slow = async () => {
        resolve();
        await new Promise<void>((end) => (release = end));
      };
    });
    const slow = lambda().send(new InvokeCommand({ FunctionName: 'slow' }));
    await begun;
    await lambda().send(new ListFunctionsCommand({}));
    release();
    expect((await slow).StatusCode).toBe(200);
  });

  it('get the answers of one connection in the order of their requests', async () => {
    seen.slow = async () => await new Promise((resolve) => setTimeout(resolve, 50));
    const invoke = (name: string): string =>
      `POST /2015-03-31/functions/${name}/invocations HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${String(name.length)}\r\n${Object.entries(
        signature(),
      )
        .map(([header, value]) => `${header}: ${value}\r\n`)
        .join('')}\r\n${name}`;
    const text = await raw(`${invoke('slow')}${invoke('fast')}`, (so_far) => so_far.includes('fast'));
    expect(text.indexOf('slow')).toBeGreaterThan(0);
    expect(text.indexOf('slow')).toBeLessThan(text.indexOf('fast'));
  });

  it('may send the first bytes one by one', async () => {
    const text = await raw('POST /_coldstart/x HTTP/1.1\r\nHost: localhost\r\n\r\n', done, 1);
    expect(text).toMatch(/^HTTP\/1\.1 401 /);
  });

  it('may speak HTTP/2 from the first byte', async () => {
    const session = connectHttp2(running.origin);
    const body = await new Promise<string>((resolve, reject) => {
      session.on('error', reject);
      const stream = session.request({
        ':method': 'POST',
        ':path': '/2015-03-31/functions/echo/invocations',
        ...signature(),
      });
      let text = '';
      stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      stream.on('error', reject).on('end', () => resolve(`${String(stream.sentHeaders[':path'])} ${text}`));
      stream.end('"over HTTP/2"');
    });
    expect(body).toBe('/2015-03-31/functions/echo/invocations "over HTTP/2"');
    session.destroy();
  });

  it('that speak no HTTP are told so and cut off', async () => {
    expect(await raw('\x16\x03\x01\x02\x00\x01\x00 hello TLS\r\n\r\n', () => false)).toMatch(
      /^HTTP\/1\.1 400 /,
    );
  });

  it('may leave in the middle of an upload', async () => {
    const head = `POST /2015-03-31/functions/echo/invocations HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\nAuthorization: ${signature()['authorization'] ?? ''}\r\nX-Amz-Date: 20260102T030405Z\r\n\r\nhalf`;
    const socket = connect(running.port, '127.0.0.1');
    await new Promise((resolve) => socket.write(head, resolve));
    socket.destroy();
    await lambda().send(new ListFunctionsCommand({}));
    const calls = running.cloud.trail.read({ account: '111122223333', region: 'us-east-1' });
    expect(calls.map(({ facts }) => ('operation' in facts ? facts.operation : ''))).toEqual([
      'ListFunctions',
    ]);
    expect(lines).toEqual([]);
  });

  it('may leave while they wait, which the operation hears', async () => {
    const heard = new Promise<string>((resolve) => {
      seen.slow = async (signal) =>
        await new Promise((end) => {
          signal.addEventListener('abort', () => {
            resolve('aborted');
            end();
          });
          socket.destroy();
        });
    });
    const socket = connect(running.port, '127.0.0.1');
    socket.write(
      `POST /2015-03-31/functions/slow/invocations HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nAuthorization: ${signature()['authorization'] ?? ''}\r\nX-Amz-Date: 20260102T030405Z\r\n\r\n{}`,
    );
    expect(await heard).toBe('aborted');
  });
});
