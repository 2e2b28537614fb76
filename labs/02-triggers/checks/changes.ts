import { plain, readable, type Item } from '../found/table.ts';
import type { Change } from '../traffic/changes.ts';
import { listed, shown } from '../../wording/wording.ts';
import { evidence, type LabCheck } from './context.ts';
import { eventNames, passes } from './event-filter.ts';
import { errorLines } from './log-lines.ts';
import type { AuditMapping } from './stream.ts';
import { essence } from './queue.ts';
import { observed } from './traffic.ts';

const wanted: readonly string[] = ['INSERT', 'MODIFY'];

const filter: LabCheck = {
  id: 'filter',
  title: (text) => text.filter.title,
  points: 4,
  needs: ['stream', 'test-orders'],
  verifiedOn: ['embedded'],
  hints: (text) => text.filter.hints,
  async run(context) {
    const text = context.text.filter;
    const { mapping } = context.from<AuditMapping>('stream');
    const patterns = (mapping.FilterCriteria?.Filters ?? []).map(({ Pattern = '{}' }) => Pattern);
    const seen = evidence('GetEventSourceMapping', essence(mapping));
    if (patterns.length === 0) context.fail({ ...text.none, evidence: seen });
    const answers = new Map(eventNames.map((name) => [name, passes(patterns, name)]));
    const kept = wanted.filter((name) => answers.get(name as 'INSERT') === false);
    if (kept.length > 0)
      context.fail({
        ...text.drops(listed(context.text, kept)),
        expected: wanted.join(', '),
        actual: patterns.join('\n'),
        evidence: seen,
      });
    const { rows } = observed(context, 'changes');
    const removed = rows.filter((row) => plain(row.change) === 'REMOVE');
    if (answers.get('REMOVE') === true || removed.length > 0)
      context.fail({
        ...text.passesRemove,
        expected: wanted.join(', '),
        actual: patterns.join('\n'),
        evidence: [
          ...seen,
          ...(removed.length > 0 ? evidence(context.text.evidence.rows, removed.map(readable)) : []),
        ],
      });
    return Promise.resolve();
  },
};

const changes: LabCheck = {
  id: 'changes',
  title: (text) => text.changes.title,
  points: 5,
  needs: ['stream', 'filter', 'test-orders'],
  verifiedOn: ['embedded'],
  hints: (text) => text.changes.hints,
  async run(context) {
    const text = context.text.changes;
    const { made, rows } = observed(context, 'changes');
    const expected = made.filter(({ name }) => wanted.includes(name));
    const names = expected.map(({ name }) => name);
    const seen = [
      ...evidence(context.text.evidence.made, made),
      ...evidence(context.text.evidence.rows, rows.map(readable)),
    ];
    if (rows.length === 0)
      return context.fail({ ...text.nothing, evidence: [...seen, ...(await errorLines(context, 'audit'))] });
    const unnamed = rows.find((row) => plain(row.change) === undefined);
    if (unnamed !== undefined)
      context.fail({ ...text.unnamed(listed(context.text, Object.keys(unnamed))), evidence: seen });
    const actual = rows.map((row) => String(plain(row.change)));
    const finding = { expected: names.join(' → '), actual: actual.join(' → '), evidence: seen };
    const numbers = rows.map((row) => plain(row.sequence));
    if (numbers.some((one) => one === undefined)) context.fail({ ...text.noSequence, ...finding });
    if (rows.length < expected.length) context.fail({ ...text.missing(String(rows.length)), ...finding });
    if (rows.length > expected.length) context.fail({ ...text.more(String(rows.length)), ...finding });
    if (actual.some((name, index) => name !== names[index])) context.fail({ ...text.order, ...finding });
    rows.forEach((row, index) => {
      const change = expected[index];
      if (change !== undefined && !tells(row, change))
        context.fail({
          ...text.images(change.name),
          expected: shown(change),
          actual: shown(readable(row)),
          evidence: seen,
        });
    });
    return undefined;
  },
};

/** Whether a row holds what an item was before and after. How it is written down is the student's choice. */
function tells(row: Item, { before, after }: Change): boolean {
  const says = (value: Item[string] | undefined, status: string | undefined, other: string | undefined) => {
    const json = value === undefined ? '' : JSON.stringify(value);
    if (status === undefined) return other === undefined || !json.includes(other);
    return json.includes(status);
  };
  return says(row.before, before, after) && says(row.after, after, before);
}

export const changeChecks = { filter, changes };
