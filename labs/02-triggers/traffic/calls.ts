import type { Invoked } from '../../../grader/api.ts';
import type { Context } from '../checks/context.ts';
import { functionName } from '../found/function.ts';
import type { FoundRule } from '../found/rule.ts';
import type { FoundSchedule } from '../found/schedule.ts';
import { itemsWith, type Item } from '../found/table.ts';
import { names, type FunctionName, type TableName } from '../names.ts';
import { busEvent, sqsEvent, streamEvent, tickEvent } from './events.ts';
import { someId, someOrder } from './orders.ts';

/** The worker called with three messages of which the second is no order. */
export interface Report {
  readonly event: ReturnType<typeof sqsEvent>;
  readonly invoked: Invoked;
  readonly poisonId: string;
}

export async function askForReport(context: Context, queueArn: string): Promise<Report> {
  const orders = [someOrder(context), someOrder(context, { amount: '백만' }), someOrder(context)];
  const event = sqsEvent(
    context,
    queueArn,
    orders.map((order) => JSON.stringify({ ...order, file: `orders/${order.orderId}.json` })),
  );
  const invoked = await context.invoke(functionName(context, 'worker'), event);
  return { event, invoked, poisonId: event.Records[1]?.messageId ?? '' };
}

/** A function that was called twice with the same event. */
export interface Twice {
  readonly function: FunctionName;
  readonly table: TableName;
  readonly event: unknown;
  readonly invoked: Invoked;
  /** Rows that hold what the event is known by. */
  readonly rows: readonly Item[];
}

/** What the functions are called with: left out where the way in is not there yet, or sends something of its own. */
export interface WaysIn {
  readonly stream: string | undefined;
  readonly rule: FoundRule | undefined;
  readonly schedule: FoundSchedule | undefined;
}

/** Calls each function behind a way in twice with the same event. */
export async function callTwice(context: Context, ways: WaysIn): Promise<readonly Twice[]> {
  const { stream, rule, schedule } = ways;
  const calls: Promise<Twice>[] = [];
  if (stream !== undefined) {
    const orderId = someId(context);
    calls.push(twice(context, 'audit', 'audit', streamEvent(context, stream, orderId), orderId));
  }
  if (rule !== undefined && isPlain(rule)) {
    const order = someOrder(context, { amount: 700_000 });
    const event = busEvent(context, context.name(names.eventSource), names.detailType, order);
    calls.push(twice(context, 'notify', 'notices', event, order.orderId));
  }
  if (schedule !== undefined) {
    const time = oldTime(context);
    calls.push(twice(context, 'digest', 'digests', tickEvent(context, schedule, time), time));
  }
  return Promise.all(calls);
}

/** A target that gets the event as it is; a transformed one only the student knows. */
const isPlain = ({ target }: FoundRule) =>
  target.Input === undefined && target.InputPath === undefined && target.InputTransformer === undefined;

async function twice(
  context: Context,
  name: FunctionName,
  table: TableName,
  event: unknown,
  known: string,
): Promise<Twice> {
  const first = await context.invoke(functionName(context, name), event);
  const second = await context.invoke(functionName(context, name), event);
  const invoked = first.functionError === undefined ? second : first;
  return { function: name, table, event, invoked, rows: await itemsWith(context, table, [known]) };
}

/** Ticks of the grader are in a year in which there was no Lambda, so that they are told from real ones. */
export const graderTime = /1990-01-01T\d\d:\d\d:\d\dZ/;

function oldTime(context: Context): string {
  const part = (max: number) => String(context.integer(0, max)).padStart(2, '0');
  return `1990-01-01T${part(23)}:${part(59)}:${part(59)}Z`;
}
