import { afterAll, describe, expect, it, vi } from 'vitest';
import { openBench, scope } from '../testing/bench.ts';

const bench = openBench();
afterAll(() => bench.stop());

const counter = {
  'index.mjs': `import { randomUUID } from 'node:crypto';
const boot = randomUUID();
let count = 0;
export const handler = async ({ wait = 0 }) => {
  count += 1;
  if (wait > 0) await new Promise((done) => setTimeout(done, wait));
  return { boot, count };
};`,
};
interface Count {
  readonly boot: string;
  readonly count: number;
}
/** The counter's invocation. */
const count: typeof bench.invoke<Count> = (...given) => bench.invoke<Count>(...given);
const ended = (name: string) =>
  bench.cloud.trail
    .read(scope)
    .filter((entry) => entry.kind === 'lambda.environment')
    .filter(({ facts }) => facts.functionArn.endsWith(`:${name}`) && facts.phase === 'ended')
    .map(({ facts }) => facts.why);

if (process.platform === 'win32') console.log('Windows: freezing is not tested here.');

describe('environments', () => {
  it('are used again: same process, same stream, one cold start', async () => {
    const version = bench.make(counter);
    const [first, second, third] = [await count(version), await count(version), await count(version)];
    expect([first.value.count, second.value.count, third.value.count]).toEqual([1, 2, 3]);
    expect(new Set([first, second, third].map(({ value }) => value.boot)).size).toBe(1);
    expect(new Set([first, second, third].flatMap(({ streams }) => streams)).size).toBe(1);
    expect([first.initMs === undefined, second.initMs, third.initMs]).toEqual([false, undefined, undefined]);
    expect(first.streams[0]).toMatch(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/);
  });

  it('are added for each invocation at once, and the one used last is used first', async () => {
    const version = bench.make(counter, { timeoutSeconds: 30 });
    const busy = Array.from({ length: 10 }, () => count(version, { wait: 1_000 }));
    expect(bench.execution.busy(scope, version.name)).toBe(10);
    const boots = (await Promise.all(busy)).map(({ value }) => value.boot);
    expect(new Set(boots).size).toBe(10);
    expect(bench.execution.busy(scope, version.name)).toBe(0);
    const later = [await count(version), await count(version)];
    expect(boots).toContain(later[0]?.value.boot);
    expect(later[1]?.value).toEqual({ boot: later[0]?.value.boot, count: 3 });
  }, 60_000);

  it('are not shared by functions, versions and accounts', async () => {
    const version = bench.make(counter);
    const others = [
      version,
      bench.make(counter),
      { ...version, version: '1' },
      { ...version, scope: { ...scope, account: '222222222222' } },
      { ...version, scope: { ...scope, region: 'us-east-1' } },
    ];
    const results = await Promise.all(others.map((other) => count(other)));
    expect(new Set(results.map(({ value }) => value.boot)).size).toBe(others.length);
    expect(results[2]?.streams[0]).toContain('/[1]');
  });

  it('end when the function was changed or deleted; a busy one after its invocation', async () => {
    const version = bench.make(counter);
    const first = await count(version);
    const busy = count(version, { wait: 300 });
    bench.execution.recycle(scope, version.name, 'updated');
    const during = await count(version);
    expect((await busy).value).toEqual({ boot: first.value.boot, count: 2 });
    await vi.waitFor(
      () => {
        expect(ended(version.name)).toEqual(['updated']);
      },
      { timeout: 15_000 },
    );
    bench.execution.recycle(scope, version.name, 'deleted');
    await vi.waitFor(
      () => {
        expect(ended(version.name)).toEqual(['updated', 'deleted']);
      },
      { timeout: 15_000 },
    );
    const after = await count(version);
    expect(new Set([first, during, after].map(({ value }) => value.boot)).size).toBe(3);
  });

  it('of an older revision are not used and end', async () => {
    const version = bench.make(counter);
    await count(version);
    expect((await count({ ...version, revision: 'new' })).value.count).toBe(1);
    await vi.waitFor(
      () => {
        expect(ended(version.name)).toEqual(['updated']);
      },
      { timeout: 15_000 },
    );
  });

  it('end after minutes without work, and after two hours in any case', async () => {
    const version = bench.make(counter);
    await count(version);
    await bench.cloud.clock.advance(4 * 60_000);
    expect((await count(version)).value.count).toBe(2);
    await bench.cloud.clock.advance(8 * 60_000);
    await vi.waitFor(
      () => {
        expect(ended(version.name)).toEqual(['idle']);
      },
      { timeout: 15_000 },
    );
    expect((await count(version)).value.count).toBe(1);
    for (let minutes = 0; minutes < 120; minutes += 4) {
      await bench.cloud.clock.advance(4 * 60_000);
      await count(version);
    }
    // The next one takes its place before its end is written down.
    await vi.waitFor(
      () => {
        expect(ended(version.name)).toEqual(['idle', 'lifetime']);
      },
      { timeout: 15_000 },
    );
  });

  it('share a group’s stream names with the function’s name before the bracket', async () => {
    const version = bench.make(counter, { logging: { format: 'Text', group: '/shared/group' } });
    const { streams } = await count(version);
    expect(streams[0]).toMatch(
      new RegExp(`^\\d{4}/\\d\\d/\\d\\d/${version.name}\\[\\$LATEST\\][0-9a-f]{32}$`),
    );
  });
});

