import { TestMetricFilterCommand } from '@aws-sdk/client-cloudwatch-logs';
import { files } from '../names.ts';
import { trafficOf } from './checkout.ts';
import { isNamed } from '../../aws-errors/named.ts';
import { linesEvidence, studentFile, type Context, type LabCheck } from './context.ts';
import { groupOf } from './function.ts';
import { readGroup } from './group.ts';
import { isDetail, linesOf, valueOf, type Line } from './line.ts';
import { liveOf } from './levels.ts';
import { observedOf } from './lines.ts';

/** What `TestMetricFilter` takes at a time. */
const most = 50;

/** Lines of every kind that the student's own function writes: the fixture for patterns. */
const fixtureOf = (context: Context): readonly Line[] =>
  observedOf(context)
    .lines.filter((line) => !isDetail(line))
    .slice(0, most);

/** The grader's own rule: the bank declined for good. */
const isDeclined = (line: Line): boolean => line.by === 'function' && valueOf(line, 'outcome') === 'DECLINED';

/**
 * Ends the check where a filter pattern matches other lines of the fixture than those of declined payments.
 * @param where what the pattern belongs to, as the sentences call it
 */
export async function checkPattern(context: Context, pattern: string, where: string): Promise<void> {
  const { pattern: text } = context.text;
  const fixture = fixtureOf(context);
  const shownPattern = { label: context.text.evidence.pattern, value: pattern };
  if (pattern === '') context.fail(text.empty(where));
  const matched = await matches(context, pattern, fixture).catch((error: unknown) => {
    if (!isNamed(error, 'InvalidParameterException')) throw error;
    return context.fail({ ...text.invalid(where, error.message), actual: pattern });
  });
  const wrong = fixture.filter((line) => matched.has(line) && !isDeclined(line));
  const missed = fixture.filter((line) => !matched.has(line) && isDeclined(line));
  const count = fixture.filter(isDeclined).length;
  const finding = { expected: String(count), actual: String(matched.size) };
  const evidence = (lines: readonly Line[]) => [shownPattern, ...linesEvidence(context, lines.slice(0, 3))];
  if (missed.length > 0) context.fail({ ...text.misses(where), ...finding, evidence: evidence(missed) });
  const retried = wrong.filter((line) => valueOf(line, 'outcome') === 'DECLINED_RETRY');
  if (retried.length > 0) context.fail({ ...text.retried(where), ...finding, evidence: evidence(retried) });
  const named = wrong.filter(({ raw }) => raw.includes('DECLINED'));
  if (named.length > 0) context.fail({ ...text.anywhere(where), ...finding, evidence: evidence(named) });
  if (wrong.length > 0) context.fail({ ...text.others(where), ...finding, evidence: evidence(wrong) });
}

async function matches(
  context: Context,
  filterPattern: string,
  lines: readonly Line[],
): Promise<ReadonlySet<Line>> {
  const { matches: found = [] } = await context.clients.logs.send(
    new TestMetricFilterCommand({ filterPattern, logEventMessages: lines.map(({ raw }) => raw) }),
  );
  // Events are counted from 1.
  return new Set(found.flatMap(({ eventNumber = 0 }) => lines[eventNumber - 1] ?? []));
}

const pattern: LabCheck = {
  id: 'pattern',
  title: (text) => text.pattern.title,
  points: 10,
  needs: ['levels'],
  verifiedOn: ['embedded'],
  requires: ['filterPatterns'],
  hints: (text) => text.pattern.hints,
  async run(context) {
    const { text } = context;
    const filterPattern = (await studentFile(context, files.pattern)).trim();
    await checkPattern(context, filterPattern, `\`${files.pattern}\``);
    // The same over what the student's own function has logged in this run.
    const { run, sent, since } = trafficOf(context);
    const group = groupOf(context);
    const wanted = sent.filter(({ outcome }) => outcome === 'DECLINED');
    let found: Line[] = [];
    const without = () =>
      wanted.filter(
        ({ order: { orderId }, invoked: { requestId } }) =>
          linesOf(found, { orderId, requestId }, run).length === 0,
      );
    await context.until('logs', async () => {
      found = await readGroup(context, { group, since, pattern: filterPattern });
      return without().length === 0 ? true : undefined;
    });
    const finding = {
      expected: String(wanted.length),
      evidence: [{ label: text.evidence.pattern, value: filterPattern }],
    };
    if (without().length > 0)
      context.fail({
        ...text.pattern.liveMisses(group),
        ...finding,
        actual: String(wanted.length - without().length),
      });
    const others = found.filter((line) => line.raw.includes(run) && !isDeclined(line));
    if (others.length > 0)
      context.fail({
        ...text.pattern.liveOthers(group),
        ...finding,
        actual: String(wanted.length + others.length),
        evidence: linesEvidence(context, others.slice(0, 3)),
      });
  },
};

/** Lines of declined payments in the live group, of this run. */
export const declinedLive = (context: Context): readonly Line[] => {
  const { run } = trafficOf(context);
  return liveOf(context).filter((line) => line.raw.includes(run) && isDeclined(line));
};

export const patternChecks = { pattern };
