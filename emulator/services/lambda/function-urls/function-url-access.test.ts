import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { account } from '../testing/small-cloud.ts';
import type { Student } from '../testing/student.ts';
import { plain, streaming, UrlCloud } from './testing/url-cloud.ts';

/* The real SDK client and plain HTTP against the real server with real processes. */
let cloud: UrlCloud;
let student: Student;
beforeAll(async () => {
  cloud = await UrlCloud.start();
  ({ student } = cloud);
}, 60_000);
afterAll(() => cloud.stop(), 30_000);

describe('permissions', () => {
  const forbidden = {
    Message:
      'Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html',
  };

  it('are needed, both of them', async () => {
    await student.make('guarded', plain(`return 'in';`));
    const url = await cloud.open('guarded', {}, []);
    const status = async () => {
      const answer = await fetch(url);
      if (answer.status === 403) {
        expect(await answer.json()).toEqual(forbidden);
        expect(answer.headers.get('x-amzn-errortype')).toBe('AccessDeniedException');
      }
      return answer.status;
    };
    expect(await status()).toBe(403);
    await cloud.permit('guarded', 'lambda:InvokeFunctionUrl');
    expect(await status()).toBe(403);
    await cloud.permit('guarded', 'lambda:InvokeFunction');
    expect(await status()).toBe(200);
    expect((await fetch(url.replace(/[a-z0-9]{32}/, 'a'.repeat(32)))).status).toBe(403);
  });

  it('come from the caller’s own policies where a signature is asked for', async () => {
    await student.make('signed', plain('return event.requestContext.authorizer.iam;'));
    const url = await cloud.open('signed', { AuthType: 'AWS_IAM' }, []);
    expect((await fetch(url)).status).toBe(403);
    const date = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
    const Authorization = `AWS4-HMAC-SHA256 Credential=${account}/${date.slice(0, 8)}/us-east-1/lambda/aws4_request, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`;
    const answer = await fetch(url, { headers: { Authorization, 'X-Amz-Date': date } });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      accountId: account,
      userArn: `arn:aws:iam::${account}:root`,
    });
    const unknown = Authorization.replace(account, 'AKIAUNKNOWN');
    expect((await fetch(url, { headers: { Authorization: unknown, 'X-Amz-Date': date } })).status).toBe(403);
  });
});

describe('web pages', () => {
  const origin = 'https://page.example';

  it('may where the CORS configuration says so, and the control plane stays closed to them', async () => {
    await student.make('shared', plain(`return 'shared';`));
    const url = await cloud.open('shared', {
      Cors: { AllowOrigins: [origin], AllowMethods: ['GET'], AllowHeaders: ['x-own'], MaxAge: 60 },
    });
    const asked = await fetch(url, {
      method: 'OPTIONS',
      headers: {
        Origin: origin,
        'Access-Control-Request-Method': 'GET',
        'Access-Control-Request-Headers': 'x-own',
      },
    });
    expect(asked.status).toBe(200);
    expect(asked.headers.get('access-control-allow-origin')).toBe(origin);
    expect(asked.headers.get('access-control-allow-methods')).toBe('GET');
    expect(asked.headers.get('access-control-allow-headers')).toBe('x-own');
    expect(asked.headers.get('access-control-max-age')).toBe('60');
    const answer = await fetch(url, { headers: { Origin: origin } });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, origin]);
    const other = await fetch(url, { headers: { Origin: 'https://other.example' } });
    expect(other.headers.get('access-control-allow-origin')).toBeNull();
    const plane = await fetch(`${cloud.running.origin}/2015-03-31/functions/`, {
      headers: { Origin: origin },
    });
    expect(plane.status).toBe(403);
    const host = new URL(cloud.running.origin).host;
    const rebound = await cloud.ask(new URL(url).pathname, {
      host: host.replace('127.0.0.1', 'evil.example'),
    });
    expect(rebound.status).toBe(403);
    expect(rebound.body).toContain('localhost only');
  });

  it('are answered by the function where there is no configuration', async () => {
    await student.make(
      'asks',
      plain(`return { statusCode: 204, headers: { 'x-method': event.requestContext.http.method } };`),
    );
    const url = await cloud.open('asks');
    const asked = await fetch(url, {
      method: 'OPTIONS',
      headers: { Origin: origin, 'Access-Control-Request-Method': 'GET' },
    });
    expect([asked.status, asked.headers.get('x-method')]).toEqual([204, 'OPTIONS']);
    expect(asked.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('streams', () => {
  const InvokeMode = 'RESPONSE_STREAM';

  it('arrive as they are written, with status and headers of their own', async () => {
    await student.make(
      'flows',
      streaming(
        `const out = awslambda.HttpResponseStream.from(stream, { statusCode: 201, headers: { 'content-type': 'text/plain' }, cookies: ['a=1'] });
         out.write('one '); await wait(400); out.end('two');`,
      ),
    );
    const url = await cloud.open('flows', { InvokeMode });
    const answer = await fetch(url);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([201, 'text/plain']);
    expect(answer.headers.getSetCookie()).toEqual(['a=1']);
    const times: number[] = [];
    let text = '';
    for await (const piece of answer.body ?? []) {
      times.push(performance.now());
      text += Buffer.from(piece as Uint8Array).toString();
    }
    expect(text).toBe('one two');
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(300);
  });

  it('are collected in the other mode, and a plain answer is one in this', async () => {
    await student.make(
      'collects',
      streaming(`stream.setContentType('text/plain'); stream.write('a'); stream.end('b');`),
    );
    const collected = await fetch(await cloud.open('collects'));
    expect([collected.headers.get('content-type'), await collected.text()]).toEqual(['text/plain', 'ab']);
    await student.make('plainly', plain(`return { statusCode: 202, body: 'plain' };`));
    const answer = await fetch(await cloud.open('plainly', { InvokeMode }));
    expect([answer.status, await answer.text()]).toEqual([202, 'plain']);
  });

  it('that break are cut, and those that fail before their first byte are 502', async () => {
    await student.make(
      'breaks',
      streaming(`stream.write('some'); await wait(50); throw new Error('in the middle');`),
    );
    const broken = await fetch(await cloud.open('breaks', { InvokeMode }));
    expect(broken.status).toBe(200);
    await expect(broken.text()).rejects.toThrow();
    await student.make('early', streaming(`throw new Error('early');`));
    expect((await fetch(await cloud.open('early', { InvokeMode }))).status).toBe(502);
  });
});
