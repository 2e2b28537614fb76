import { observeCopy, type Observed } from './copy.ts';
import { listed, shown } from '../../wording/wording.ts';
import { linesEvidence, type Context, type LabCheck } from './context.ts';
import { holdsObject, isDetail, linesOf, valueOf, type Line } from './line.ts';
import type { Sent } from './orders.ts';

/** What the copy of the student's function has logged. */
export const observedOf = (context: Context): Observed => context.from<Observed>('line');

/** The one line that a request is to have: what is above DEBUG, and not the runtime's own report of an error. */
export const requestLines = (lines: readonly Line[], { order, invoked }: Sent, run: string): Line[] =>
  linesOf(lines, { orderId: order.orderId, requestId: invoked.requestId }, run).filter(
    (line) => !isDetail(line) && !line.errorReport,
  );

const wanted = ['level', 'requestId', 'orderId', 'outcome', 'latencyMs'] as const;

const line: LabCheck = {
  id: 'line',
  title: (text) => text.line.title,
  points: 15,
  needs: ['found'],
  verifiedOn: ['embedded'],
  requires: ['jsonLogs'],
  hints: (text) => text.line.hints,
  async run(context): Promise<Observed> {
    const observed = await observeCopy(context);
    const earlier = new Set<string>();
    for (const sent of observed.sent) {
      checkRequest(context, observed, sent, earlier);
      earlier.add(sent.invoked.requestId);
    }
    return observed;
  },
};

function checkRequest(
  context: Context,
  { lines, run }: Observed,
  sent: Sent,
  earlier: ReadonlySet<string>,
): void {
  const { line: text } = context.text;
  const { order, outcome, invoked } = sent;
  const own = requestLines(lines, sent, run);
  const evidence = linesEvidence(context, own);
  const form = '{ level, requestId, orderId, outcome, latencyMs }';
  const [first] = own;
  if (first === undefined) return context.fail({ ...text.none(outcome), expected: form });
  for (const each of own) {
    const said = each.json?.message;
    if (each.json !== undefined && typeof said !== 'string') continue;
    const content = typeof said === 'string' ? said : each.raw;
    // A text beside the members, as logging libraries have it, is no fault.
    if (each.json !== undefined && valueOf(each, 'orderId') !== undefined) continue;
    const sentence = holdsObject(content)
      ? text.twice
      : content.trimEnd().includes('\n')
        ? text.lineBreaks
        : text.text;
    context.fail({ ...sentence, expected: form, actual: content, evidence });
  }
  if (own.length > 1)
    context.fail({ ...text.several(own.length), expected: '1', actual: String(own.length), evidence });
  const missing = wanted.filter((name) => valueOf(first, name) === undefined);
  if (missing.length > 0)
    context.fail({ ...text.missing(listed(context.text, missing)), expected: form, evidence });
  const requestId = valueOf(first, 'requestId');
  if (requestId !== invoked.requestId) {
    const kept = typeof requestId === 'string' && earlier.has(requestId);
    context.fail({
      ...(kept ? text.keptId : text.otherId),
      expected: invoked.requestId,
      actual: shown(requestId),
      evidence,
    });
  }
  context.expect(valueOf(first, 'orderId'), { ...text.otherOrder, evidence }).toBe(order.orderId);
  context.expect(valueOf(first, 'outcome'), { ...text.otherOutcome(outcome), evidence }).toBe(outcome);
  checkLatency(context, sent, first);
}

/** Timers may ring a little early, and clocks are read before and after the call. ms */
const tolerance = 5;

function checkLatency(context: Context, { bankMs, wallMs }: Sent, line: Line): void {
  const { text } = context;
  const latency = valueOf(line, 'latencyMs');
  const evidence = linesEvidence(context, [line]);
  const [least, most] = [Math.max(0, bankMs - tolerance), Math.ceil(wallMs) + tolerance];
  const expected = `${least} … ${most}`;
  if (typeof latency !== 'number')
    context.fail({ ...text.line.latencyKind(shown(latency)), expected, actual: shown(latency), evidence });
  if (latency < least || latency > most)
    context.fail({
      ...text.line.latency(shown(latency), bankMs),
      expected,
      actual: shown(latency),
      evidence,
    });
}

const card: LabCheck = {
  id: 'card',
  title: (text) => text.card.title,
  points: 10,
  needs: ['line'],
  verifiedOn: ['embedded'],
  hints: (text) => text.card.hints,
  async run(context) {
    const { text } = context;
    const { sent, lines } = observedOf(context);
    for (const line of lines.filter(({ by }) => by === 'function')) {
      const evidence = linesEvidence(context, [line]);
      // With spaces or dashes it is the same number.
      const digits = line.raw.replaceAll(/(?<=\d)[ -](?=\d)/g, '');
      const number = sent.some(({ order }) => digits.includes(order.card.number));
      if (number) context.fail({ ...(line.errorReport ? text.card.inError : text.card.number), evidence });
      const holder = sent.some(({ order }) => line.raw.includes(order.card.holder));
      if (holder) context.fail({ ...text.card.holder, evidence });
    }
    return Promise.resolve();
  },
};

export const lineChecks = { line, card };
