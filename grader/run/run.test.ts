import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { grade, hints, type GradeEvent, type GradeRequest } from '../grade.ts';
import type { Capability } from '../api.ts';
import { GraderProblem } from '../problem.ts';
import { exitStatus, totalsOf, type CheckResult } from '../result/result.ts';
import { fakeLab, type FakeContext } from '../testing/fake-lab.ts';
import { fakeTarget } from '../testing/fake-target.ts';
import type { Target } from '../targets/target.ts';
import { engineText } from '../text.ts';
import { loadExpect } from './expectation.ts';
import { runChecks } from './run.ts';
import type { Run } from './tools.ts';

let submission: string;
beforeAll(() => {
  submission = mkdtempSync(join(tmpdir(), 'coldstart-run-'));
  writeFileSync(join(submission, 'greet.ts'), 'export const greet = (name: string) => `Hello, ${name}!`;\n');
});
afterAll(() => {
  rmSync(submission, { recursive: true, force: true });
});

type Bodies = Parameters<typeof fakeLab>;
const gradeFake = (bodies: Bodies, over: Partial<GradeRequest> = {}, target: Target = fakeTarget()) =>
  grade({ lab: fakeLab(...bodies), submission, target, language: 'en', seed: 1, ...over });
const statuses = (checks: readonly CheckResult[]) => checks.map(({ id, status }) => `${id} ${status}`);
const only = <S extends CheckResult['status']>(checks: readonly CheckResult[], status: S) => {
  const found = checks.filter(
    (check): check is Extract<CheckResult, { status: S }> => check.status === status,
  );
  expect(found).toHaveLength(1);
  const [one] = found;
  if (one === undefined) throw new Error(`none ${status}`);
  return one;
};
const failing = (context: FakeContext) =>
  Promise.resolve().then(() => context.fail({ why: 'Seen: nothing.', next: 'Do it.' }));

describe('statuses', () => {
  it('tells a finding from a fault', async () => {
    const { checks, totals } = await gradeFake([
      { id: 'good' },
      { id: 'wrong', run: failing },
      { id: 'broken', run: () => Promise.reject(new TypeError('x is undefined')) },
      {
        id: 'broken-at-once',
        run: () => {
          throw new Error('thrown, not rejected');
        },
      },
      { id: 'odd', run: () => Promise.reject('a text') }, // eslint-disable-line @typescript-eslint/prefer-promise-reject-errors
    ]);
    expect(statuses(checks)).toEqual([
      'good passed',
      'wrong failed',
      'broken error',
      'broken-at-once error',
      'odd error',
    ]);
    expect(checks[2]).toMatchObject({
      why: 'The grader could not finish this check: TypeError: x is undefined',
    });
    expect(totals).toMatchObject({ possible: 50, points: 10, undecided: 30 });
    expect(exitStatus({ totals })).toBe(2);
  });

  it('keeps notes with failures and with passes', async () => {
    const note = { label: 'log line', value: 'seen' };
    const { checks } = await gradeFake([
      {
        id: 'good',
        run: (context) => {
          context.note(note);
          return Promise.resolve();
        },
      },
      {
        id: 'wrong',
        run: (context) => {
          context.note(note);
          return failing(context);
        },
      },
    ]);
    expect(only(checks, 'passed').evidence).toEqual([note]);
    expect(only(checks, 'failed').evidence).toEqual([note]);
  });

  it('shows a value whole, and says so where nobody could hold it', async () => {
    const long = 'x'.repeat(99_000);
    const { checks } = await gradeFake([
      {
        id: 'wrong',
        run: (context) =>
          Promise.resolve(
            context.fail({ why: 'W.', actual: long, expected: 'y'.repeat(150_000), next: 'N.' }),
          ),
      },
    ]);
    const { actual, expected } = only(checks, 'failed');
    expect(actual).toBe(long);
    expect(expected).toMatch(/^y{100000}\n… and 50000 more characters$/);
  });

  it('names a server that does not answer as such', async () => {
    const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    const { checks } = await gradeFake([
      { id: 'call', run: () => Promise.reject(new Error('all failed', { cause: refused })) },
    ]);
    expect(only(checks, 'error').why).toBe('The target did not answer: ECONNREFUSED');
  });

  it('shows no path of this machine in a fault', async () => {
    const { checks } = await gradeFake([{ id: 'broken', run: () => Promise.reject(new Error('no')) }]);
    const { evidence } = only(checks, 'error');
    expect(evidence[0]?.value).toMatch(/^grader\/run\/run\.test\.ts:\d+:\d+$/);
  });
});

