import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { capabilities } from '../../grader/capabilities.ts';
import type { Result } from '../../grader/result/result.ts';
import { targetsPage } from './page.ts';
import { listed, mergedWith, pageFile, readRecord } from './record.ts';
import { caughtIn, differences, flawsOf, type LabVerdicts, type ServerVerdicts } from './verdicts.ts';

describe('docs/targets.md', () => {
  const record = readRecord();

  it('says what the last run on MiniStack has found', () => {
    expect(record).toBeDefined();
    if (record !== undefined)
      expect(readFileSync(pageFile(), 'utf8'), 'run `npm run targets`').toBe(targetsPage(record, listed()));
  });

  it('knows every behaviour that probes try', () => {
    expect(Object.keys(record?.shows ?? {}).sort(), 'run `npm run targets`').toEqual(
      [...capabilities].sort(),
    );
  });

  it.each(listed())(
    'has every check and every wrong submission of lab $lab.number, or says that it was not tried',
    (one) => {
      const page = readFileSync(pageFile(), 'utf8');
      const verdicts = record?.labs[one.folder];
      if (verdicts === undefined) {
        process.stderr.write(`NOTICE: lab ${String(one.lab.number)} was not tried on another server yet.\n`);
        expect(page).toMatch(
          new RegExp(`^\\| ${String(one.lab.number)} · [^|]+\\| not tried \\| not tried \\|$`, 'm'),
        );
        return;
      }
      for (const name of one.mistakes) expect(page).toContain(`\n| \`${name}\` | `);
      // Neither fewer nor more: what was renamed, added or removed has to be tried again.
      expect(Object.keys(verdicts.solution).sort()).toEqual(
        one.lab
          .in('en')
          .checks.map(({ id }) => id)
          .sort(),
      );
      const strangers = Object.keys(verdicts.mistakes).filter((name) => !one.mistakes.includes(name));
      expect(strangers, 'run `npm run targets`').toEqual([]);
      // A reason that the page gives is a behaviour that the probes did not find.
      const reasons = [...Object.values(verdicts.solution), ...Object.values(verdicts.mistakes)].flatMap(
        (one) => ('missing' in one ? one.missing : []),
      );
      expect(reasons.filter((reason) => record?.shows[reason] !== false)).toEqual([]);
    },
  );
});

describe('what is written down', () => {
  const lab = (...caught: readonly string[]): LabVerdicts => ({
    solution: {},
    mistakes: Object.fromEntries(caught.map((name) => [name, { verdict: 'caught' }])),
  });
  const record = (version: string, labs: ServerVerdicts['labs']): ServerVerdicts => ({
    server: 'other',
    version,
    shows: { [version === '1' ? 'apiKeys' : 'logTail']: true },
    labs,
  });
  const earlier = record('1', { one: lab('a', 'c'), two: lab('x') });

  it('keeps the labs that were not tried', () => {
    const merged = mergedWith(earlier, record('1', { one: lab('b') }), false);
    expect(merged.labs).toEqual({ one: lab('b'), two: lab('x') });
    expect(merged.shows).toEqual({ apiKeys: true });
  });

  it('keeps the wrong submissions that were not tried, where only some were', () => {
    const { labs } = mergedWith(earlier, record('1', { one: lab('b') }), true);
    expect(Object.keys(labs.one?.mistakes ?? {})).toEqual(['a', 'b', 'c']);
  });

  it('keeps nothing of another version', () => {
    const found = record('2', { one: lab('b') });
    expect(mergedWith(earlier, found, true)).toBe(found);
  });
});

describe('a verdict', () => {
  const expected = { check: 'own', why: 'is wrong' };
  const result = (...checks: readonly object[]) => ({ checks }) as unknown as Result;
  const failed = (id: string, why: string) => ({ id, status: 'failed', why });

  it.each([
    ['caught', [failed('own', 'It is wrong.')]],
    ['astray', [failed('own', 'Something else.')]],
    ['astray', [failed('other', 'It is wrong.'), { id: 'own', status: 'skipped' }]],
    ['unverified', [{ id: 'own', status: 'unverified', missing: ['apiKeys'] }]],
    ['passed', [{ id: 'own', status: 'passed' }]],
    ['error', [failed('own', 'It is wrong.'), { id: 'other', status: 'error', why: 'x' }]],
  ])('is %s for %j', (verdict, checks) => {
    expect(caughtIn(result(...checks), expected, { status: 'passed' }).verdict).toBe(verdict);
  });

  it('is told from the configuration in other words, where no more can be seen', () => {
    const solution = { status: 'unverified', missing: ['apiKeys'], configuration: true } as const;
    expect(caughtIn(result(failed('own', 'Another sentence.')), expected, solution).verdict).toBe('caught');
    expect(caughtIn(result(failed('other', 'It is wrong.')), expected, solution).verdict).toBe('astray');
  });

  it('may be told otherwise, where the mistake says so', () => {
    const elsewhere = { check: 'later', why: 'Another', because: 'Its functions share a disk.' };
    const verdict = (...checks: readonly object[]) =>
      caughtIn(result(...checks), { ...expected, elsewhere }, { status: 'passed' });
    expect(verdict(failed('own', 'It is wrong.'))).toEqual({ verdict: 'caught' });
    expect(verdict({ id: 'own', status: 'passed' }, failed('later', 'Another sentence.'))).toEqual({
      verdict: 'caught',
      because: elsewhere.because,
    });
    expect(verdict(failed('later', 'A third sentence.')).verdict).toBe('astray');
  });

  it('does not mind the prefix of what was deployed', () => {
    const said = failed('own', 'The function `t12-own` is wrong.');
    const { verdict } = caughtIn(
      result(said),
      { ...expected, why: '`own` is wrong' },
      { status: 'passed' },
      't12-',
    );
    expect(verdict).toBe('caught');
  });

  it('is held against what was written down, as far as it was tried', () => {
    const recorded: LabVerdicts = {
      solution: { one: { status: 'passed' }, two: { status: 'passed' } },
      mistakes: { a: { verdict: 'caught' }, b: { verdict: 'caught' } },
    };
    const again: LabVerdicts = {
      solution: { one: { status: 'passed' }, two: { status: 'failed', why: 'no' } },
      mistakes: { b: { verdict: 'unverified', missing: ['apiKeys'] }, c: { verdict: 'caught' } },
    };
    expect(differences(recorded, recorded)).toEqual([]);
    expect(differences(recorded, again)).toEqual([
      'solution: two: failed, and docs/targets.md says passed',
      'b: unverified, and docs/targets.md says caught',
      'c: caught, and docs/targets.md says nothing',
    ]);
  });

  it('is a flaw where a solution fails, or a mistake passes that the server can show', () => {
    const verdicts: LabVerdicts = {
      solution: {
        right: { status: 'passed' },
        lacking: { status: 'unverified', missing: ['apiKeys'], configuration: true },
        wrong: { status: 'failed', why: 'no' },
        broken: { status: 'error', why: 'oh' },
        late: { status: 'skipped', why: 'wrong' },
      },
      mistakes: {
        a: { verdict: 'caught' },
        b: { verdict: 'unverified', missing: [] },
        c: { verdict: 'passed' },
      },
    };
    expect(flawsOf(verdicts)).toEqual(['solution: wrong: no', 'solution: broken: oh', 'c: passes']);
  });
});
