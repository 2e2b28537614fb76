import { afterAll, describe, expect, it } from 'vitest';
import type { LoggingSettings } from '../../execution.ts';
import { findNode } from '../../runtimes.ts';
import { openBench } from '../../testing/bench.ts';

const bench = openBench();
afterAll(() => bench.stop());

const json = (
  applicationLevel: Extract<LoggingSettings, { format: 'JSON' }>['applicationLevel'] = 'INFO',
  systemLevel: Extract<LoggingSettings, { format: 'JSON' }>['systemLevel'] = 'INFO',
): LoggingSettings => ({ format: 'JSON', group: '/aws/lambda/json', applicationLevel, systemLevel });

const handler = (body: string) => ({ 'index.mjs': `export const handler = async (event) => { ${body} };` });
const parsed = (line: string): Record<string, unknown> => JSON.parse(line) as Record<string, unknown>;

if (process.platform === 'win32') console.log('Windows: what a shell prints is not tested here.');

describe('text logs', () => {
  it('an invocation from INIT_START to REPORT, cold and warm', async () => {
    const version = bench.make(handler(`console.log('order', 42, { a: [1] }); return 1;`));
    const cold = await bench.invoke(version);
    const warm = await bench.invoke(version);
    const id = cold.requestId;
    expect(cold.log[0]).toMatch(
      /^INIT_START Runtime Version: nodejs:24\.v48\tRuntime Version ARN: arn:aws:lambda:ap-northeast-2::runtime:[0-9a-f]{64}(\tNode\.js: v[\d.]+ \(host\))?\n$/,
    );
    const node = await findNode('nodejs24.x', bench.cloud.settings.runtimes);
    expect(cold.log[0]?.includes('(host)')).toBe(!node.matches);
    expect(cold.log[1]).toBe(`START RequestId: ${id} Version: $LATEST\n`);
    expect(cold.log[2]).toMatch(
      new RegExp(`^\\d{4}-\\d\\d-\\d\\dT[\\d:.]{12}Z\t${id}\tINFO\torder 42 \\{ a: \\[ 1 \\] \\}\n$`),
    );
    expect(cold.log[3]).toBe(`END RequestId: ${id}\n`);
    expect(cold.log[4]).toMatch(
      new RegExp(
        `^REPORT RequestId: ${id}\tDuration: \\d+\\.\\d\\d ms\tBilled Duration: \\d+ ms\tMemory Size: 256 MB\tMax Memory Used: \\d+ MB\tInit Duration: \\d+\\.\\d\\d ms\t\n$`,
      ),
    );
    expect(cold.log).toHaveLength(5);
    expect(warm.log.map((line) => line.split(' ')[0])).toEqual([
      'START',
      expect.any(String),
      'END',
      'REPORT',
    ]);
    expect(warm.log[3]).toMatch(/\tMax Memory Used: \d+ MB\t\n$/);
    expect(cold.billedMs).toBe(Math.ceil(cold.durationMs + (cold.initMs ?? Number.NaN)));
    expect([warm.billedMs, warm.initMs]).toEqual([Math.ceil(warm.durationMs), undefined]);
    expect(cold.tail).toBe(cold.log.slice(1).join(''));
  });

  it('levels, and messages of many lines as one event', async () => {
    const version = bench.make(
      handler(
        `for (const level of ['trace', 'debug', 'info', 'log', 'warn', 'error', 'fatal']) console[level](level + '\\nnext');`,
      ),
    );
    const { log } = await bench.invoke(version);
    expect(log.slice(2, -2).map((line) => line.split('\t').slice(2).join('|'))).toEqual([
      'TRACE|trace\nnext\n',
      'DEBUG|debug\nnext\n',
      'INFO|info\nnext\n',
      'INFO|log\nnext\n',
      'WARN|warn\nnext\n',
      'ERROR|error\nnext\n',
      'FATAL|fatal\nnext\n',
    ]);
  });

  it('what is written to the streams is one event a line, in its place among the messages', async () => {
    const version = bench.make(
      handler(`console.log('a'); process.stdout.write('b\\nc'); process.stdout.write('d\\n'); console.log('e');
        console.table([{ x: 1 }]); process.stderr.write('f');`),
    );
    const { log } = await bench.invoke(version);
    const lines = log.slice(2, -2).map((line) => line.split('\t').at(-1));
    expect(lines.slice(0, 4)).toEqual(['a\n', 'b\n', 'cd\n', 'e\n']);
    expect(lines[4]).toContain('│ (index) │ x │\n');
    expect(lines[5]).toBe('f');
    expect(lines).toHaveLength(6);
  });

  it.skipIf(process.platform === 'win32')(
    'what the system’s descriptors and child processes print is in before END',
    async () => {
      const version = bench.make({
        'index.mjs': `import { writeSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
export const handler = async () => {
  writeSync(1, 'direct\\n');
  execFileSync('sh', ['-c', 'i=0; while [ $i -lt 2000 ]; do echo line $i; i=$((i+1)); done'], { stdio: 'inherit' });
};`,
      });
      for (let round = 0; round < 5; round += 1) {
        const { log } = await bench.invoke(version);
        const printed = log.filter((line) => line === 'direct\n' || line.startsWith('line '));
        expect([printed[0], printed.length, printed.at(-1)]).toEqual(['direct\n', 2001, 'line 1999\n']);
        expect(log.at(-2)).toMatch(/^END /);
      }
    },
  );

  it('the first lines of an environment have no request', async () => {
    const files = { 'index.mjs': `console.log('loading'); export const handler = async () => 1;` };
    const now = await bench.invoke(bench.make(files));
    const before = await bench.invoke(bench.make(files, { runtime: 'nodejs22.x' }));
    expect(now.log[1]).toMatch(/Z\t-\tINFO\tloading\n$/);
    expect(before.log[1]).toMatch(/Z\tundefined\tINFO\tloading\n$/);
  });
});

