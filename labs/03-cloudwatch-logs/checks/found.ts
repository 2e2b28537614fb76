import { trafficOf } from './checkout.ts';
import { linesEvidence, type LabCheck } from './context.ts';
import { groupOf } from './function.ts';
import { readGroup } from './group.ts';
import { linesOf, type Line } from './line.ts';

const found: LabCheck = {
  id: 'found',
  title: (text) => text.found.title,
  points: 5,
  needs: ['ready', 'checkout'],
  verifiedOn: ['embedded'],
  hints: (text) => text.found.hints,
  async run(context) {
    const { text } = context;
    const { run, sent, since } = trafficOf(context);
    const group = groupOf(context);
    const last = sent.at(-1);
    let lines: Line[] = [];
    const named = () => lines.filter(({ by, raw }) => by === 'function' && raw.includes(run));
    // The last order was declined, which every level up to WARN shows.
    await context.until('logs', async () => {
      lines = await readGroup(context, { group, since });
      return named().some(({ raw }) => raw.includes(last?.order.orderId ?? run)) ? true : undefined;
    });
    if (named().length > 0) return;
    const byRequest = sent.flatMap(({ order: { orderId }, invoked: { requestId } }) =>
      linesOf(lines, { orderId, requestId }, run).filter(({ errorReport }) => !errorReport),
    );
    const sentence =
      lines.length === 0
        ? text.found.empty(group)
        : byRequest.length > 0
          ? text.found.noOrder(group)
          : text.found.onlyPlatform(group);
    context.fail({
      ...sentence,
      expected: last?.order.orderId ?? run,
      evidence: linesEvidence(context, (byRequest.length > 0 ? byRequest : lines).slice(-10)),
    });
  },
};

export const foundChecks = { found };
