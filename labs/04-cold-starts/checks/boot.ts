import { callEvidence } from '../../function-call/call.ts';
import { shown } from '../../wording/wording.ts';
import type { Context, LabCheck } from './context.ts';
import { isCold, reported } from './init.ts';
import { lostOf, trafficOf, type Observation } from './traffic.ts';

const boot: LabCheck = {
  id: 'boot',
  title: (text) => text.boot.title,
  points: 10,
  needs: ['calls'],
  verifiedOn: ['embedded'],
  requires: ['initDuration'],
  hints: (text) => text.boot.hints,
  /*
   * Lambda says itself when an environment is new: the report of its first call has an Init Duration. The copy was
   * made for these calls, so every environment that answers without one has answered before.
   */
  async run(context) {
    const { text } = context;
    const { observations } = trafficOf(context);
    for (const observation of observations) {
      const { bootId } = observation.answer;
      if (typeof bootId === 'string' && bootId.trim() !== '') continue;
      const sentence = bootId === undefined ? text.boot.missing : text.boot.notText;
      context.fail({ ...sentence, actual: shown(bootId), evidence: evidenceOf(context, observation) });
    }
    const seen = reported(observations);
    const known = new Map<unknown, Observation>();
    for (const observation of seen.filter(isCold)) {
      const { bootId } = observation.answer;
      const earlier = known.get(bootId);
      known.set(bootId, observation);
      if (earlier === undefined) continue;
      const id = shown(bootId);
      const sentence =
        earlier.turn === observation.turn
          ? text.boot.sameAtOnce(id)
          : earlier.generation === observation.generation
            ? text.boot.same(id)
            : text.boot.sameAfterUpdate(id);
      context.fail({ ...sentence, evidence: evidenceOf(context, observation) });
    }
    const strangers = new Set<unknown>();
    for (const observation of seen) {
      const { bootId } = observation.answer;
      if (known.has(bootId)) continue;
      strangers.add(bootId);
      // The first call of an environment may be one whose answer nobody got.
      if (strangers.size <= lostOf(observations.filter(({ turn }) => turn <= observation.turn))) continue;
      const earlier = seen.find(({ turn }) => turn === observation.turn - 1)?.answer.bootId;
      context.fail({
        ...text.boot.perCall(shown(bootId)),
        ...(earlier === undefined ? {} : { expected: shown(earlier) }),
        actual: shown(bootId),
        evidence: evidenceOf(context, observation),
      });
    }
    return Promise.resolve();
  },
};

const cold: LabCheck = {
  id: 'cold',
  title: (text) => text.cold.title,
  points: 5,
  needs: ['boot'],
  verifiedOn: ['embedded'],
  requires: ['initDuration'],
  hints: (text) => text.cold.hints,
  async run(context) {
    const { text } = context;
    const seen = reported(trafficOf(context).observations);
    const missing = seen.find(
      ({ answer }) => typeof answer.cold !== 'boolean' || typeof answer.invocation !== 'number',
    );
    if (missing !== undefined) {
      const { cold: said, invocation } = missing.answer;
      context.fail({
        ...text.cold.missing,
        expected: '{ …, invocation: 1, cold: true }',
        actual: shown({ invocation, cold: said }),
        evidence: evidenceOf(context, missing),
      });
    }
    for (const observation of seen) {
      const first = isCold(observation);
      if (observation.answer.cold === first) continue;
      context.fail({
        ...(first ? text.cold.notSaid : text.cold.saidWrongly),
        expected: `cold: ${first}`,
        actual: `cold: ${shown(observation.answer.cold)}`,
        evidence: evidenceOf(context, observation),
      });
    }
    const last = new Map<unknown, number>();
    // Calls whose answer nobody got took a number, too.
    let spare = lostOf(trafficOf(context).observations);
    for (const observation of asServed(seen)) {
      const { bootId, invocation } = observation.answer;
      const expected = (last.get(bootId) ?? 0) + 1;
      const left = Number(invocation) - expected;
      last.set(bootId, Number(invocation));
      if (Number.isInteger(left) && left >= 0 && left <= spare) {
        spare -= left;
        continue;
      }
      context.fail({
        ...text.cold.number(expected, shown(invocation)),
        expected: String(expected),
        actual: shown(invocation),
        evidence: evidenceOf(context, observation),
      });
    }
    return Promise.resolve();
  },
};

/**
 * In the order in which an environment has served them. Of calls made at once nobody knows which came first: one that
 * Lambda throttled, and that the SDK sent again, may find the environment of another.
 */
const asServed = (seen: readonly Observation[]): readonly Observation[] =>
  [...seen].sort((a, b) => a.turn - b.turn || Number(a.answer.invocation) - Number(b.answer.invocation));

const evidenceOf = (context: Context, { visit, invoked }: Observation) =>
  callEvidence(context, visit, invoked);

export const bootChecks = { boot, cold };
