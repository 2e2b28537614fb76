import { callEvidence } from '../../function-call/call.ts';
import { ms, type Context, type LabCheck } from './context.ts';
import { trafficOf, type Observation } from './traffic.ts';

/** A call that initialised its environment, and one that did not; both with their report. */
type Reported = Observation & { readonly report: NonNullable<Observation['report']> };
export const reported = (observations: readonly Observation[]): Reported[] =>
  observations.filter((each): each is Reported => each.report !== undefined);
export const isCold = ({ report }: Reported): boolean => report.initMs !== undefined;

/** How much of the init a warm call may take, and how much of it the handler of a cold one. */
const warmShare = 0.25;
const coldShare = 0.7;

const init: LabCheck = {
  id: 'init',
  title: (text) => text.init.title,
  points: 15,
  needs: ['calls'],
  verifiedOn: ['embedded'],
  requires: ['initDuration'],
  hints: (text) => text.init.hints,
  /*
   * The function's own figures are compared with one another, never with a clock: a slow machine makes all of them
   * longer. The shortest of each kind counts, because other work can only make a call longer.
   */
  async run(context) {
    const { text } = context;
    const { observations, crowd } = trafficOf(context);
    const seen = reported(observations);
    const cold = seen.filter(isCold);
    const warm = seen.filter((each) => !isCold(each));
    const [quickest] = [...warm].sort((a, b) => a.report.durationMs - b.report.durationMs);
    const inits = cold.map(({ report }) => report.initMs ?? 0);
    if (quickest === undefined || inits.length === 0) return context.fail(text.init.unseen);
    const shortest = Math.min(...inits);
    const lines = seen.filter(({ visit }) => visit.visitor !== crowd).map(({ report }) => report.line);
    context.note({ label: text.evidence.reports, value: lines.join('\n') });
    const warmMs = quickest.report.durationMs;
    if (warmMs > shortest * warmShare) {
      context.fail({
        ...text.init.inHandler(ms(warmMs), ms(shortest)),
        expected: text.init.atMost(ms(shortest * warmShare)),
        actual: `${ms(warmMs)} ms`,
        evidence: evidenceOf(context, quickest),
      });
    }
    // Work that waits for the first event is not done before it: provisioned concurrency cannot take it away.
    const shares = cold.map((each) => ({
      each,
      share: each.report.durationMs / (each.report.initMs ?? Infinity),
    }));
    // Neither the best nor the worst: what came between on a busy machine decides nothing.
    shares.sort((a, b) => a.share - b.share);
    const typical = shares[Math.floor((shares.length - 1) / 2)];
    if (typical !== undefined && typical.share > coldShare) {
      const { report } = typical.each;
      context.fail({
        ...text.init.lazy(ms(report.durationMs), ms(report.initMs ?? 0)),
        expected: text.init.atMost(ms((report.initMs ?? 0) * coldShare)),
        actual: `${ms(report.durationMs)} ms`,
        evidence: evidenceOf(context, typical.each),
      });
    }
    return undefined;
  },
};

const evidenceOf = (context: Context, { visit, invoked }: Observation) =>
  callEvidence(context, visit, invoked);

export const initChecks = { init };
