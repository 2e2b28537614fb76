import { join } from 'node:path';
import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { readAnswerSheet } from '../../answer-sheet/answer-sheet.ts';
import { logGroupOf } from '../copy/function.ts';
import { reportsIn, type Report } from '../report/report.ts';
import { configurationOf } from './function.ts';
import { isNamed } from '../../aws-errors/named.ts';
import { members } from '../../wording/members.ts';
import { listed, shown } from '../../wording/wording.ts';
import type { Evidence } from '../../../grader/api.ts';
import type { Context, LabCheck } from './context.ts';

const fileName = 'answers.yaml';

/** What a student copies off the REPORT lines of their own calls. */
const figures = [
  'cold.requestId',
  'cold.initMs',
  'cold.durationMs',
  'cold.billedMs',
  'warm.requestId',
  'warm.durationMs',
  'warm.billedMs',
  'coldTimesWarm',
] as const;
/** What no line tells: it holds on every target. */
const known = ['initIsBilled', 'kill.status', 'kill.reason'] as const;
const required = [...figures, ...known] as const;
type Key = (typeof required)[number];
type Answers = Readonly<Record<Key, unknown>>;

const answers: LabCheck = {
  id: 'answers',
  title: (text) => text.answers.title,
  points: 10,
  // Figures of a function whose work is not where it belongs are not worth copying.
  needs: ['init'],
  verifiedOn: ['embedded'],
  requires: ['initDuration'],
  hints: (text) => text.answers.hints,
  async run(context) {
    const { text } = context;
    const given = readAnswers(context, required);
    const [cold, warm] = await Promise.all([find(context, given, 'cold'), find(context, given, 'warm')]);
    if (cold.initMs === undefined)
      return context.fail({ ...text.answers.notCold(cold.requestId), evidence: lineOf(context, cold) });
    if (warm.initMs !== undefined)
      return context.fail({ ...text.answers.notWarm(warm.requestId), evidence: lineOf(context, warm) });
    const copied: readonly (readonly [Key, number, Report])[] = [
      ['cold.initMs', cold.initMs, cold],
      ['cold.durationMs', cold.durationMs, cold],
      ['cold.billedMs', cold.billedMs, cold],
      ['warm.durationMs', warm.durationMs, warm],
      ['warm.billedMs', warm.billedMs, warm],
    ];
    for (const [key, expected, report] of copied) {
      const said = numberOf(given[key]);
      if (said !== undefined && isRounded(said, expected)) continue;
      context.fail({
        ...text.answers.figure(key, shown(given[key])),
        expected: String(expected),
        actual: shown(given[key]),
        evidence: lineOf(context, report),
      });
    }
    if (warm.durationMs > cold.initMs)
      context.fail({
        ...text.answers.before,
        evidence: [...lineOf(context, cold), ...lineOf(context, warm)],
      });
    compareTimes(context, given.coldTimesWarm, cold, warm);
    checkKnown(context, given, lineOf(context, cold));
    return undefined;
  },
  async configuration(context) {
    // Figures of a cold call cannot be copied where no line has them.
    checkKnown(context, readAnswers(context, known), []);
    return Promise.resolve();
  },
};

function checkKnown(
  context: Context,
  given: Pick<Answers, (typeof known)[number]>,
  evidence: readonly Evidence[],
): void {
  const { text } = context;
  const billed = yesOrNo(given.initIsBilled);
  if (billed !== true) {
    const sentence = billed === undefined ? text.answers.yesOrNo : text.answers.notBilled;
    context.fail({
      ...sentence,
      expected: 'yes',
      actual: shown(given.initIsBilled),
      evidence,
    });
  }
  context.expect(numberOf(given['kill.status']), text.answers.status(shown(given['kill.status']))).toBe(429);
  context
    .expect(wordOf(given['kill.reason']), text.answers.reason(shown(given['kill.reason'])))
    .toBe('ReservedFunctionConcurrentInvocationLimitExceeded');
}

