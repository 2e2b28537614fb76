import { afterAll, describe, expect, it } from 'vitest';
import { openBench } from '../testing/bench.ts';

const bench = openBench();
afterAll(() => bench.stop());

if (process.platform !== 'linux') console.log('Not Linux: memory limits are not tested here.');
if (process.platform === 'win32') console.log('Windows: signals are not tested here.');

describe('timeout', () => {
  it.each([
    ['waiting', 'await new Promise((done) => setTimeout(done, 60_000));'],
    ['in a busy loop', 'for (;;);'],
  ])('%s', async (_, body) => {
    const version = bench.make(
      {
        'index.mjs': `let n = 0; export const handler = async ({ stay }) => { n += 1; console.log('before'); if (stay) { ${body} } return n; };`,
      },
      { timeoutSeconds: 2 },
    );
    await bench.invoke(version);
    const { value, log, requestId, durationMs, billedMs, streams } = await bench.invoke(version, {
      stay: true,
    });
    expect(value).toEqual({
      errorType: 'Sandbox.Timedout',
      errorMessage: `RequestId: ${requestId} Error: Task timed out after 2.00 seconds`,
    });
    expect(log[1]).toContain('before');
    expect(log.at(-1)).toMatch(/\tDuration: 2000\.00 ms\tBilled Duration: 2000 ms\t.*\tStatus: timeout\t\n$/);
    expect([durationMs, billedMs]).toEqual([2000, 2000]);
    // The environment was reset: a new process in the same stream, its start in the function's own time.
    const next = await bench.invoke(version);
    expect([next.value, next.initMs, next.streams]).toEqual([1, undefined, streams]);
    expect(next.durationMs).toBeGreaterThan(20);
    expect(next.log[0]).toMatch(/^INIT_START/);
  });
});

describe('crashes', () => {
  it.each([
    ['process.exit(1)', 'Runtime exited with error: exit status 1'],
    ['process.exit(0)', 'Runtime exited without providing a reason'],
    ['process.exit(200)', 'Runtime exited with error: exit status 200'],
  ])('%s', async (body, told) => {
    const version = bench.make({
      'index.mjs': `export const handler = async () => { console.log('last words'); ${body}; };`,
    });
    const { value, log, requestId } = await bench.invoke(version);
    expect(value).toEqual({
      errorType: 'Runtime.ExitError',
      errorMessage: `RequestId: ${requestId} Error: ${told}`,
    });
    expect(log.slice(2).map((line) => line.replaceAll(requestId, '*').replace(/^.*\t(?=last)/, ''))).toEqual([
      'last words\n',
      `RequestId: * Error: ${told}\nRuntime.ExitError\n`,
      'END RequestId: *\n',
      expect.stringMatching(/\tStatus: error\tError Type: Runtime\.ExitError\t\n$/),
    ]);
  });

  it.skipIf(process.platform === 'win32').each([
    ['SIGKILL', 'killed'],
    ['SIGSEGV', 'segmentation fault'],
  ])('a signal %s', async (signal, told) => {
    const version = bench.make({
      'index.mjs': `export const handler = async () => { process.kill(process.pid, '${signal}'); await new Promise((done) => setTimeout(done, 5_000)); };`,
    });
    const { value } = await bench.invoke(version);
    expect(value.errorMessage).toMatch(new RegExp(`Error: Runtime exited with error: signal: ${told}$`));
  });

  it('during the Init phase', async () => {
    const version = bench.make({ 'index.mjs': 'process.exit(4);' });
    const { value, log, requestId } = await bench.invoke(version);
    expect(value).toEqual({
      errorType: 'Runtime.ExitError',
      errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: exit status 4`,
    });
    expect(log.filter((line) => line.startsWith('INIT_REPORT'))).toEqual([
      expect.stringContaining('Phase: init\tStatus: error\tError Type: Runtime.ExitError'),
      expect.stringContaining('Phase: invoke\tStatus: error\tError Type: Runtime.ExitError'),
    ]);
  });
});

describe('memory', () => {
  it('is measured', async () => {
    const version = bench.make(
      {
        'index.mjs': `let kept; export const handler = async ({ megabytes = 0 }) => { kept = Buffer.alloc(megabytes * 1024 * 1024, 1); return kept.length; };`,
      },
      { memoryMB: 512 },
    );
    const small = await bench.invoke(version);
    const large = await bench.invoke(version, { megabytes: 200 });
    expect(small.maxMemoryMB).toBeGreaterThan(20);
    expect(small.maxMemoryMB).toBeLessThan(120);
    expect(large.maxMemoryMB).toBeGreaterThan(small.maxMemoryMB + 190);
    expect(large.maxMemoryMB).toBeLessThan(small.maxMemoryMB + 260);
  });

  it.skipIf(process.platform !== 'linux').each([
    [
      'buffers',
      'const all = []; for (;;) { all.push(Buffer.alloc(8 * 1024 * 1024, 1)); await new Promise((done) => setImmediate(done)); }',
    ],
    ['one large buffer', 'const one = Buffer.alloc(400 * 1024 * 1024, 1); return one.length;'],
    ['the heap', 'const all = []; for (;;) all.push({ text: new Array(1000).fill(all.length) });'],
    [
      'a child process',
      `const { spawnSync } = await import('node:child_process');
       spawnSync(process.execPath, ['-e', 'const b = Buffer.alloc(400 * 1024 * 1024, 1); setTimeout(() => {}, 20_000)']);`,
    ],
  ])('is limited: %s', async (_, body) => {
    const version = bench.make(
      { 'index.mjs': `export const handler = async () => { ${body} };` },
      { memoryMB: 128, timeoutSeconds: 25 },
    );
    const { value, log, requestId, maxMemoryMB } = await bench.invoke(version);
    expect(value).toEqual({
      errorType: 'Runtime.OutOfMemory',
      errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: signal: killed`,
    });
    expect(maxMemoryMB).toBe(128);
    expect(log.at(-1)).toMatch(
      /\tMax Memory Used: 128 MB\t.*\tStatus: error\tError Type: Runtime\.OutOfMemory\t\n$/,
    );
  });
});

