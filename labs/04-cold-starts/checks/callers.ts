import { callEvidence } from '../../function-call/call.ts';
import { shown } from '../../wording/wording.ts';
import type { LabCheck } from './context.ts';
import { marks, trafficOf } from './traffic.ts';

const callers: LabCheck = {
  id: 'callers',
  title: (text) => text.callers.title,
  points: 5,
  needs: ['calls'],
  verifiedOn: ['embedded'],
  hints: (text) => text.callers.hints,
  async run(context) {
    const { text } = context;
    for (const { visit, invoked } of trafficOf(context).observations) {
      const own: readonly (string | undefined)[] = [visit.visitor, visit.note];
      const foreign = invoked.rawPayload.match(marks)?.find((mark) => !own.includes(mark));
      if (foreign === undefined) continue;
      context.fail({
        ...text.callers.kept(shown(foreign)),
        actual: invoked.rawPayload,
        evidence: callEvidence(context, visit, invoked),
      });
    }
    return Promise.resolve();
  },
};

export const callerChecks = { callers };