describe('JSON logs', () => {
  it('platform events and messages that keep their type', async () => {
    const version = bench.make(
      handler(
        `console.log({ a: [1], b: null }); console.warn('text', 1, { c: 2 }); console.error('failed', new TypeError('bad')); console.log(7);`,
      ),
      { logging: json() },
    );
    const { log, requestId } = await bench.invoke(version);
    const events = log.map(parsed);
    expect(events.map((event) => event['type'] ?? event['level'])).toEqual([
      'platform.initStart',
      'platform.start',
      'INFO',
      'WARN',
      'ERROR',
      'INFO',
      'platform.report',
    ]);
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]{12}Z$/) as unknown;
    expect(events[1]).toEqual({ time, type: 'platform.start', record: { requestId, version: '$LATEST' } });
    expect(events[2]).toEqual({ timestamp: time, level: 'INFO', requestId, message: { a: [1], b: null } });
    expect(events[3]).toEqual({ timestamp: time, level: 'WARN', requestId, message: 'text 1 { c: 2 }' });
    expect(events[4]).toMatchObject({ errorType: 'TypeError', errorMessage: 'bad' });
    expect((events[4]?.['stackTrace'] as string[]).slice(0, 2)).toEqual([
      'TypeError: bad',
      expect.stringContaining('file:///var/task/index.mjs:1') as unknown,
    ]);
    expect(events[5]?.['message']).toBe(7);
    expect(events[6]).toEqual({
      time,
      type: 'platform.report',
      record: {
        requestId,
        metrics: {
          durationMs: expect.any(Number) as unknown,
          billedDurationMs: expect.any(Number) as unknown,
          memorySizeMB: 256,
          maxMemoryUsedMB: expect.any(Number) as unknown,
          initDurationMs: expect.any(Number) as unknown,
        },
        status: 'success',
      },
    });
  });

  it('the application level filters messages and printed lines', async () => {
    const version = bench.make(
      handler(`console.debug('no'); console.info('no'); console.log('no'); console.warn('yes'); console.error('yes');
        process.stdout.write('no\\n'); process.stdout.write('{"level":"ERROR","message":"yes"}\\n{"level":"debug","message":"no"}\\n');`),
      { logging: json('WARN') },
    );
    const { log } = await bench.invoke(version);
    const messages = log.map(parsed).filter((event) => 'level' in event);
    expect(messages.map((event) => event['message'])).toEqual(['yes', 'yes', 'yes']);
  });

  it('the system level: DEBUG tells more, WARN tells failures only', async () => {
    const body = handler(`if (event.exit) process.exit(3);`);
    const debug = await bench.invoke(bench.make(body, { logging: json('INFO', 'DEBUG') }));
    expect(debug.log.map((line) => parsed(line)['type'])).toEqual([
      'platform.initStart',
      'platform.initReport',
      'platform.start',
      'platform.runtimeDone',
      'platform.report',
    ]);
    const quiet = bench.make(body, { logging: json('INFO', 'WARN') });
    expect((await bench.invoke(quiet)).log).toEqual([]);
    const failed = (await bench.invoke(quiet, { exit: true })).log.map(parsed);
    expect(failed.map((event) => event['type'])).toEqual(['platform.runtimeDone', 'platform.report']);
    expect(failed[1]?.['record']).toMatchObject({ status: 'error', errorType: 'Runtime.ExitError' });
  });

  it('a thrown error is one message with its own members', async () => {
    const version = bench.make(handler(`throw Object.assign(new RangeError('far'), { code: 'E1' });`), {
      logging: json(),
    });
    const { log } = await bench.invoke(version);
    const error = log.map(parsed).find((event) => event['level'] === 'ERROR');
    expect(error?.['message']).toMatchObject({ errorType: 'RangeError', errorMessage: 'far', code: 'E1' });
  });
});