describe('the Init phase', () => {
  it('is tried again with the invocation after 10 seconds, in the function’s own time', async () => {
    const slow = (ms: number) => ({
      'index.mjs': `import { existsSync, writeFileSync } from 'node:fs';
if (!existsSync('/tmp/tried')) { writeFileSync('/tmp/tried', ''); await new Promise((done) => setTimeout(done, 60_000)); }
await new Promise((done) => setTimeout(done, ${ms}));
export const handler = async () => 'ready';`,
    });
    const [good, bad] = await Promise.all([
      bench.invoke(bench.make(slow(300), { timeoutSeconds: 20 })),
      bench.invoke(bench.make(slow(30_000), { timeoutSeconds: 2 })),
    ]);
    expect([good.value, good.initMs]).toEqual(['ready', undefined]);
    expect(good.durationMs).toBeGreaterThan(300);
    expect(good.log[1]).toBe('INIT_REPORT Init Duration: 10000.00 ms\tPhase: init\tStatus: timeout\n');
    expect(bad.value.errorMessage).toBe(
      `RequestId: ${bad.requestId} Error: Task timed out after 2.00 seconds`,
    );
    expect(bad.log[2]).toBe('INIT_REPORT Init Duration: 2000.00 ms\tPhase: invoke\tStatus: timeout\n');
    expect(bad.log.at(-1)).toMatch(
      /\tDuration: 2000\.00 ms\tBilled Duration: 2000 ms\t.*\tStatus: timeout\t\n$/,
    );
  }, 40_000);
});

describe('the response', () => {
  it('may not be larger than 6 MB, and the environment stays', async () => {
    const version = bench.make({
      'index.mjs': `let n = 0; export const handler = async ({ size }) => { n += 1; return size > 0 ? 'x'.repeat(size - 2) : n; };`,
    });
    const exact = await bench.invoke(version, { size: 6_291_556 });
    expect(exact.payload.length).toBe(6_291_556);
    const over = await bench.invoke(version, { size: 6_291_557 });
    expect(Buffer.from(over.payload).toString()).toBe(
      '{"errorMessage":"Response payload size exceeded maximum allowed payload size (6291556 bytes).","errorType":"Function.ResponseSizeTooLarge"}',
    );
    expect((await bench.invoke(version, { size: 0 })).value).toBe(3);
  });
});
