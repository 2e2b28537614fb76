import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetScheduleCommand } from '@aws-sdk/client-scheduler';
import { DescribeRuleCommand, ListTargetsByRuleCommand } from '@aws-sdk/client-eventbridge';
import type { HttpAnswer } from '../../../grader/api.ts';
import { expectStatus, whenSettled } from '../../rest-api/gateway-answer.ts';
import { members } from '../../wording/members.ts';
import { addressIn } from '../found/address.ts';
import { refusalIn } from '../found/log-lines.ts';
import { ofType, type FoundStack } from '../found/stack.ts';
import type { Context, LabCheck } from './context.ts';
import { scheduleTypes } from './desk.ts';

const orders: LabCheck = {
  id: 'orders',
  title: (text) => text.orders.title,
  points: 10,
  needs: ['desk'],
  verifiedOn: ['embedded'],
  requires: ['stackHttpApis'],
  hints: (text) => text.orders.hints,
  async run(context): Promise<FoundStack> {
    const stack = context.from<FoundStack>('desk');
    const since = Date.now() - 1000;
    const base = addressIn(context, stack, 'OrdersUrl');
    const id = await placed(context, stack, base, since);
    try {
      if ((await packedInTime(context, base, id)) === undefined)
        await failUnpacked(context, stack, id, since);
    } finally {
      await forget(context, stack, id);
    }
    return stack;
  },
};

/** Places an order. @returns its id */
export async function placed(
  context: Context,
  stack: FoundStack,
  base: string,
  since: number,
): Promise<string> {
  const item = context.nonce('item');
  const answer = await whenSettled(context, () =>
    context.http(base, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ item }),
    }),
  );
  if (answer.status >= 500) await failBroken(context, stack, answer, since);
  expectStatus(context, 'POST /orders', answer, 202);
  const { id, item: said } = members(answer.json);
  if (typeof id !== 'string' || said !== item)
    return context.fail({ ...context.text.orders.noId, actual: answer.text, evidence: answer.evidence });
  return id;
}

/** Waits until the API says that the worker has packed it. */
export const packedInTime = (context: Context, base: string, id: string): Promise<true | undefined> =>
  context.until('effect', async () => {
    const answer = await context.http(`${base}/${id}`);
    return members(answer.json).status === 'packed' ? true : undefined;
  });

async function failBroken(
  context: Context,
  stack: FoundStack,
  answer: HttpAnswer,
  since: number,
): Promise<void> {
  const line = await refusalIn(context, stack, since);
  if (line === undefined) return;
  context.fail({
    ...context.text.orders.notAllowed,
    evidence: [...answer.evidence, { label: context.text.evidence.logLine, value: line }],
  });
}

async function failUnpacked(context: Context, stack: FoundStack, id: string, since: number): Promise<never> {
  const line = await refusalIn(context, stack, since);
  const { orders: text, evidence } = context.text;
  return context.fail({
    ...(line === undefined ? text.notPacked(id) : text.workerNotAllowed),
    expected: 'packed',
    actual: 'placed',
    evidence: line === undefined ? [] : [{ label: evidence.logLine, value: line }],
  });
}

const tableOf = (stack: FoundStack): string => ofType(stack, 'AWS::DynamoDB::Table')[0]?.physicalId ?? '';
const forget = ({ clients }: Context, stack: FoundStack, id: string) =>
  clients.dynamodb.send(new DeleteItemCommand({ TableName: tableOf(stack), Key: { id: { S: id } } }));

const sweep: LabCheck = {
  id: 'sweep',
  title: (text) => text.sweep.title,
  points: 5,
  needs: ['orders'],
  verifiedOn: ['embedded'],
  hints: (text) => text.sweep.hints,
  async run(context) {
    const stack = context.from<FoundStack>('orders');
    const { sweep: text } = context.text;
    const schedule = await scheduled(context, stack);
    if (!schedule.enabled) context.fail({ ...text.disabled, expected: 'ENABLED' });
    // An order that nobody has packed for a day, in no queue: only the sweep can find it.
    const id = context.nonce('left');
    await context.clients.dynamodb.send(
      new PutItemCommand({
        TableName: tableOf(stack),
        Item: {
          id: { S: id },
          item: { S: id },
          status: { S: 'placed' },
          placedAt: { S: new Date(Date.now() - 86_400_000).toISOString() },
        },
      }),
    );
    try {
      const called = await context.invoke(schedule.target, schedule.input);
      if (called.functionError !== undefined)
        context.fail({
          ...text.failed,
          evidence: [{ label: context.text.evidence.answer, value: called.rawPayload }],
        });
      const base = addressIn(context, stack, 'OrdersUrl');
      if ((await packedInTime(context, base, id)) === undefined)
        context.fail({ ...text.left, expected: 'packed', actual: called.rawPayload });
    } finally {
      await forget(context, stack, id);
    }
  },
};

interface Scheduled {
  readonly enabled: boolean;
  /** The function that it calls. */
  readonly target: string;
  readonly input: unknown;
}

/** What the stack's schedule calls, by either of the two services that have schedules. */
async function scheduled(context: Context, stack: FoundStack): Promise<Scheduled> {
  const [found] = ofType(stack, ...scheduleTypes);
  const { scheduler, events } = context.clients;
  if (found?.type === 'AWS::Scheduler::Schedule') {
    const { State, Target } = await scheduler.send(new GetScheduleCommand({ Name: found.physicalId }));
    return { enabled: State !== 'DISABLED', target: Target?.Arn ?? '', input: inputOf(Target?.Input) };
  }
  const Name = found?.physicalId;
  const { State } = await events.send(new DescribeRuleCommand({ Name }));
  const { Targets: [target] = [] } = await events.send(new ListTargetsByRuleCommand({ Rule: Name }));
  return { enabled: State === 'ENABLED', target: target?.Arn ?? '', input: inputOf(target?.Input) };
}

function inputOf(said: string | undefined): unknown {
  try {
    return JSON.parse(said ?? '{}') as unknown;
  } catch {
    return {};
  }
}

export const orderChecks = { orders, sweep };
