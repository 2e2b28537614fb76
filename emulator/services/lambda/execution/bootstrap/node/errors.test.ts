import { afterAll, describe, expect, it } from 'vitest';
import { openBench } from '../../testing/bench.ts';

const bench = openBench();
afterAll(() => bench.stop());

/** What a handler that fails is answered with. */
const failing = async (files: Record<string, string>, settings: Parameters<typeof bench.make>[1] = {}) => {
  const result = await bench.invoke(bench.make(files, settings));
  expect(result.functionError).toBe('Unhandled');
  return result;
};

describe('errors before the first invocation', () => {
  it('a module that is not there', async () => {
    const { value, log } = await failing({ 'other.mjs': '' });
    expect(value).toEqual({
      errorType: 'Runtime.ImportModuleError',
      errorMessage: "Error: Cannot find module 'index'\nRequire stack:\n- /var/runtime/index.mjs",
      trace: expect.arrayContaining([
        "Runtime.ImportModuleError: Error: Cannot find module 'index'",
      ]) as unknown,
    });
    expect(log[1]).toMatch(/^\S+Z\t-\tERROR\tInit Error \t\{"errorType":"Runtime\.ImportModuleError"/);
    expect(log.at(-1)).toMatch(/\tStatus: error\tError Type: Runtime\.ImportModuleError\t\n$/);
  });

  it('a package that a CommonJS module requires is not there', async () => {
    const { value } = await failing({ 'index.js': `require('left-out'); exports.handler = async () => 1;` });
    expect(value.errorType).toBe('Runtime.ImportModuleError');
    expect(value.errorMessage).toBe(
      "Error: Cannot find module 'left-out'\nRequire stack:\n- /var/task/index.js",
    );
  });

  it('a package that an ES module imports is not there, also where Coldstart itself has it', async () => {
    const { value } = await failing({
      'index.mjs': `import 'esbuild'; export const handler = async () => 1;`,
    });
    expect(value.errorType).toBe('Error');
    expect(value.errorMessage).toBe("Cannot find package 'esbuild' imported from /var/task/index.mjs");
  });

  it('a TypeScript file is no handler', async () => {
    const { errorType } = await failing({ 'index.ts': `export const handler = async () => 1;` });
    expect(errorType).toBe('Runtime.ImportModuleError');
  });

  it('a syntax error, with file and line', async () => {
    const { value } = await failing({ 'index.js': 'exports.handler = async () => {\n  return 1 +;\n};' });
    expect(value.errorType).toBe('Runtime.UserCodeSyntaxError');
    expect(value.errorMessage).toBe("SyntaxError: Unexpected token ';'");
    expect(value.trace.slice(0, 2)).toEqual(['/var/task/index.js:2', '  return 1 +;']);
  });

  it.each([
    ['nodejs24.x', 'module.exports = {}', 'index.handler is undefined or not exported'],
    ['nodejs22.x', 'module.exports = {}', 'index.handler is undefined or not exported'],
    ['nodejs24.x', 'exports.handler = 7', 'index.handler is not a function'],
  ])('no handler (%s): %s', async (runtime, code, message) => {
    const { value } = await failing({ 'index.js': code }, { runtime });
    expect([value.errorType, value.errorMessage]).toEqual(['Runtime.HandlerNotFound', message]);
  });

  it.each([
    ['index', 'Bad handler'],
    [
      'a/../index.handler',
      "'a/../index.handler' is not a valid handler name. Use absolute paths when specifying root directories in handler names.",
    ],
  ])('a handler name that is none: %s', async (handler, message) => {
    const { value } = await failing({ 'index.js': '' }, { handler });
    expect([value.errorType, value.errorMessage]).toEqual(['Runtime.MalformedHandlerName', message]);
  });

  it('CommonJS in an ES module', async () => {
    const { value } = await failing({ 'index.mjs': 'exports.handler = async () => 1;' });
    expect([value.errorType, value.errorMessage]).toEqual([
      'ReferenceError',
      'exports is not defined in ES module scope',
    ]);
  });

  it('a streaming handler of an unknown kind', async () => {
    const { value } = await failing({
      'index.mjs': `export const handler = async () => 1;
        handler[Symbol.for('aws.lambda.runtime.handler.streaming')] = 'request';`,
    });
    expect([value.errorType, value.errorMessage]).toEqual([
      'Runtime.MalformedStreamingHandler',
      'Only response streaming is supported.',
    ]);
  });

  it('an error thrown by the module, reported twice: in the Init phase and with the invocation', async () => {
    const { value, log, requestId, initMs } = await failing({
      'index.mjs': `console.log('loading'); throw new RangeError('no start');`,
    });
    expect([value.errorType, value.errorMessage]).toEqual(['RangeError', 'no start']);
    expect(value.trace.slice(0, 2)).toEqual([
      'RangeError: no start',
      '    at file:///var/task/index.mjs:1:31',
    ]);
    expect(initMs).toBeUndefined();
    expect(log.map((line) => line.replace(/^\S+Z\t-\t/, '').split(/[\t:]/)[0])).toEqual([
      'INIT_START Runtime Version',
      'INFO',
      'ERROR',
      'INIT_REPORT Init Duration',
      'INFO',
      'ERROR',
      'INIT_REPORT Init Duration',
      'START RequestId',
      'END RequestId',
      'REPORT RequestId',
    ]);
    expect(log[3]).toMatch(
      /^INIT_REPORT Init Duration: \d+\.\d\d ms\tPhase: init\tStatus: error\tError Type: RangeError\n$/,
    );
    expect(log[6]).toContain('\tPhase: invoke\tStatus: error');
    expect(log[7]).toBe(`START RequestId: ${requestId} Version: $LATEST\n`);
  });

  it('an import that never ends', async () => {
    const { value } = await failing({
      'index.mjs': 'await new Promise(() => {}); export const handler = 1;',
    });
    expect(value.errorType).toBe('Runtime.ExitError');
    expect(value.errorMessage).toMatch(
      /^RequestId: \S{36} Error: Runtime exited with error: exit status 13$/,
    );
  });
});

describe('errors of an invocation', () => {
  it('a thrown error: type, message and trace, and the environment stays', async () => {
    const version = bench.make({
      'index.mjs': `let n = 0;
class OrderError extends Error { name = 'OrderError'; code = 'E_ORDER'; }
export const handler = async ({ fail }) => {
  n += 1;
  if (fail) throw new OrderError('no such order');
  return n;
};`,
    });
    const { value, log, errorType } = await bench.invoke(version, { fail: true });
    expect(errorType).toBe('OrderError');
    expect(Object.keys(value)).toEqual(['errorType', 'errorMessage', 'trace']);
    expect([value.errorType, value.errorMessage, value.trace[1]]).toEqual([
      'OrderError',
      'no such order',
      '    at handler (file:///var/task/index.mjs:5:19)',
    ]);
    expect(log.find((line) => line.includes('Invoke Error'))).toMatch(
      /\tERROR\tInvoke Error \t\{"errorType":"OrderError","errorMessage":"no such order","code":"E_ORDER".*"stack":\["OrderError: no such order"/,
    );
    expect(log.at(-1)).not.toContain('Status:');
    expect((await bench.invoke(version, {})).value).toBe(2);
  });

  it.each([
    ["'text'", 'string', 'text'],
    ['42', 'number', '42'],
    ['null', 'object', 'null'],
    ['undefined', 'undefined', 'undefined'],
    ['{ statusCode: 400 }', 'object', '[object Object]'],
  ])('thrown %s is told as %s', async (thrown, errorType, errorMessage) => {
    const { value } = await failing({
      'index.mjs': `export const handler = async () => { throw ${thrown}; };`,
    });
    expect(value).toEqual({ errorType, errorMessage, trace: [] });
  });

  it('an error that cannot be read', async () => {
    const { value } = await failing({
      'index.mjs': `export const handler = async () => {
        const error = new Error('x');
        Object.defineProperty(error, 'message', { get() { throw new Error('no'); } });
        throw error;
      };`,
    });
    expect(value.errorType).toBe('handled');
  });

  it.each(['nodejs24.x', 'nodejs22.x'])('a rejection that nobody handles (%s)', async (runtime) => {
    const version = bench.make(
      {
        'index.mjs': `let n = 0;
export const handler = async ({ wait }) => {
  n += 1;
  if (wait) { Promise.reject(new Error('HelloError')); await new Promise((done) => setTimeout(done, 5_000)); }
  return n;
};`,
      },
      { runtime },
    );
    await bench.invoke(version, {});
    const { value, log } = await bench.invoke(version, { wait: true });
    expect([value.errorType, value.errorMessage]).toEqual([
      'Runtime.UnhandledPromiseRejection',
      'Error: HelloError',
    ]);
    expect(value.trace[0]).toBe('Runtime.UnhandledPromiseRejection: Error: HelloError');
    expect(log.some((line) => /\tERROR\tUnhandled Promise Rejection \t\{/.test(line))).toBe(true);
    expect(log.at(-1)).toContain('\tStatus: error\tError Type: Runtime.UnhandledPromiseRejection\t');
    // The process ended: the next invocation finds a new one.
    expect((await bench.invoke(version, {})).value).toBe(1);
  });

  it('a rejection just before the result: an error on nodejs24.x, a result before', async () => {
    const files = {
      'index.mjs': `export const handler = async () => { (async () => { throw new Error('x'); })(); return 'ok'; };`,
    };
    const now = await bench.invoke(bench.make(files));
    const before = await bench.invoke(bench.make(files, { runtime: 'nodejs22.x' }));
    expect([now.errorType, before.value]).toEqual(['Runtime.UnhandledPromiseRejection', 'ok']);
  });

  it('an exception outside of the handler', async () => {
    const { value } = await failing({
      'index.mjs': `export const handler = () => new Promise(() => {
        setTimeout(() => { throw new TypeError('late'); }, 5);
      });`,
    });
    expect([value.errorType, value.errorMessage]).toEqual(['TypeError', 'late']);
  });

  it.each([
    ['nodejs24.x', 'async () => new Promise(() => {})'],
    ['nodejs24.x', '() => new Promise(() => {})'],
    ['nodejs22.x', 'async () => new Promise(() => {})'],
  ])('a promise that never settles (%s): %s', async (runtime, handler) => {
    const { value } = await failing({ 'index.mjs': `export const handler = ${handler};` }, { runtime });
    expect(value.errorType).toBe('Runtime.NodeJsExit');
    expect(value.errorMessage).toMatch(
      /^The Lambda runtime client detected an unexpected Node\.js exit code\./,
    );
  });

  it('a result that is no JSON', async () => {
    const cyclic = `const a = {}; a.a = a; return a;`;
    const files = { 'index.mjs': `export const handler = async () => { ${cyclic} };` };
    expect((await failing(files)).value).toMatchObject({
      errorType: 'Runtime.JSONStringifyError',
      errorMessage: 'Unable to stringify response body',
    });
    expect((await failing(files, { runtime: 'nodejs22.x' })).errorType).toBe('Error');
  });
});