describe('needs', () => {
  it('skips what rests on a failure and names where the chain began', async () => {
    const { checks, totals } = await gradeFake([
      { id: 'last', needs: ['middle'] },
      { id: 'middle', needs: ['fine', 'first'] },
      { id: 'fine' },
      { id: 'first', run: failing },
    ]);
    expect(statuses(checks)).toEqual(['last skipped', 'middle skipped', 'fine passed', 'first failed']);
    expect(checks[0]).toMatchObject({ cause: { id: 'first', title: 'Check first', status: 'failed' } });
    expect(totals.undecided).toBe(0);
    expect(exitStatus({ totals })).toBe(1);
  });

  it('takes no points for what an error kept from running', async () => {
    const { checks, totals } = await gradeFake([
      { id: 'broken', run: () => Promise.reject(new Error('no')) },
      { id: 'after', needs: ['broken'] },
    ]);
    expect(statuses(checks)).toEqual(['broken error', 'after skipped']);
    expect(totals).toMatchObject({ undecided: 20, points: 0 });
  });

  it('hands over what another check has returned', async () => {
    const { checks } = await gradeFake([
      { id: 'first', run: () => Promise.resolve({ arn: 'a' }) },
      { id: 'second', needs: ['first'], run: () => Promise.resolve(2) },
      {
        id: 'third',
        needs: ['second'],
        run: (context) => {
          context.expect(context.from('first'), { why: 'W', next: 'N' }).toEqual({ arn: 'a' });
          return Promise.resolve();
        },
      },
      { id: 'rude', run: (context) => Promise.resolve(context.from('first')) },
    ]);
    expect(statuses(checks)).toEqual(['first passed', 'second passed', 'third passed', 'rude error']);
    expect(only(checks, 'error').why).toContain('check rude reads first but does not need it');
  });

  it.each([
    [
      [
        { id: 'a', needs: ['b'] },
        { id: 'b', needs: ['c'] },
        { id: 'c', needs: ['a'] },
      ],
      'a → b → c → a',
    ],
    [[{ id: 'a', needs: ['a'] }], 'a → a'],
    [[{ id: 'a', needs: ['z'] }], 'a needs z, which is not there'],
    [[{ id: 'a' }, { id: 'a' }], 'two checks are named a'],
    [[{ id: 'A b' }], 'kebab case'],
    [[{ id: 'a', points: 1.5 }], '1.5 points'],
  ])('refuses a broken lab: %j', async (bodies, said) => {
    const refusal = gradeFake(bodies as Bodies);
    await expect(refusal).rejects.toThrow(GraderProblem);
    await expect(refusal).rejects.toThrow(said);
  });

  it('runs only what is wanted, with what it needs', async () => {
    const result = await gradeFake([{ id: 'a' }, { id: 'b', needs: ['a'] }, { id: 'c' }], { only: ['b'] });
    expect(statuses(result.checks)).toEqual(['a passed', 'b passed']);
    expect(result.partial).toBe(true);
    await expect(gradeFake([{ id: 'a' }], { only: ['z'] })).rejects.toThrow(
      'There is no check z. There are: a.',
    );
  });
});