describe('output of any kind', () => {
  it('is bounded: one event holds 1 MB, and 100 MB pass', async () => {
    const version = bench.make(
      handler(`console.log('x'.repeat(3_000_000));
        process.stdout.write('y'.repeat(3_000_000) + '\\nz\\n');
        const line = 'l'.repeat(99_990);
        for (let i = 0; i < event.lines; i += 1) console.log(line);`),
      { timeoutSeconds: 60 },
    );
    const before = process.memoryUsage().rss;
    const { log, functionError } = await bench.invoke(version, { lines: 1_000 });
    expect(functionError).toBeUndefined();
    const longest = 1024 * 1024 - 26;
    expect(log.slice(2, 5).map((line) => Buffer.byteLength(line))).toEqual([longest, longest, 2]);
    expect(log).toHaveLength(1_000 + 7);
    bench.lines.length = 0;
    // What the bench kept of it is 100 MB; the rest is what passing it on took.
    expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1024 * 1024);
  });

  it('lone surrogates, NUL, control characters, patched built-ins and a broken channel', async () => {
    const version = bench.make({
      'index.mjs': `import { writeSync } from 'node:fs';
export const handler = async (event) => {
  console.log('lone \\ud800 nul \\0 bell \\x07');
  if (event.patch) {
    Object.prototype.polluted = 1;
    Array.prototype.push = () => { throw new Error('patched'); };
    JSON.parse = JSON.stringify = () => 'patched';
    console.log('still here');
  }
  if (event.garbage) writeSync(3, 'this is no frame');
  return 'ok \\ud800';
};`,
    });
    const plain = await bench.invoke(version);
    expect(plain.log[2]?.split('\t')[3]).toBe('lone \ufffd nul \0 bell \x07\n');
    expect(plain.value).toBe('ok \ud800');
    const patched = await bench.invoke(version, { patch: true });
    expect(patched.log.some((line) => line.endsWith('still here\n'))).toBe(true);
    expect(patched.log.at(-1)).toMatch(/^REPORT /);
    const other = bench.make({ 'index.mjs': 'export const handler = async () => 1;' });
    expect((await bench.invoke(other)).value).toBe(1);
    const garbage = await bench.invoke({ ...version, revision: 'fresh' }, { garbage: true });
    expect(garbage.value).toBe('ok \ud800');
    expect(garbage.log.at(-1)).toMatch(/^REPORT /);
  });
});

describe('permission to write', () => {
  it('a role without it writes nothing; one that gains it writes from the next invocation on', async () => {
    const version = bench.make(handler(`console.log('hidden');`));
    bench.allowed = (action) => action !== 'logs:PutLogEvents';
    const silent = await bench.invoke(version);
    const asked: (string | undefined)[] = [];
    bench.allowed = (action, resource) => {
      asked.push(`${action} ${resource}`);
      return true;
    };
    const loud = await bench.invoke(version);
    bench.allowed = undefined;
    expect(silent.log).toEqual([]);
    expect(silent.tail).toContain('hidden');
    expect(loud.log.map((line) => line.split(' ')[0])).toEqual([
      'START',
      expect.any(String),
      'END',
      'REPORT',
    ]);
    expect(asked).toEqual(
      ['logs:CreateLogStream', 'logs:PutLogEvents'].map(
        (action) =>
          `${action} arn:aws:logs:ap-northeast-2:111111111111:log-group:/aws/lambda/${version.name}:log-stream:${loud.streams[0]}`,
      ),
    );
  });
});