describe('freezing', () => {
  it.skipIf(process.platform === 'win32')(
    'nothing runs between invocations, and goes on with the next',
    async () => {
      const version = bench.make({
        'index.mjs': `let ticks = 0;
setInterval(() => { ticks += 1; }, 5);
export const handler = async ({ more = 0 }) => {
  const wanted = ticks + more;
  while (ticks < wanted) await new Promise((done) => setTimeout(done, 1));
  return ticks;
};`,
      });
      const frozen = () =>
        bench.cloud.trail
          .read(scope)
          .filter(
            ({ kind, facts }) =>
              kind === 'lambda.environment' && 'phase' in facts && facts.phase === 'frozen',
          ).length;
      const before = frozen();
      const first = (await bench.invoke<number>(version, { more: 10 })).value;
      await vi.waitFor(
        () => {
          expect(frozen()).toBe(before + 1);
        },
        { timeout: 15_000 },
      );
      // Real time has to pass here: 60 ticks, had they not been stopped.
      await new Promise((resolve) => setTimeout(resolve, 300));
      const second = (await bench.invoke<number>(version)).value;
      const third = (await bench.invoke<number>(version, { more: 10 })).value;
      expect(first).toBeGreaterThanOrEqual(10);
      expect(second - first).toBeLessThan(8);
      expect(third).toBeGreaterThanOrEqual(second + 10);
    },
  );
});

describe('the trail', () => {
  it('tells an invocation, its environment and its lines with their causes', async () => {
    const version = bench.make({ 'index.mjs': `export const handler = async () => console.log('seen');` });
    const cause = bench.cloud.trail.record(scope, 'api.call', {
      service: 'lambda',
      operation: 'Invoke',
      requestId: 'r',
      principal: 'p',
    });
    const { requestId, streams } = await bench.invoke(version, {}, { cause });
    const entries = bench.cloud.trail.read(scope, cause);
    const invocation = entries.find(({ kind }) => kind === 'lambda.invocation');
    expect(invocation).toMatchObject({
      cause,
      facts: { functionArn: version.arn, requestId, cold: true, outcome: 'success' },
    });
    const caused = entries.filter((entry) => entry.cause === invocation?.id);
    expect(
      caused
        .filter(({ kind }) => kind === 'lambda.environment')
        .map(({ facts }) => 'phase' in facts && facts.phase),
    ).toEqual(['init', 'ready']);
    const lines = bench.lines.filter(({ stream }) => stream === streams[0]);
    expect(lines.map((line) => line.cause)).toEqual(Array.from({ length: 5 }, () => invocation?.id));
  });
});
