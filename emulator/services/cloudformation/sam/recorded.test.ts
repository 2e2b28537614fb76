import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../../../tooling/root.ts';
import { readTemplate } from '../template/read.ts';
import { DIFFERENCES } from './differences.ts';
import { difference } from './graphs.ts';
import { transform } from './transform.ts';

const recorded = join(projectRoot(), '..', 'shared', 'recorded', 'sam');
const there = existsSync(recorded);
if (!there)
  console.log('SKIPPED: the recorded outputs of the SAM transform are not in ../shared/recorded/sam');

/** Shares that are reached now. Step 4 asks for 0.9 and 0.8: raise them as pairs leave the table of differences. */
const FLOOR = { pairs: 0.98, firstErrors: 0.96 };

/** What the outputs were recorded with. */
const managed = Object.fromEntries(
  [
    'service-role/AWSLambdaBasicExecutionRole',
    'service-role/AWSLambdaRole',
    'AmazonDynamoDBFullAccess',
    'AmazonDynamoDBReadOnlyAccess',
    'AWSXRayDaemonWriteAccess',
  ].map((path) => [path.replace('service-role/', ''), `arn:aws:iam::aws:policy/${path}`]),
);
const given = {
  region: 'ap-southeast-1',
  partition: 'aws',
  account: '123456789012',
  parameters: { param1: 'value1', param2: 'value2' },
  managedPolicies: managed,
};

const names = there ? readdirSync(join(recorded, 'input')).map((file) => file.replace(/\.yaml$/, '')) : [];

/** How the transform's answer to a pair differs from what was recorded, or undefined. */
function differs(name: string): string | undefined {
  const input = readFileSync(join(recorded, 'input', `${name}.yaml`), 'utf8');
  const output = JSON.parse(readFileSync(join(recorded, 'output', `${name}.json`), 'utf8')) as {
    errorMessage?: string;
  };
  const answer = transform(readTemplate(input), given);
  if (output.errorMessage !== undefined) {
    if (answer.ok) return 'no error';
    return answer.message === output.errorMessage
      ? undefined
      : `message: ${answer.message}\n  recorded: ${output.errorMessage}`;
  }
  if (!answer.ok) return `error: ${answer.message}`;
  return difference(answer.template, output);
}

/** The first error of a document's message. */
const firstError = (text: string): string =>
  text
    .replace(/^.*Number of errors found: \d+\. /s, '')
    .split(/ (?=Resource with id \[|Event with id \[|Structure of|Transforming resource)/)
    .slice(0, 2)
    .join(' ');

describe.skipIf(!there)('the SAM transform, beside what AWS makes of the same templates', () => {
  const found = new Map(
    names.map((name) => {
      try {
        return [name, differs(name)];
      } catch (failure) {
        return [name, `threw: ${failure instanceof Error ? (failure.stack ?? '') : String(failure)}`];
      }
    }),
  );
  const unequal = names.filter((name) => found.get(name) !== undefined);
  const wanted = process.env['SAM_PAIR'];
  if (wanted !== undefined)
    for (const name of unequal)
      if (wanted === 'all' || name === wanted)
        console.log(`${name}: ${String(found.get(name)).slice(0, 1500)}`);

  it('gives the same resource graph for as many pairs as are not listed as different', () => {
    console.log(`${String(names.length - unequal.length)} of ${String(names.length)} pairs equal`);
    expect(names.length - unequal.length).toBeGreaterThanOrEqual(FLOOR.pairs * names.length);
  });

  it('gives the same first error for most error templates', () => {
    const errors = names.filter((name) => name.startsWith('error_'));
    const same = errors.filter((name) => {
      const told = found.get(name);
      if (told === undefined) return true;
      const [ours, theirs] = told.replace(/^message: /, '').split('\n  recorded: ');
      return theirs !== undefined && ours !== undefined && firstError(ours) === firstError(theirs);
    });
    console.log(
      `${String(same.length)} of ${String(errors.length)} error templates give the same first error`,
    );
    expect(same.length).toBeGreaterThanOrEqual(FLOOR.firstErrors * errors.length);
  });

  it('lists every pair that differs, and none that is equal', () => {
    expect(unequal).toEqual(Object.keys(DIFFERENCES).sort());
  });
});
