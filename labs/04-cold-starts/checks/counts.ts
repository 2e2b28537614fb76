import { names } from '../names.ts';
import { callEvidence } from '../../function-call/call.ts';
import { listed, shown } from '../../wording/wording.ts';
import type { LabCheck } from './context.ts';
import { lostOf, trafficOf } from './traffic.ts';

const counts: LabCheck = {
  id: 'counts',
  title: (text) => text.counts.title,
  points: 10,
  needs: ['calls'],
  verifiedOn: ['embedded'],
  hints: (text) => text.counts.hints,
  async run(context) {
    const { text } = context;
    const { observations, stored, regular } = trafficOf(context);
    const table = context.name(names.table);
    const own = observations.filter(({ visit }) => visit.visitor === regular);
    own.forEach(({ visit, invoked, answer, generation }, index) => {
      const expected = index + 1;
      const most = expected + lostOf(own.slice(0, expected));
      const before = Number(own[index - 1]?.answer.visits ?? 0);
      const visits = Number(answer.visits);
      if (Number.isInteger(visits) && visits > before && visits >= expected && visits <= most) return;
      const evidence = callEvidence(context, visit, invoked);
      const finding = { expected: span(expected, most), actual: shown(answer.visits), evidence };
      const restarted = generation === 1 && Number(answer.visits) < expected;
      const sentence = restarted
        ? text.counts.forgot(index, shown(answer.visits))
        : text.counts.wrong(expected, shown(answer.visits));
      context.fail({ ...sentence, ...finding });
    });
    const found = stored.get(regular) ?? { is: 'no item' };
    const most = own.length + lostOf(own);
    const expected = `{ "visitor": { "S": "${regular}" }, "visits": { "N": "${span(own.length, most)}" } }`;
    switch (found.is) {
      case 'no table':
        return context.fail({ ...text.counts.noTable(table), expected: table, actual: found.reason });
      case 'no item':
        return context.fail({ ...text.counts.noItem(table), expected });
      case 'no count':
        return context.fail({ ...text.counts.noCount(table), expected, actual: found.item });
      case 'counted':
        if (found.visits < own.length || found.visits > most)
          context.fail({ ...text.counts.differs(own.length, found.visits), expected, actual: found.item });
        return undefined;
    }
  },
};

const atOnce: LabCheck = {
  id: 'at-once',
  title: (text) => text.atOnce.title,
  points: 10,
  needs: ['counts'],
  verifiedOn: ['embedded'],
  hints: (text) => text.atOnce.hints,
  async run(context) {
    const { text } = context;
    const { observations, stored, crowd } = trafficOf(context);
    const own = observations.filter(({ visit }) => visit.visitor === crowd);
    const numbers = own.map(({ answer }) => answer.visits);
    const found = stored.get(crowd);
    const total = found?.is === 'counted' ? found.visits : 0;
    const evidence = [
      { label: text.evidence.numbers, value: numbers.map(shown).join(', ') },
      { label: text.evidence.item, value: found !== undefined && 'item' in found ? found.item : '–' },
    ];
    const most = own.length + lostOf(own);
    if (total < own.length || total > most) {
      context.fail({
        ...text.atOnce.lost(own.length, total),
        expected: span(own.length, most),
        actual: String(total),
        evidence,
      });
    }
    const twice = numbers.filter((number, index) => numbers.indexOf(number) !== index);
    if (twice.length > 0) context.fail({ ...text.atOnce.twice(listed(text, twice.map(shown))), evidence });
  },
};

/** What a number may be. */
const span = (least: number, most: number): string => (least === most ? String(least) : `${least} … ${most}`);

export const countChecks = { counts, atOnce };
