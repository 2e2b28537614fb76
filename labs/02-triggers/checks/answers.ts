import { join } from 'node:path';
import { readAnswerSheet } from '../../answer-sheet/answer-sheet.ts';
import { functionKeys, type FunctionName } from '../names.ts';
import { members } from '../../wording/members.ts';
import { listed, shown } from '../../wording/wording.ts';
import { evidence, type Context, type LabCheck } from './context.ts';
import { truthOf, type Field } from './truth.ts';

const fileName = 'answers.yaml';
const fields: readonly Field[] = ['model', 'tries', 'blocks', 'then'];
const words: Readonly<Record<Exclude<Field, 'tries'>, readonly string[]>> = {
  model: ['synchronous', 'asynchronous', 'polling'],
  blocks: ['nothing', 'batch', 'shard'],
  then: ['dropped', 'dead-letter-queue', 'destination'],
};

const answers: LabCheck = {
  id: 'answers',
  title: (text) => text.answers.title,
  points: 8,
  needs: ['upload-permission', 'notification', 'queue', 'worker-mapping', 'stream', 'rule', 'schedule'],
  verifiedOn: ['embedded'],
  hints: (text) => text.answers.hints,
  async run(context) {
    const text = context.text.answers;
    const given = readAnswers(context);
    const truths = await Promise.all(functionKeys.map((name) => truthOf(context, name)));
    for (const [index, name] of functionKeys.entries()) {
      const truth = truths[index];
      for (const field of truth === undefined ? [] : fields) {
        const said = given[name][field];
        const right = truth?.[field];
        if (right === undefined || right.is.includes(said)) continue;
        context.fail({
          ...text.wrong(name, field, said),
          actual: `${name}.${field}: ${said}`,
          evidence: evidence(right.from, right.seen),
        });
      }
    }
  },
};

type Answers = Readonly<Record<FunctionName, Readonly<Record<Field, string>>>>;

function readAnswers(context: Context): Answers {
  const text = context.text.answers;
  const sheet = readAnswerSheet(join(context.submission, fileName));
  if (sheet.kind === 'missing') return context.fail({ ...text.noFile, expected: fileName });
  if (sheet.kind === 'invalid')
    return context.fail({ ...text.unreadable(String(sheet.line)), actual: sheet.why });
  const said = (name: FunctionName, field: Field) => {
    const value = members(members(sheet.value)[name])[field];
    return typeof value === 'string'
      ? value.trim().toLowerCase()
      : typeof value === 'number'
        ? String(value)
        : undefined;
  };
  const open = functionKeys.flatMap((name) =>
    fields.filter((field) => said(name, field) === undefined).map((field) => `${name}.${field}`),
  );
  if (open.length > 0) context.fail({ ...text.open(listed(context.text, open)), actual: shown(open) });
  const all = Object.fromEntries(
    functionKeys.map((name) => [
      name,
      Object.fromEntries(fields.map((field) => [field, said(name, field) ?? ''])),
    ]),
  ) as Answers;
  for (const name of functionKeys) {
    for (const field of fields) {
      const value = all[name][field];
      const known = field === 'tries' ? /^(\d+|unlimited)$/.test(value) : words[field].includes(value);
      const choices = field === 'tries' ? ['3', 'unlimited'] : words[field];
      if (!known)
        context.fail({
          ...text.unknown(`${name}.${field}`, value, listed(context.text, choices)),
          expected: choices.join(' | '),
          actual: value,
        });
    }
  }
  return all;
}

export const answerChecks = { answers };
