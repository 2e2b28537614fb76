import { afterAll, describe, expect, it } from 'vitest';
import { openBench } from '../../testing/bench.ts';

const bench = openBench();
afterAll(() => bench.stop());

describe('where a handler is found', () => {
  it.each([
    ['index.mjs', 'index.handler', { 'index.mjs': 'export const handler = async () => import.meta.url;' }],
    [
      'index.js, type module',
      'index.handler',
      { 'index.js': 'export const handler = async () => 1;', 'package.json': '{"type":"module"}' },
    ],
    ['index.js, CommonJS', 'index.handler', { 'index.js': 'exports.handler = async () => __filename;' }],
    ['index.cjs', 'index.handler', { 'index.cjs': 'module.exports = { handler: async () => 1 };' }],
    [
      'a nested path and a nested export',
      'src/app/index.handlers.main',
      { 'src/app/index.js': 'exports.handlers = { main: async () => 1 };' },
    ],
    [
      'a nested path to an ES module',
      'src/app.handlers.main',
      { 'src/app.mjs': 'export const handlers = { main: async () => 1 };' },
    ],
    ['a default export', 'index.handler', { 'index.mjs': 'export default { handler: async () => 1 };' }],
    ['a file without ending', 'index.handler', { index: 'exports.handler = async () => 1;' }],
    [
      'a package of the bundle',
      'pkg.handler',
      { 'node_modules/pkg/index.js': 'exports.handler = async () => 1;' },
    ],
  ])('%s', async (_, handler, files) => {
    for (const runtime of ['nodejs24.x', 'nodejs22.x']) {
      const result = await bench.invoke<unknown>(bench.make(files, { handler, runtime }));
      expect([runtime, result.functionError, result.value !== null]).toEqual([runtime, undefined, true]);
    }
  });

  it('the AWS SDK is there without being in the package, as on Lambda', async () => {
    const files = {
      'index.mjs': `import { STSClient } from '@aws-sdk/client-sts';
export const handler = async () => typeof STSClient;`,
    };
    const result = await bench.invoke(bench.make(files));
    expect(result.value).toBe('function');
  });

  it('modules of a kind that Lambda turns off are refused by every Node.js', async () => {
    const files = {
      'index.js': `const { value } = require('./other.mjs'); exports.handler = async () => value;`,
      'other.mjs': 'export const value = 1;',
    };
    const result = await bench.invoke(bench.make(files));
    expect(result.value.errorMessage).toContain('require() of ES Module /var/task/other.mjs');
  });
});

describe('the event and the context', () => {
  it('carries everything of an invocation', async () => {
    const version = bench.make({
      'index.mjs': `export const handler = async (event, context) => ({
        event, context, remaining: context.getRemainingTimeInMillis(), trace: process.env._X_AMZN_TRACE_ID,
      });`,
    });
    const client = { client: { app_title: '앱' }, custom: { a: 1 } };
    const event = { text: 'ü 한글 \u2028 😀', nested: [1, { a: null }] };
    const { value, requestId, streams } = await bench.invoke<{
      event: unknown;
      context: unknown;
      remaining: number;
      trace: string;
    }>(version, event, {
      clientContext: Buffer.from(JSON.stringify(client)).toString('base64'),
      invokedArn: `${version.arn}:live`,
    });
    expect(value.event).toEqual(event);
    expect(value.context).toEqual({
      awsRequestId: requestId,
      functionName: version.name,
      functionVersion: '$LATEST',
      invokedFunctionArn: `${version.arn}:live`,
      memoryLimitInMB: '256',
      logGroupName: `/aws/lambda/${version.name}`,
      logStreamName: streams[0],
      clientContext: client,
    });
    expect(value.remaining).toBeGreaterThan(5_000);
    expect(value.remaining).toBeLessThanOrEqual(10_000);
    expect(value.trace).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$/);
  });

  it.each([
    ['undefined', null],
    ['null', null],
    ["'text'", 'text'],
    ['[1, 2]', [1, 2]],
    ['() => 1', null],
    ['new Date(0)', '1970-01-01T00:00:00.000Z'],
  ])('a result %s', async (result, value) => {
    const version = bench.make({ 'index.mjs': `export const handler = async () => (${result});` });
    expect((await bench.invoke(version)).value).toEqual(value);
  });

  it('a payload of 6 MB in and out', async () => {
    const version = bench.make({ 'index.mjs': 'export const handler = async (event) => event;' });
    const event = { text: 'é'.repeat(3_000_000) };
    const { value } = await bench.invoke(version, event);
    expect(value).toEqual(event);
  });
});

describe('callbacks', () => {
  const callback = {
    'index.js': `exports.handler = (event, context, callback) => callback(null, 'called');`,
  };

  it('are refused from nodejs24.x on, whatever Node.js runs the function', async () => {
    const { value, log } = await bench.invoke(bench.make(callback));
    expect(value.errorType).toBe('Runtime.CallbackHandlerDeprecated');
    expect(value.errorMessage).toMatch(
      /^ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node\.js 24\./,
    );
    expect(log.at(-1)).toContain('Error Type: Runtime.CallbackHandlerDeprecated');
  });

  it('no callback functions in the context of nodejs24.x, and a plain handler answers at once', async () => {
    const version = bench.make({
      'index.js': `exports.handler = (event, context) => {
        setTimeout(() => {}, 60_000);
        return ['succeed', 'fail', 'done', 'callbackWaitsForEmptyEventLoop'].filter((key) => key in context);
      };`,
    });
    const result = await bench.invoke(version);
    expect(result.value).toEqual([]);
    expect(result.durationMs).toBeLessThan(5_000);
  });

  it('answer on nodejs22.x', async () => {
    expect((await bench.invoke(bench.make(callback, { runtime: 'nodejs22.x' }))).value).toBe('called');
  });

  it.each([
    ['context.succeed(1)', 1],
    ['context.done(null, 2)', 2],
    ['(callback(null, 3), callback(null, 4))', 3],
    ['0', null],
  ])('nodejs22.x: %s', async (body, value) => {
    const version = bench.make(
      { 'index.js': `exports.handler = (event, context, callback) => { ${body}; };` },
      { runtime: 'nodejs22.x' },
    );
    expect((await bench.invoke(version)).value).toBe(value);
  });

  it.each([
    ["callback(new TypeError('bad'))", 'TypeError', 'bad'],
    ["context.fail('bad')", 'string', 'bad'],
    ['context.fail()', 'string', 'handled'],
    ["throw new RangeError('sync')", 'RangeError', 'sync'],
  ])('nodejs22.x fails: %s', async (body, errorType, errorMessage) => {
    const version = bench.make(
      { 'index.js': `exports.handler = (event, context, callback) => { ${body}; };` },
      { runtime: 'nodejs22.x' },
    );
    expect((await bench.invoke(version)).value).toMatchObject({ errorType, errorMessage });
  });

  it('nodejs22.x waits for an empty event loop, unless the context says otherwise', async () => {
    const version = bench.make(
      {
        'index.js': `exports.handler = (event, context, callback) => {
          context.callbackWaitsForEmptyEventLoop = event.waits;
          let ticks = 0;
          const timer = setInterval(() => { if (++ticks === 4) clearInterval(timer); }, 200);
          callback(null, 'now');
        };`,
      },
      { runtime: 'nodejs22.x' },
    );
    const waited = await bench.invoke(version, { waits: true });
    const prompt = await bench.invoke(version, { waits: false });
    expect([waited.value, prompt.value]).toEqual(['now', 'now']);
    expect(waited.durationMs).toBeGreaterThan(790);
    expect(prompt.durationMs).toBeLessThan(790);
  });
});
