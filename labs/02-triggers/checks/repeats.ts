import { functionName } from '../found/function.ts';
import { readable } from '../found/table.ts';
import type { Traffic } from '../traffic/traffic.ts';
import { members } from '../../wording/members.ts';
import { shown } from '../../wording/wording.ts';
import { evidence, type LabCheck } from './context.ts';

const repeats: LabCheck = {
  id: 'repeats',
  title: (text) => text.repeats.title,
  points: 3,
  needs: ['test-orders', 'changes', 'big-orders', 'digest'],
  verifiedOn: ['embedded'],
  hints: (text) => text.repeats.hints,
  async run(context) {
    const text = context.text.repeats;
    for (const one of context.from<Traffic>('test-orders').twice) {
      const name = functionName(context, one.function);
      const seen = [
        ...evidence(context.text.evidence.event, one.event),
        ...evidence(context.text.evidence.rows, one.rows.map(readable)),
        ...(one.invoked.logTail === '' ? [] : evidence(context.text.evidence.call, one.invoked.logTail)),
      ];
      if (one.invoked.functionError !== undefined) {
        const { errorType, errorMessage } = members(one.invoked.payload);
        context.fail({ ...text.threw(name, `${shown(errorType)}: ${shown(errorMessage)}`), evidence: seen });
      }
      if (one.rows.length === 0)
        context.fail({ ...text.none[one.function as 'audit'], expected: '1', evidence: seen });
      if (one.rows.length > 1)
        context.fail({
          ...text.several(name, String(one.rows.length)),
          expected: '1',
          actual: String(one.rows.length),
          evidence: seen,
        });
    }
    return Promise.resolve();
  },
};

export const repeatChecks = { repeats };
