import { plain, readable } from '../found/table.ts';
import { members } from '../../wording/members.ts';
import { shown } from '../../wording/wording.ts';
import { evidence, isReport, type LabCheck } from './context.ts';
import { errorLines } from './log-lines.ts';
import { observed } from './traffic.ts';

const report: LabCheck = {
  id: 'batch-report',
  title: (text) => text.batchReport.title,
  points: 5,
  needs: ['test-orders', 'worker-mapping'],
  verifiedOn: ['embedded'],
  hints: (text) => text.batchReport.hints,
  async run(context) {
    const text = context.text.batchReport;
    const { event, invoked, poisonId } = observed(context, 'report');
    const seen = [
      ...evidence(
        context.text.evidence.event,
        event.Records.map(({ messageId, body }) => ({ messageId, body })),
      ),
      ...evidence(context.text.evidence.answer, invoked.rawPayload),
      ...(invoked.logTail === '' ? [] : evidence(context.text.evidence.call, invoked.logTail)),
    ];
    const expected = shown({ batchItemFailures: [{ itemIdentifier: poisonId }] });
    const finding = { expected, actual: invoked.rawPayload, evidence: seen };
    if (invoked.functionError !== undefined) {
      const { errorType, errorMessage } = members(invoked.payload);
      return context.fail({ ...text.threw(String(errorType), String(errorMessage)), ...finding });
    }
    if (!isReport(invoked.payload)) return context.fail({ ...text.noReport, ...finding });
    const failed = invoked.payload.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
    const good = event.Records.map(({ messageId }) => messageId).filter((id) => id !== poisonId);
    if (!failed.includes(poisonId) && failed.length === 0) context.fail({ ...text.silent, ...finding });
    if (failed.some((id) => good.includes(id))) context.fail({ ...text.tooMany, ...finding });
    if (failed.length !== 1 || failed[0] !== poisonId) context.fail({ ...text.otherId, ...finding });
    return Promise.resolve();
  },
};

const poison: LabCheck = {
  id: 'poison',
  title: (text) => text.poison.title,
  points: 6,
  needs: ['batch-report'],
  verifiedOn: ['embedded'],
  hints: (text) => text.poison.hints,
  async run(context) {
    const text = context.text.poison;
    const { good, poison: bad, poisonRow, letters } = observed(context, 'five');
    const seen = [
      ...evidence(context.text.evidence.sent, [...good.map(({ order }) => order), bad]),
      ...evidence(context.text.evidence.letters, letters.join('\n') || '—'),
    ];
    const rows = good.filter(({ row }) => row !== undefined);
    if (rows.length < good.length)
      context.fail({
        ...text.lost(String(rows.length)),
        expected: String(good.length),
        actual: String(rows.length),
        evidence: [...seen, ...(await errorLines(context, 'worker'))],
      });
    if (poisonRow !== undefined)
      context.fail({
        ...text.kept,
        evidence: [...seen, ...evidence(context.text.evidence.row, readable(poisonRow))],
      });
    const buried = letters.filter((body) => !body.includes(bad.orderId));
    if (buried.length > 0) context.fail({ ...text.buried(String(buried.length)), evidence: seen });
    if (!letters.some((body) => body.includes(bad.orderId)))
      context.fail({ ...text.notBuried, evidence: seen });
  },
};

const idempotent: LabCheck = {
  id: 'idempotent',
  title: (text) => text.idempotent.title,
  points: 6,
  needs: ['batch-report'],
  verifiedOn: ['embedded'],
  hints: (text) => text.idempotent.hints,
  async run(context) {
    const text = context.text.idempotent;
    const again = context.from<{ readonly again?: unknown }>('test-orders').again;
    if (again === undefined)
      return context.fail({ ...text.never, evidence: await errorLines(context, 'worker') });
    const { before, rows, event, invoked } = observed(context, 'again');
    const seen = [
      ...evidence(context.text.evidence.event, event),
      ...evidence(context.text.evidence.before, readable(before)),
      ...evidence(context.text.evidence.after, rows.map(readable)),
      ...(invoked.logTail === '' ? [] : evidence(context.text.evidence.call, invoked.logTail)),
    ];
    if (rows.length !== 1) context.fail({ ...text.rows(String(rows.length)), expected: '1', evidence: seen });
    const status = plain(rows[0]?.status);
    context.expect(status, { ...text.reset(shown(status)), evidence: seen }).toBe('paid');
    const amount = plain(rows[0]?.amount);
    context.expect(amount, { ...text.changed, evidence: seen }).toBe(plain(before.amount));
    const failed =
      invoked.functionError !== undefined ||
      (isReport(invoked.payload) && invoked.payload.batchItemFailures.length > 0);
    if (failed)
      context.fail({
        ...text.refused,
        expected: '{"batchItemFailures":[]}',
        actual: invoked.rawPayload,
        evidence: seen,
      });
    return undefined;
  },
};

export const batchChecks = { report, poison, idempotent };
