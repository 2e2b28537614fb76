import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../../tooling/root.ts';

const folder = join(projectRoot(), '..', 'shared', 'recorded', 'aws');

/** Whether answers recorded on AWS are at hand; says so where they are not. */
export function recordedAtHand(): boolean {
  const there = existsSync(folder);
  if (!there)
    process.stderr.write('Answers recorded on AWS are not at hand: comparisons with them are skipped.\n');
  return there;
}

/** What one recorded test got from AWS. @param test the end of its name */
export function recorded(file: string, test: string): Record<string, Record<string, unknown>> {
  const all = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<
    string,
    { 'recorded-content': Record<string, Record<string, unknown>> }
  >;
  // The same test was recorded several times; the last is the newest.
  const found = Object.entries(all).findLast(([name]) => name.endsWith(test));
  if (found === undefined) throw new Error(`${test} is not recorded in ${file}`);
  return found[1]['recorded-content'];
}

/** Lambda's recorded errors: code, text and status. */
export function recordedErrors(): readonly { code: string; message: string; status: number }[] {
  const all = JSON.parse(readFileSync(join(folder, 'errors.json'), 'utf8')) as {
    lambda: { code: string; message: string; status: number }[];
  };
  return all.lambda;
}

/** Makes an answer comparable with a recorded one: what changes from run to run becomes the name the recording gives it. */
export function comparable(answer: unknown): unknown {
  const text = JSON.stringify(answer, (key, value: unknown) => {
    if (key === 'CodeSize') return '<code-size>';
    if (key === 'CodeSha256') return 'code-sha256';
    if (key === 'LastModified') return 'date';
    if (key === 'RevisionId') return '<uuid>';
    if (key === 'Location') return '<location>';
    if (key === 'ResponseMetadata' || key === '$metadata') return undefined;
    return value;
  });
  return JSON.parse(
    text
      .replaceAll(/arn:<partition>|arn:aws/g, 'arn')
      .replaceAll(/<region>|us-east-1/g, 'REGION')
      .replaceAll(/<function-name:1>|recorded-function/g, 'NAME')
      .replaceAll(/:role\/[^"]+/g, ':role/ROLE')
      .replaceAll(/:runtime:[^"]+/g, ':runtime:ID'),
  );
}