describe('what a target does not show', () => {
  const without = async (missing: readonly Capability[], ...bodies: Bodies) => {
    const asked: Capability[] = [];
    const text = engineText.en;
    const run: Run = {
      target: fakeTarget(),
      account: '000000000000',
      submission,
      seed: 1,
      prefix: '',
      text,
      expect: await loadExpect(text),
      prober: {
        can: (capability) => Promise.resolve(asked.push(capability) > 0 && !missing.includes(capability)),
        close: () => Promise.resolve(),
      },
      signal: new AbortController().signal,
    };
    const checks = await runChecks(fakeLab(...bodies).in('en').checks, run, () => undefined);
    return { checks, asked, totals: totalsOf(checks) };
  };

  it('is neither a pass nor a failure: the configuration is checked, and the result says so', async () => {
    const { checks, totals } = await without(
      ['logTail', 'jsonLogs'],
      { id: 'shown', requires: ['iamTrust'] },
      { id: 'bare', requires: ['logTail', 'iamTrust', 'jsonLogs'], run: failing },
      { id: 'configured', requires: ['logTail'], run: failing, configuration: () => Promise.resolve() },
      { id: 'misconfigured', requires: ['logTail'], configuration: failing },
      { id: 'broken', requires: ['logTail'], configuration: () => Promise.reject(new Error('no')) },
    );
    expect(statuses(checks)).toEqual([
      'shown passed',
      'bare unverified',
      'configured unverified',
      'misconfigured failed',
      'broken error',
    ]);
    expect(checks[1]).toMatchObject({
      missing: ['logTail', 'jsonLogs'],
      configuration: false,
      why: 'This target does not show the end of the log with an invocation and logs in JSON, so this could not be checked.',
    });
    expect(checks[2]).toMatchObject({
      configuration: true,
      why: expect.stringContaining('only the configuration') as string,
    });
    expect(totals).toMatchObject({ unverified: 20, unverifiedChecks: 2, points: 10 });
  });

  it('does not hold up the checks that need it, unless they read what it would have returned', async () => {
    const { checks, totals } = await without(
      ['logTail'],
      { id: 'first', requires: ['logTail'], run: () => Promise.resolve('value') },
      { id: 'order-only', needs: ['first'] },
      { id: 'reads', needs: ['first'], run: (context) => Promise.resolve(context.from('first')) },
    );
    expect(statuses(checks)).toEqual(['first unverified', 'order-only passed', 'reads unverified']);
    expect(checks[2]).toMatchObject({ missing: ['logTail'] });
    expect(exitStatus({ totals })).toBe(0);
  });

  it('is asked only where a check rests on it', async () => {
    const { asked } = await without([], { id: 'plain' }, { id: 'rests', requires: ['logTail'] });
    expect(asked).toEqual(['logTail']);
  });

  it('is an error where it could not be tried', async () => {
    const { checks } = await gradeFake([{ id: 'a', requires: ['logTail'] }]);
    expect(only(checks, 'error').why).toContain('this target has no servers');
  });
});

describe('time', () => {
  it('ends a check that hangs as an error, with what it waited for', async () => {
    const { checks } = await gradeFake(
      [
        {
          id: 'hangs',
          run: (context) => context.until('logs', () => new Promise<undefined>(() => undefined)),
        },
        { id: 'silent', run: () => new Promise(() => undefined) },
        { id: 'fine' },
      ],
      {},
      fakeTarget({ budgetSeconds: 0.2 }),
    );
    expect(statuses(checks)).toEqual(['hangs error', 'silent error', 'fine passed']);
    expect(checks[0]).toMatchObject({
      why: expect.stringContaining('It was waiting for log lines to arrive.') as string,
    });
    expect(checks[1]).toMatchObject({
      why: expect.stringContaining('something that the grader has no name for') as string,
    });
  });

  it('gives a check the time that it says it needs', async () => {
    const { checks } = await gradeFake(
      [{ id: 'slow', budgetSeconds: 10, run: () => sleep(150) }],
      {},
      fakeTarget({ budgetSeconds: 0.05 }),
    );
    expect(statuses(checks)).toEqual(['slow passed']);
  });

  it('polls until there is something, or the deadline of the target', async () => {
    let looks = 0;
    const { checks } = await gradeFake(
      [
        {
          id: 'seen',
          run: async (context) => {
            expect(
              await context.until('logs', () => Promise.resolve((looks += 1) > 2 ? looks : undefined)),
            ).toBe(3);
          },
        },
        {
          id: 'never',
          run: async (context) => {
            const seen: unknown = await context.until<string>('effect', () => Promise.resolve(undefined));
            expect(seen).toBeUndefined();
          },
        },
      ],
      {},
      fakeTarget({ seconds: 0.1 }),
    );
    expect(statuses(checks)).toEqual(['seen passed', 'never passed']);
  });

  it('stops when it is told to, and ends what it has started', async () => {
    const stopping = new AbortController();
    const seen: string[] = [];
    const run = gradeFake(
      [
        {
          id: 'module',
          run: async (context) => {
            const greeter = await context.module('greet.ts');
            await greeter.call('greet', 'a');
            stopping.abort(new Error('enough'));
            await context.until('logs', () => Promise.resolve(undefined));
          },
        },
        { id: 'after', needs: ['module'], run: () => Promise.resolve(seen.push('ran')) },
      ],
      { signal: stopping.signal },
    );
    await expect(run).rejects.toThrow('enough');
    expect(seen).toEqual([]);
  });
});

