import { files, names, orders, slowFrom } from '../names.ts';
import { readAnswers } from './answers.ts';
import { linesEvidence, studentFile, type Context, type LabCheck } from './context.ts';
import { groupOf } from './function.ts';
import { readGroup } from './group.ts';
import { isDetail, valueOf, type Line } from './line.ts';
import { orderMaker, send } from './orders.ts';

/*
 * The case. Customers come to the shop, their order ids begin with `case-` and a mark that no other visit has, and
 * one of them waits far longer than the others. Which one is decided by chance and kept nowhere: it is known from
 * the log alone, to the student by the query and to this check by its own rule. So the grader needs no memory and no
 * secret, and the same holds on every target.
 *
 * Customers come with every deployment (the starter's `customers.ts`). Where a student deploys in another way and
 * none have come, or none left a line that can be read, this check lets some in and says so; the student looks and
 * grades again. Every visit is another case with other request ids. The answer to any of them counts, because a
 * deployment between looking and grading must not make a right answer wrong.
 */

/** A customer's request, as its line tells. */
interface Customer {
  readonly line: Line;
  readonly orderId: string;
  readonly requestId: string;
  readonly latencyMs: number;
}

const ofCustomers = new RegExp(`^${orders.ofCustomers}-[a-z0-9]+-`);
/** How many customers the check lets in. */
const visitors = 12;

const solved: LabCheck = {
  id: 'case',
  title: (text) => text.case.title,
  points: 5,
  needs: ['levels', 'query'],
  verifiedOn: ['embedded'],
  hints: (text) => text.case.hints,
  async run(context) {
    const { text } = context;
    const answers = readAnswers(await studentFile(context, files.answers));
    if (answers.kind === 'invalid') return context.fail({ ...text.case.invalid, actual: answers.why });
    // A case can be read where lines of the right form have been seen.
    context.from('line');
    const group = groupOf(context);
    const lines = await readGroup(context, { group });
    const customers = customersIn(lines);
    if (!customers.some(waited)) {
      await letSomeIn(context);
      return context.fail(text.case.opened(visitors, group));
    }
    if (answers.kind === 'empty') return context.fail(text.case.empty);
    const { requestId: given } = answers;
    const chosen = customers.find(({ requestId }) => requestId === given);
    if (chosen !== undefined && waited(chosen)) return undefined;
    const finding = { actual: given };
    if (chosen !== undefined)
      return context.fail({
        ...text.case.other(chosen.latencyMs),
        ...finding,
        evidence: linesEvidence(context, [chosen.line]),
      });
    if (customers.some(({ orderId }) => orderId === given))
      return context.fail({ ...text.case.orderId, ...finding });
    const ofTests = lines.filter(({ by, raw }) => by === 'function' && raw.includes(given));
    const sentence = ofTests.length > 0 ? text.case.notCustomer : text.case.unknown(group);
    return context.fail({ ...sentence, ...finding, evidence: linesEvidence(context, ofTests.slice(0, 1)) });
  },
};

const waited = ({ latencyMs }: Customer): boolean => latencyMs >= slowFrom;

function customersIn(lines: readonly Line[]): Customer[] {
  return lines.flatMap((line) => {
    if (line.by !== 'function' || isDetail(line)) return [];
    const [orderId, requestId, latencyMs] = ['orderId', 'requestId', 'latencyMs'].map((name) =>
      valueOf(line, name),
    );
    const readable =
      typeof orderId === 'string' && typeof requestId === 'string' && typeof latencyMs === 'number';
    return readable && ofCustomers.test(orderId) ? [{ line, orderId, requestId, latencyMs }] : [];
  });
}

/** Lets customers in. None is declined for good, so that the alarm of another check is left alone. */
async function letSomeIn(context: Context): Promise<void> {
  const customers = orderMaker(context, orders.ofCustomers);
  const unlucky = context.integer(0, visitors - 1);
  for (let index = 0; index < visitors; index += 1) {
    const takes = index === unlucky ? slowFrom + context.integer(100, 500) : context.integer(0, 30);
    const outcome = index !== unlucky && context.integer(0, 1) === 0 ? 'DECLINED_RETRY' : 'APPROVED';
    await send(context, context.name(names.function), customers.make(outcome, takes));
  }
}

export const caseChecks = { solved };
