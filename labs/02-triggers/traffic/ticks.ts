import type { Context } from '../checks/context.ts';
import { minutesOf, type FoundSchedule } from '../found/schedule.ts';
import { allItems, itemsWith, type Item } from '../found/table.ts';
import { marked } from './orders.ts';

/** What a tick of the schedule has made. */
export interface Ticks {
  readonly digests: readonly Item[];
  /** Orders of the grader that were in the table before. */
  readonly ordersBefore: number;
}

const keyOf = (item: Item) => JSON.stringify(item.at ?? item);

/** Lets the time to the next tick pass, and waits for what comes of it. */
export async function awaitTick(context: Context, schedule: FoundSchedule): Promise<Ticks> {
  const before = new Set((await allItems(context, 'digests')).map(keyOf));
  const ordersBefore = (await itemsWith(context, 'orders', marked)).length;
  await context.pass(((minutesOf(schedule.expression) ?? 5) + schedule.windowMinutes) * 60);
  let digests: readonly Item[] = [];
  await context.until('schedule', async () => {
    digests = (await allItems(context, 'digests')).filter((item) => !before.has(keyOf(item)));
    return digests.length > 0 ? true : undefined;
  });
  return { digests, ordersBefore };
}