describe('many at once', () => {
  it('runs independent checks together, no more than the target takes', async () => {
    let now = 0;
    let most = 0;
    const run = async () => {
      most = Math.max(most, (now += 1));
      await sleep(20);
      now -= 1;
    };
    const bodies = Array.from({ length: 9 }, (_, index) => ({ id: `c${String(index)}`, run }));
    await gradeFake(bodies, {}, fakeTarget({ concurrency: 3 }));
    expect(most).toBe(3);
  });

  it('reports in the order of the lab, and tells what is done as it is done', async () => {
    const events: string[] = [];
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const onEvent = (event: GradeEvent) => {
      events.push(
        'check' in event
          ? `${event.kind} ${event.check.id}`
          : event.kind === 'started'
            ? `started ${event.id}`
            : event.kind,
      );
      if (event.kind === 'settled' && event.check.id === 'b') release();
    };
    await gradeFake([{ id: 'a', run: () => gate }, { id: 'b' }], { onEvent });
    expect(events).toEqual([
      'begun',
      'started a',
      'started b',
      'settled b',
      'settled a',
      'reported a',
      'reported b',
      'ended',
    ]);
  });

  it('draws the same nonces for a seed, whatever runs beside', async () => {
    const draw = async (concurrency: number, seed: number) => {
      const drawn: Record<string, unknown[]> = {};
      const run = (id: string) => async (context: FakeContext) => {
        const values: unknown[] = (drawn[id] = []);
        for (let count = 0; count < 3; count += 1) {
          values.push(context.nonce(), context.nonce('name'), context.integer(-5, 5));
          await sleep(concurrency === 1 ? 0 : 3);
        }
      };
      await gradeFake(
        ['a', 'b', 'c'].map((id) => ({ id, run: run(id) })),
        { seed },
        fakeTarget({ concurrency }),
      );
      return drawn;
    };
    const one = await draw(1, 42);
    expect(await draw(3, 42)).toEqual(one);
    expect(await draw(3, 43)).not.toEqual(one);
    const nonces = Object.values(one)
      .flat()
      .filter((value) => typeof value === 'string');
    expect(new Set(nonces).size).toBe(nonces.length);
    expect(nonces.filter((nonce) => nonce.startsWith('name-'))).toHaveLength(9);
  });
});

describe('a student’s module in a check', () => {
  it('is called, and its own errors are findings', async () => {
    const { checks } = await gradeFake([
      {
        id: 'right',
        run: async (context) => {
          expect(await (await context.module('greet.ts')).call('greet', 'Ada')).toBe('Hello, Ada!');
        },
      },
      { id: 'missing', run: (context) => context.module('gone.ts') },
      { id: 'absent', run: async (context) => (await context.module('greet.ts')).call('nope') },
    ]);
    expect(statuses(checks)).toEqual(['right passed', 'missing failed', 'absent failed']);
    expect(checks[1]).toMatchObject({ why: 'There is no file gone.ts in your folder.' });
    expect(checks[2]).toMatchObject({ why: 'greet.ts exports no function nope. It exports: greet.' });
  });
});

describe('the result', () => {
  it('says what was graded, where, and in which language', async () => {
    const result = await gradeFake([{ id: 'a' }], { language: 'ko', seed: 9 });
    expect(result).toMatchObject({
      lab: { number: 7, slug: 'a-lab', title: '실습' },
      language: 'ko',
      seed: 9,
      target: { name: 'embedded', account: '000000000000', region: 'us-east-1' },
      submission: { files: 1 },
      partial: false,
    });
    expect(result.checks[0]?.title).toBe('검사 a');
  });

  it('cannot be had without a folder', async () => {
    await expect(gradeFake([{ id: 'a' }], { submission: join(submission, 'gone') })).rejects.toMatchObject({
      kind: 'submission',
      next: 'Run npm run lab 7 first.',
    });
  });

  it('gives hints, and only those that there are', () => {
    const lab = fakeLab({ id: 'a' });
    expect([1, 2, 3].map((step) => hints(lab, 'a', step, 'en'))).toEqual([
      'a nudge',
      'a push',
      'nearly the answer',
    ]);
    expect(() => hints(lab, 'a', 4, 'en')).toThrow('There are hints 1, 2 and 3.');
    expect(() => hints(lab, 'z', 1, 'ko')).toThrow('z 검사는 없어요');
  });
});
