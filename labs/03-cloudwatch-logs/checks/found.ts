import { mayDo } from '../../role-policies/may.ts';
import { trafficOf } from './checkout.ts';
import { linesEvidence, type Context, type LabCheck } from './context.ts';
import { configurationOf, groupOf } from './function.ts';
import { readGroup } from './group.ts';
import { linesOf, type Line } from './line.ts';

const found: LabCheck = {
  id: 'found',
  title: (text) => text.found.title,
  points: 5,
  needs: ['ready', 'checkout'],
  verifiedOn: ['embedded'],
  requires: ['logLevels', 'iamEnforcement'],
  hints: (text) => text.found.hints,
  run: arrives,
  async configuration(context) {
    await expectRights(context);
    await arrives(context);
  },
};

/** That the role lets Lambda write to the group, which a server that asks no role does not show. */
async function expectRights(context: Context): Promise<void> {
  const { text, region, account } = context;
  const { Role: role = '', FunctionArn: arn = '' } = configurationOf(context);
  const group = groupOf(context);
  const partition = arn.split(':')[1] ?? 'aws';
  const stream = `arn:${partition}:logs:${region}:${account}:log-group:${group}:log-stream:2026/01/01/[$LATEST]0`;
  for (const action of ['logs:CreateLogStream', 'logs:PutLogEvents'])
    if (!(await mayDo(context, role, [action], stream)))
      context.fail({ ...text.found.mayNotWrite(group), expected: action, actual: role });
}

async function arrives(context: Context): Promise<void> {
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
}

export const foundChecks = { found };