/** @param wanted the answers that must be there, and are returned */
function readAnswers<Wanted extends Key>(context: Context, wanted: readonly Wanted[]): Pick<Answers, Wanted> {
  const { text } = context;
  const sheet = readAnswerSheet(join(context.submission, fileName));
  if (sheet.kind === 'missing') return context.fail({ ...text.answers.noFile, expected: fileName });
  if (sheet.kind === 'invalid')
    return context.fail({ ...text.answers.unreadable(sheet.line), actual: sheet.why });
  const all = Object.fromEntries(
    wanted.map((key) => [
      key,
      key.split('.').reduce<unknown>((value, part) => members(value)[part], sheet.value),
    ]),
  );
  const open = wanted.filter((key) => all[key] === undefined || all[key] === null || all[key] === '');
  if (open.length > 0) context.fail(text.answers.open(listed(text, open)));
  // Every key was just asked for.
  return all as Pick<Answers, Wanted>;
}

/** The report of a call that the student names, from the function's own log. */
async function find(context: Context, given: Answers, kind: 'cold' | 'warm'): Promise<Report> {
  const { text, clients } = context;
  const requestId = wordOf(given[`${kind}.requestId`]);
  const logGroupName = logGroupOf(configurationOf(context));
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(requestId))
    return context.fail({ ...text.answers.noId(kind, requestId), actual: requestId });
  const found = await context.until('logs', async () => {
    let nextToken: string | undefined;
    try {
      do {
        const page = await clients.logs.send(
          new FilterLogEventsCommand({ logGroupName, filterPattern: `"${requestId}"`, nextToken }),
        );
        for (const { message = '' } of page.events ?? [])
          for (const report of reportsIn(message)) if (report.requestId === requestId) return report;
        nextToken = page.nextToken;
      } while (nextToken !== undefined);
    } catch (error) {
      if (!isNamed(error, 'ResourceNotFoundException')) throw error;
    }
    return undefined;
  });
  return found ?? context.fail({ ...text.answers.unknown(kind, requestId, logGroupName), actual: requestId });
}

/** The figure itself, or what rounding makes of it. */
const isRounded = (said: number, figure: number): boolean => Math.abs(said - figure) <= 1;

/** A number, also one that was copied with its unit. */
function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return undefined;
  const digits = /^\s*([\d,]*\.?\d+)\s*(?:ms|×|x|배)?\s*$/.exec(value)?.[1]?.replaceAll(',', '');
  return digits === undefined ? undefined : Number(digits);
}

const wordOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : shown(value));

/** YAML 1.2 knows `true`; people write `yes`. */
function yesOrNo(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return undefined;
  if (/^(yes|y|true|on|네|예)$/i.test(value.trim())) return true;
  return /^(no|n|false|off|아니요|아니오)$/i.test(value.trim()) ? false : undefined;
}

/** By durations, or by what is billed: both are read off the same lines, and rounding is not what is asked for. */
function compareTimes(context: Context, value: unknown, cold: Report, warm: Report): void {
  const { text } = context;
  const said = numberOf(value);
  const whole = (cold.initMs ?? 0) + cold.durationMs;
  const exact = whole / Math.max(warm.durationMs, 0.01);
  const ways = [exact, cold.billedMs / Math.max(warm.billedMs, 1)];
  const low = Math.min(...ways) * 0.9 - 0.1;
  const high = Math.max(...ways) * 1.1 + 0.1;
  if (said !== undefined && said >= low && said <= high) return;
  context.fail({
    ...text.answers.times(shown(value)),
    expected: exact.toFixed(1),
    actual: shown(value),
    evidence: [...lineOf(context, cold), ...lineOf(context, warm)],
  });
}

const lineOf = ({ text }: Context, { line }: Report) => [{ label: text.evidence.report, value: line }];

export const answerChecks = { answers };
