import { afterAll, describe, expect, it } from 'vitest';
import { openBench } from '../testing/bench.ts';

const bench = openBench();
afterAll(() => bench.stop());
const settings = { runtime: 'provided.al2023', handler: 'any' } as const;

/* The Runtime API as a program of another language uses it: Node's own HTTP client stands in for curl. */
const runtime = (body: string) => ({
  bootstrap: `#!/usr/bin/env node
const http = require('node:http');
const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
const ask = (method, path, body, headers = {}) => new Promise((resolve, reject) => {
  const request = http.request({ host, port, method, path: '/2018-06-01/runtime/' + path, headers }, (response) => {
    let text = '';
    response.setEncoding('utf8').on('data', (data) => (text += data)).on('end', () => resolve({ status: response.statusCode, headers: response.headers, text }));
  });
  request.on('error', reject);
  request.end(body);
});
(async () => { for (;;) { const event = await ask('GET', 'invocation/next'); const id = event.headers['lambda-runtime-aws-request-id']; ${body} } })();
`,
});

describe.skipIf(process.platform === 'win32')('custom runtimes', () => {
  it('speak the Runtime API themselves', async () => {
    const version = bench.make(
      runtime(`console.log('event ' + event.text);
        const wrong = await ask('POST', 'invocation/other/response', '{}');
        await ask('POST', 'invocation/' + id + '/response', JSON.stringify({ headers: event.headers, wrong, env: process.env.AWS_EXECUTION_ENV ?? null }));`),
      { ...settings, environment: { PATH: process.env['PATH'] ?? '' } },
    );
    const { value, log, requestId } = await bench.invoke<{
      headers: Record<string, string>;
      wrong: unknown;
      env: unknown;
    }>(version, { a: 1 });
    expect(value.headers).toMatchObject({
      'lambda-runtime-aws-request-id': requestId,
      'lambda-runtime-invoked-function-arn': version.arn,
    });
    expect(Number(value.headers['lambda-runtime-deadline-ms'])).toBeGreaterThan(Date.now());
    expect(value.wrong).toMatchObject({
      status: 400,
      text: '{"errorMessage":"Invalid request ID","errorType":"InvalidRequestID"}\n',
    });
    expect(value.env).toBeNull();
    expect(log.slice(2)).toEqual([
      'event {"a":1}\n',
      `END RequestId: ${requestId}\n`,
      expect.stringMatching(/^REPORT .*\tMax Memory Used: [1-9]\d* MB\t/),
    ]);
    expect((await bench.invoke(version, {})).initMs).toBeUndefined();
  });

  it('report errors of their own', async () => {
    const version = bench.make(
      runtime(
        `await ask('POST', 'invocation/' + id + '/error', JSON.stringify({ errorType: 'Mine', errorMessage: 'no' }));`,
      ),
      { ...settings, environment: { PATH: process.env['PATH'] ?? '' } },
    );
    expect(await bench.invoke(version)).toMatchObject({
      errorType: 'Mine',
      value: { errorType: 'Mine', errorMessage: 'no' },
    });
  });

  it.each([
    ['none', {}, "Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]"],
    ['not executable', { bootstrap: 'echo' }, 'fork/exec /var/task/bootstrap: permission denied'],
    [
      'no program',
      { bootstrap: '#!/no/such/shell\n' },
      "Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]",
    ],
  ])('a bootstrap that is %s', async (_, files: Record<string, string>, told) => {
    const { value, requestId } = await bench.invoke(bench.make({ 'readme.txt': '', ...files }, settings));
    expect(value).toEqual({
      errorType: 'Runtime.InvalidEntrypoint',
      errorMessage: `RequestId: ${requestId} Error: ${told}`,
    });
  });
});

if (process.platform === 'win32') console.log('Windows: custom runtimes are not tested here.');

describe('runtimes that this machine cannot run', () => {
  it.each(['java21', 'ruby3.4', 'dotnet8'])('%s', async (name) => {
    const version = bench.make({ a: '' }, { runtime: name });
    await expect(bench.invoke(version)).rejects.toMatchObject({
      code: 'InvalidRuntimeException',
      message: expect.stringContaining(`not of ${name}.`) as unknown,
    });
    expect(bench.execution.busy(version.scope, version.name)).toBe(0);
  });
});
