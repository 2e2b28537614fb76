import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { projectRoot } from '../../tooling/root.ts';
import { passedResult, sampleResult } from '../reporters/golden/sample-result.ts';
import { exitStatus, readResult, resultSchema, totalsOf, type CheckResult, type Result } from './result.ts';
import { loadResult, saveResult } from './store.ts';

const schemaFile = join(projectRoot(), 'grader', 'result', 'result.schema.json');
const validate = new Ajv2020({ strict: true }).compile(resultSchema);

const text = fc.string({ unit: 'binary', maxLength: 40 });
const slug = fc.stringMatching(/^[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}$/);
const evidence = fc.array(fc.record({ label: text, value: text }), { maxLength: 3 });
const common = {
  id: slug,
  title: text,
  points: fc.nat(100),
  verifiedOn: fc.subarray(['embedded', 'localstack', 'aws'] as const),
  durationMs: fc.nat(),
};
const check: fc.Arbitrary<CheckResult> = fc.oneof(
  fc.record({ ...common, status: fc.constant('passed' as const), evidence }),
  fc.record(
    {
      ...common,
      status: fc.constant('failed' as const),
      why: text,
      expected: text,
      actual: text,
      evidence,
      next: text,
    },
    {
      requiredKeys: [
        'id',
        'title',
        'points',
        'verifiedOn',
        'durationMs',
        'status',
        'why',
        'evidence',
        'next',
      ],
    },
  ),
  fc.record({
    ...common,
    status: fc.constant('skipped' as const),
    cause: fc.record({ id: slug, title: text, status: fc.constantFrom('failed' as const, 'error' as const) }),
  }),
  fc.record({ ...common, status: fc.constant('error' as const), why: text, evidence, next: text }),
  fc.record({
    ...common,
    status: fc.constant('unverified' as const),
    missing: fc.subarray(['logTail', 'jsonLogs'] as const),
    configuration: fc.boolean(),
    why: text,
    evidence,
  }),
);
const result: fc.Arbitrary<Result> = fc
  .record({
    checks: fc.array(check, { maxLength: 6 }),
    seed: fc.nat(0xffff_ffff),
    title: text,
    partial: fc.boolean(),
  })
  .map(({ checks, seed, title, partial }) => ({
    ...sampleResult('en'),
    lab: { number: 1, slug: 'a', title },
    checks,
    seed,
    partial,
    totals: totalsOf(checks),
  }));

describe('the document of a result', () => {
  it('has its JSON Schema beside it', () => {
    expect(JSON.parse(readFileSync(schemaFile, 'utf8'))).toEqual(resultSchema);
  });

  it.each([sampleResult('en'), sampleResult('ko'), passedResult('en')])('satisfies the schema', (real) => {
    expect(validate(real), JSON.stringify(validate.errors)).toBe(true);
    expect(readResult(JSON.parse(JSON.stringify(real)))).toEqual(real);
  });

  it('satisfies the schema whatever the checks say, and is read back as it was', () => {
    fc.assert(
      fc.property(result, (random) => {
        const document = JSON.parse(JSON.stringify(random)) as unknown;
        expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
        expect(JSON.stringify(readResult(document))).toBe(JSON.stringify(readResult(random)));
      }),
      { numRuns: 300 },
    );
  });

  it('is refused by schema and reader alike when a member is changed into something else', () => {
    const real = JSON.parse(JSON.stringify(sampleResult('en'))) as Record<string, unknown>;
    const paths = fc.constantFrom(...Object.keys(real).filter((name) => name !== 'partial'));
    fc.assert(
      fc.property(paths, fc.constantFrom<unknown>(null, true, 'x', -1, [{}], { x: 1 }), (name, value) => {
        const changed = { ...real, [name]: value };
        expect(validate(changed)).toBe(false);
        expect(() => readResult(changed)).toThrow();
      }),
    );
    for (const name of Object.keys(real)) {
      const rest = Object.fromEntries(Object.entries(real).filter(([other]) => other !== name));
      expect(validate(rest)).toBe(false);
      expect(() => readResult(rest)).toThrow(name);
    }
  });
});

describe('points and the exit status', () => {
  const base = { id: 'a', title: 't', points: 10, verifiedOn: [], durationMs: 1 } as const;
  const of = (status: CheckResult['status'], cause: 'failed' | 'error' = 'failed'): CheckResult => {
    switch (status) {
      case 'passed':
        return { ...base, status, evidence: [] };
      case 'failed':
      case 'error':
        return { ...base, status, why: '', evidence: [], next: '' };
      case 'skipped':
        return { ...base, status, cause: { id: 'b', title: 'b', status: cause } };
      case 'unverified':
        return { ...base, status, missing: [], configuration: false, why: '', evidence: [] };
    }
  };
  it.each([
    [['passed', 'passed'], 0],
    [['passed', 'unverified'], 0],
    [['passed', 'failed'], 1],
    [['skipped'], 1],
    [['failed', 'error'], 2],
    [[], 0],
  ] as const)('%j ends with %i', (all, status) => {
    expect(exitStatus({ totals: totalsOf(all.map((one) => of(one))) })).toBe(status);
  });
  it('counts no points as lost that nobody decided', () => {
    const checks = [
      of('passed'),
      of('failed'),
      of('skipped'),
      of('skipped', 'error'),
      of('error'),
      of('unverified'),
    ];
    expect(totalsOf(checks)).toMatchObject({ possible: 60, points: 10, undecided: 20, unverified: 10 });
  });
});

describe('the last result of a submission', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'coldstart-store-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const file = () => join(folder, '.coldstart', 'last-result.json');

  it('is kept, and nothing beside it', () => {
    expect(loadResult(folder)).toBeUndefined();
    saveResult(folder, sampleResult('ko'));
    saveResult(folder, sampleResult('en'));
    expect(loadResult(folder)).toEqual(sampleResult('en'));
    expect(readdirSync(join(folder, '.coldstart'))).toEqual(['last-result.json']);
  });

  it.each([
    ['is cut off', (json: string) => json.slice(0, 300)],
    [
      'has more points',
      (json: string) => json.replace('"points": 10,\n    "unverified"', '"points": 70,\n    "unverified"'),
    ],
    ['is of another version', (json: string) => json.replace('"version": 1', '"version": 2')],
    ['has a prototype', (json: string) => json.replace('{', '{ "__proto__": { "x": 1 },')],
    ['is something else', () => '[]'],
  ])('is ignored when it %s', (_, change) => {
    saveResult(folder, sampleResult('en'));
    const json = readFileSync(file(), 'utf8');
    const changed = change(json);
    expect(changed).not.toBe(json);
    mkdirSync(join(folder, '.coldstart'), { recursive: true });
    writeFileSync(file(), changed);
    expect(loadResult(folder)).toBeUndefined();
  });
});
