import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { isReport, type Context } from '../checks/context.ts';
import { bucketName, findNotifications, listKeys } from '../found/bucket.ts';
import { findFunction, findMappings, functionArn } from '../found/function.ts';
import { findQueue, type Queue } from '../found/queue.ts';
import { findRules } from '../found/rule.ts';
import { findSchedules, minutesOf } from '../found/schedule.ts';
import { findTable, itemsWith, removeItems } from '../found/table.ts';
import { names, type TableName } from '../names.ts';
import { seeFive, sendFive, type Again, type Five } from './batch.ts';
import { askForReport, callTwice, graderTime, type Report, type Twice, type WaysIn } from './calls.ts';
import { makeChanges, type Changes } from './changes.ts';
import { removeLetters } from './dead-letters.ts';
import { marked } from './orders.ts';
import { place, seePlaced, type Placed } from './placed.ts';
import { awaitTick, type Ticks } from './ticks.ts';
import { seeUploads, upload, type Uploads } from './uploads.ts';

/** What the grader's own orders have led to. A part whose way in is not there yet is left out. */
export interface Traffic {
  readonly uploads: Uploads | undefined;
  readonly report: Report | undefined;
  readonly five: Five | undefined;
  readonly again: Again | undefined;
  readonly changes: Changes | undefined;
  readonly placed: readonly Placed[] | undefined;
  readonly twice: readonly Twice[];
  readonly ticks: Ticks | undefined;
}

interface Place extends WaysIn {
  readonly bucket: boolean;
  readonly notified: boolean;
  readonly orders: boolean;
  readonly worker: boolean;
  /** The queue, where a mapping feeds the worker from it. */
  readonly queue: Queue | undefined;
  readonly polled: boolean;
  /** Whether Lambda reads which messages failed. */
  readonly reported: boolean;
  readonly deadLetters: Queue | undefined;
  readonly audit: boolean;
}

/**
 * Sends the grader's orders by every way in that is there, and looks at what comes of it: all at once, except for
 * what needs time to pass. Removes everything that it has sent and that came of it.
 */
export async function runTraffic(context: Context): Promise<Traffic> {
  const found = await survey(context);
  const { queue, schedule } = found;
  try {
    const [sent, five, report, changes, placed, repeated] = await Promise.all([
      found.bucket
        ? upload(context, {
            rows: found.notified && found.polled,
            notice: found.notified && found.polled && found.rule !== undefined,
          })
        : undefined,
      queue !== undefined && found.polled && found.orders ? sendFive(context, queue) : undefined,
      found.worker && queue !== undefined ? askForReport(context, queue.arn) : undefined,
      found.audit && found.orders ? makeChanges(context) : undefined,
      found.rule === undefined ? undefined : place(context),
      callTwice(context, found),
    ]);
    const seen =
      queue &&
      five &&
      (await seeFive(context, queue, found.deadLetters, five, found.reported && isReported(report)));
    const uploads = sent && (await seeUploads(context, sent, found.orders));
    const seenPlaced = placed && (await seePlaced(context, placed));
    const ticks = schedule && (await awaitTick(context, schedule));
    return {
      uploads,
      report,
      five: seen,
      again: five?.again,
      changes,
      placed: seenPlaced,
      twice: repeated,
      ticks,
    };
  } finally {
    await tidy(context, found);
  }
}

async function survey(context: Context): Promise<Place> {
  const [notifications, queue, deadLetters, orders, worker, audit, notify, digest] = await Promise.all([
    findNotifications(context),
    findQueue(context, context.name(names.queue)),
    findQueue(context, context.name(names.deadLetters)),
    findTable(context, 'orders'),
    findFunction(context, 'worker'),
    findFunction(context, 'audit'),
    findFunction(context, 'notify'),
    findFunction(context, 'digest'),
  ]);
  const [workerMappings, auditMappings, rules, schedules] = await Promise.all([
    worker === undefined ? [] : findMappings(context, 'worker'),
    audit === undefined ? [] : findMappings(context, 'audit'),
    notify === undefined ? [] : findRules(context, functionArn(notify)),
    digest === undefined ? [] : findSchedules(context, functionArn(digest)),
  ]);
  const stream = orders?.LatestStreamArn;
  const feeds = (arn: string | undefined) => (mapping: { EventSourceArn?: string; State?: string }) =>
    mapping.EventSourceArn === arn && mapping.State === 'Enabled';
  const fed = queue && workerMappings.find(feeds(queue.arn));
  const audited = auditMappings.some(feeds(stream));
  return {
    bucket: notifications !== undefined,
    notified: (notifications ?? []).length > 0,
    orders: orders !== undefined,
    worker: worker !== undefined,
    queue,
    polled: fed !== undefined,
    reported: fed?.FunctionResponseTypes?.includes('ReportBatchItemFailures') === true,
    deadLetters: queue?.redrive === undefined ? undefined : deadLetters,
    audit: audited,
    stream: audited ? stream : undefined,
    rule: rules.find(({ rule }) => rule.EventPattern !== undefined && rule.State !== 'DISABLED'),
    schedule: schedules.find(
      ({ enabled, expression }) => enabled && (minutesOf(expression) ?? Infinity) <= maximumMinutes,
    ),
  };
}

/** Whether the worker has named the message that is no order: otherwise nothing will come into the dead-letter queue. */
const isReported = (report: Report | undefined): boolean =>
  report !== undefined &&
  isReport(report.invoked.payload) &&
  report.invoked.payload.batchItemFailures.some(({ itemIdentifier }) => itemIdentifier === report.poisonId);

/** Between two ticks: a grading run waits for one of them. */
export const maximumMinutes = 5;

/** With a time of its own: what the grader has sent has to go even where the check itself was stopped, and one by one. */
const tidySeconds = 180;

async function tidy(context: Context, found: Place): Promise<void> {
  const signal = AbortSignal.timeout(tidySeconds * 1000);
  try {
    await removeAll(context, found, signal);
  } catch (error) {
    // A loop makes files faster than they can be removed. It is the loop that the student must hear of.
    if (!signal.aborted) throw error;
  }
}

async function removeAll(context: Context, found: Place, signal: AbortSignal): Promise<void> {
  if (found.bucket) {
    for (const key of await listKeys(context))
      if (marked.test(key))
        await context.clients.s3.send(new DeleteObjectCommand({ Bucket: bucketName(context), Key: key }), {
          abortSignal: signal,
        });
  }
  if (found.deadLetters !== undefined) await removeLetters(context, found.deadLetters, signal);
  if (found.audit && found.orders) await audited(context);
  const tables: readonly TableName[] = ['orders', 'notices', 'audit'];
  for (const table of tables) await removeItems(context, table, marked, signal);
  await removeItems(context, 'digests', graderTime, signal);
}

/** The rows about the grader's orders come by themselves: those that are still on their way would stay behind. */
async function audited(context: Context): Promise<void> {
  const idOf = (json: string) => marked.exec(json)?.[0] ?? '';
  const orders = (await itemsWith(context, 'orders', marked)).map((item) =>
    idOf(JSON.stringify(item.orderId)),
  );
  await context.until('logs', async () => {
    const rows = await itemsWith(context, 'audit', marked);
    const known = new Set(rows.map((item) => idOf(JSON.stringify(item))));
    return orders.every((id) => known.has(id)) ? true : undefined;
  });
}
