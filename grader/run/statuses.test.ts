import { describe, expect, it } from 'vitest';
import type { Capability } from '../api.ts';
import { exitStatus } from '../result/result.ts';
import { totalsOf } from '../result/result.ts';
import { fakeLab } from '../testing/fake-lab.ts';
import { fakeTarget } from '../testing/fake-target.ts';
import { engineText } from '../text.ts';
import { loadExpect } from './expectation.ts';
import { runChecks } from './run.ts';
import type { Run } from './tools.ts';
import { failing, only, statuses, useSubmission, type Bodies } from '../testing/grade-fake.ts';

const { path, gradeFake } = useSubmission();

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
    expect(evidence[0]?.value).toMatch(/^grader\/run\/statuses\.test\.ts:\d+:\d+$/);
  });
});

describe('what a target does not show', () => {
  const without = async (missing: readonly Capability[], ...bodies: Bodies) => {
    const asked: Capability[] = [];
    const text = engineText.en;
    const run: Run = {
      target: fakeTarget(),
      account: '000000000000',
      submission: path(),
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

  it('asks for what a check can only fail without when it fails, and not before', async () => {
    const { checks, asked } = await without(
      ['logTail'],
      { id: 'seen', failsWithout: ['logTail'] },
      { id: 'wrong', failsWithout: ['jsonLogs'], run: failing },
      { id: 'not-shown', failsWithout: ['jsonLogs', 'logTail'], run: failing },
      { id: 'set-up', failsWithout: ['logTail'], run: failing, configuration: () => Promise.resolve() },
      { id: 'set-up-wrong', failsWithout: ['logTail'], run: failing, configuration: failing },
      { id: 'broken', failsWithout: ['logTail'], run: () => Promise.reject(new Error('no')) },
    );
    expect(statuses(checks)).toEqual([
      'seen passed',
      'wrong failed',
      'not-shown unverified',
      'set-up unverified',
      'set-up-wrong failed',
      'broken error',
    ]);
    expect(checks[2]).toMatchObject({ missing: ['logTail'], configuration: false });
    expect(checks[3]).toMatchObject({ configuration: true });
    expect([...asked].sort()).toEqual(['jsonLogs', 'jsonLogs', 'logTail', 'logTail', 'logTail']);
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

  it('leaves the configuration to look at, for a check that reads what was not seen', async () => {
    const reads: Bodies[number] = {
      id: 'reads',
      needs: ['first'],
      run: (context) => Promise.resolve(context.from('first')),
    };
    const { checks } = await without(
      ['logTail', 'jsonLogs'],
      { id: 'first', requires: ['logTail'] },
      { ...reads, id: 'right', configuration: () => Promise.resolve() },
      { ...reads, id: 'wrong', configuration: failing },
      {
        ...reads,
        id: 'blind',
        requires: ['jsonLogs'],
        configuration: (context) => Promise.resolve(void context.from('first')),
      },
    );
    expect(statuses(checks)).toEqual([
      'first unverified',
      'right unverified',
      'wrong failed',
      'blind unverified',
    ]);
    expect(checks[1]).toMatchObject({ missing: ['logTail'], configuration: true });
    expect(checks[3]).toMatchObject({ missing: ['jsonLogs', 'logTail'], configuration: false });
  });

  it('leaves what the configuration has told to the checks that read it', async () => {
    const { checks } = await without(
      ['logTail'],
      {
        id: 'first',
        requires: ['logTail'],
        run: () => Promise.resolve('seen'),
        configuration: () => Promise.resolve('configured'),
      },
      {
        id: 'reads',
        needs: ['first'],
        run: (context) =>
          context.from('first') === 'configured' ? Promise.resolve() : Promise.reject(new Error('other')),
      },
    );
    expect(statuses(checks)).toEqual(['first unverified', 'reads passed']);
  });

  it('says so where the configuration, too, rests on what is missing', async () => {
    const { checks } = await without(['logTail', 'jsonLogs'], {
      id: 'a',
      requires: ['logTail'],
      configuration: async (context) => ((await context.can('jsonLogs')) ? '' : context.unseen('jsonLogs')),
    });
    expect(checks[0]).toMatchObject({
      status: 'unverified',
      missing: ['logTail', 'jsonLogs'],
      configuration: false,
    });
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
