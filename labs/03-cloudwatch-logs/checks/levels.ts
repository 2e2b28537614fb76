import { names } from '../names.ts';
import { trafficOf } from './checkout.ts';
import { shown } from '../../wording/wording.ts';
import { linesEvidence, type Context, type LabCheck } from './context.ts';
import { configurationOf, groupOf } from './function.ts';
import { readGroup } from './group.ts';
import { isDetail, linesOf, type Line } from './line.ts';
import { observedOf, requestLines } from './lines.ts';
import type { Outcome, Sent } from './orders.ts';

/** What the live group has of this run's orders. */
export const liveOf = (context: Context): readonly Line[] => context.from<readonly Line[]>('levels');

const levelOf: Readonly<Record<Outcome, readonly string[]>> = {
  APPROVED: ['INFO'],
  DECLINED: ['WARN', 'WARNING'],
  DECLINED_RETRY: ['WARN', 'WARNING'],
  FAILED: ['ERROR', 'FATAL', 'CRITICAL'],
};

const levels: LabCheck = {
  id: 'levels',
  title: (text) => text.levels.title,
  points: 10,
  needs: ['ready', 'checkout', 'line'],
  verifiedOn: ['embedded'],
  requires: ['logLevels'],
  hints: (text) => text.levels.hints,
  async run(context): Promise<readonly Line[]> {
    checkConfiguration(context);
    checkCode(context);
    return checkLive(context);
  },
  configuration(context) {
    checkConfiguration(context);
    return Promise.resolve();
  },
};

function checkConfiguration(context: Context): void {
  const { text } = context;
  const { LoggingConfig: logging } = configurationOf(context);
  const evidence = [{ label: text.evidence.logging, value: shown(logging) }];
  // Lambda's defaults, where an answer leaves a member out.
  const format = logging?.LogFormat ?? 'Text';
  const level = logging?.ApplicationLogLevel ?? 'INFO';
  context.expect(format, { ...text.levels.format, evidence }).toBe('JSON');
  const hides = ['ERROR', 'FATAL'].includes(level);
  const sentence = hides ? text.levels.hidesWarnings(level) : text.levels.showsTooMuch(level);
  context.expect(level, { ...sentence, evidence }).toBe('WARN');
}

/** On the copy every level shows: is each line at the right one, and is there something for DEBUG to hide? */
function checkCode(context: Context): void {
  const { text } = context;
  const { run, sent, lines } = observedOf(context);
  for (const each of sent) {
    const { order, outcome, invoked } = each;
    const own = requestLines(lines, each, run);
    const evidence = linesEvidence(context, own);
    const [allowed = ''] = levelOf[outcome];
    const said = own[0]?.level ?? '';
    context
      .expect(said, { ...text.levels.other(outcome, said, allowed), evidence })
      .toBeOneOf(levelOf[outcome]);
    const all = linesOf(lines, { orderId: order.orderId, requestId: invoked.requestId }, run);
    if (outcome !== 'FAILED' && !all.some(isDetail))
      context.fail({ ...text.levels.noDebug(outcome), evidence });
  }
}

/** On the student's own function: what is below WARN stays out, and nothing else does. */
async function checkLive(context: Context): Promise<readonly Line[]> {
  const { text } = context;
  const { run, sent, since } = trafficOf(context);
  const [slow] = sent;
  const visible = sent.filter((each) => each.outcome !== 'APPROVED' || each === slow);
  let lines: Line[] = [];
  const hidden = () => visible.find((each) => requestLines(lines, each, run).length === 0);
  await context.until('logs', async () => {
    lines = await readGroup(context, { group: groupOf(context), since });
    return hidden() === undefined ? true : undefined;
  });
  const missed = hidden();
  if (missed !== undefined) {
    const expected = missed === slow ? 'WARN' : (levelOf[missed.outcome][0] ?? '');
    const sentence = missed === slow ? text.levels.slowHidden : text.levels.hidden(missed.outcome);
    context.fail({ ...sentence, expected, evidence: callOf(context, missed) });
  }
  const quiet = lines.filter(
    (line) => line.by === 'function' && line.raw.includes(run) && (isDetail(line) || line.level === 'INFO'),
  );
  if (quiet.length > 0)
    context.fail({
      ...text.levels.shown(context.name(names.function)),
      evidence: linesEvidence(context, quiet.slice(0, 5)),
    });
  return lines;
}

const callOf = ({ text }: Context, { order, invoked }: Sent) => [
  { label: text.evidence.event, value: shown(order) },
  { label: text.evidence.answer, value: invoked.rawPayload },
];

export const levelChecks = { levels };
