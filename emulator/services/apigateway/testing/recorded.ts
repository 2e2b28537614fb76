import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../../tooling/root.ts';

const folder = join(projectRoot(), '..', 'shared', 'recorded', 'aws');

/** Whether answers recorded on AWS are at hand. */
export const recordedAtHand = existsSync(folder);
if (!recordedAtHand)
  process.stderr.write('Answers recorded on AWS are not at hand: comparisons with them are skipped.\n');

type Recording = Readonly<Record<string, unknown>>;

/** What one recorded test got from AWS, by the names of its steps. */
export function recorded(
  part: 'basic' | 'canary' | 'common' | 'extended' | 'lambda',
  test: string,
): Recording {
  const text = readFileSync(join(folder, `test_apigateway_${part}.snapshot.json`), 'utf8');
  const all = JSON.parse(text) as Record<string, { 'recorded-content': Recording }>;
  const found = Object.entries(all).find(([name]) => name.endsWith(`::${test}`));
  if (found === undefined) throw new Error(`${test} is not recorded in ${part}.`);
  return JSON.parse(JSON.stringify(found[1]['recorded-content'], withoutTransport)) as Recording;
}

/** Texts of errors seen on AWS with their codes: `BadRequestException: …`. */
export function recordedErrors(): ReadonlySet<string> {
  const all = JSON.parse(readFileSync(join(folder, 'errors.json'), 'utf8')) as {
    apigateway: { code: string; message: string }[];
  };
  return new Set(all.apigateway.map(({ code, message }) => `${code}: ${message}`));
}

/** Names of a recording that stand for what a test chose: `<deployment-id:1>` → `a1b2c3`. */
export type Names = Readonly<Record<string, string>>;

/** An answer with what varies written as the recordings write it. */
export function normalised(answer: unknown, names: Names): unknown {
  const text = JSON.stringify(answer, (key, value: unknown) =>
    key === 'createdDate' || key === 'lastUpdatedDate' ? 'datetime' : withoutTransport(key, value),
  );
  return JSON.parse(
    Object.entries(names).reduce((all, [name, chosen]) => all.replaceAll(`"${chosen}"`, `"${name}"`), text),
  );
}

/** What a call that must fail answers, as the recordings write it. */
export async function failureOf(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
  } catch (error) {
    const { name, message } = error as Error;
    return { Error: { Code: name, Message: message }, message };
  }
  throw new Error('The call should have failed.');
}

function withoutTransport(key: string, value: unknown): unknown {
  return key === 'ResponseMetadata' || key === '$metadata' ? undefined : value;
}
