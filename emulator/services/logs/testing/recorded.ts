import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../../tooling/root.ts';

const folder = join(projectRoot(), '..', 'shared', 'recorded', 'aws');

/** Whether answers recorded on AWS are at hand. */
export const recordedAtHand = existsSync(folder);

type Recording = Readonly<Record<string, unknown>>;

/** What one recorded test got from AWS, by the names of its steps. */
export function recorded(
  part: 'events' | 'filter_events' | 'groups' | 'metric_filters' | 'streams' | 'subscription_filters',
  test: string,
): Recording {
  const text = readFileSync(join(folder, `test_logs_${part}.snapshot.json`), 'utf8');
  const all = JSON.parse(text) as Record<string, { 'recorded-content': Recording }>;
  const found = Object.entries(all).find(([name]) => name.endsWith(`::${test}`));
  if (found === undefined) throw new Error(`${test} is not recorded in ${part}.`);
  return plain(found[1]['recorded-content']) as Recording;
}

/** Names of a recording that stand for what a test chose: `<log-group-name:1>` → `/aws/lambda/x`. */
export type Names = Readonly<Record<string, string>>;

/** An answer with what varies written as the recordings write it. */
export function normalised(answer: unknown, names: Names): unknown {
  const text = JSON.stringify(plain(answer), (key, value: unknown) => {
    if (key === 'creationTime') return 'timestamp';
    if (key === 'nextSequenceToken') return '<next-sequence-token:1>';
    return value;
  });
  const replaced = Object.entries(names).reduce((all, [name, chosen]) => all.replaceAll(chosen, name), text);
  return JSON.parse(
    replaced.replaceAll('arn:aws:', 'arn:<partition>:').replaceAll(':us-east-1:', ':<region>:'),
  );
}

/** Without what belongs to the transport. */
function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, member: unknown) =>
      key === 'ResponseMetadata' || key === '$metadata' ? undefined : member,
    ),
  );
}

/** What a call that must fail answers, as the recordings write it. */
export async function failureOf(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
  } catch (error) {
    const { name, message } = error as Error;
    return { Error: { Code: name, Message: message } };
  }
  throw new Error('The call should have failed.');
}
