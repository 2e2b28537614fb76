import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { Context } from '../checks/context.ts';
import { bucketName, listKeys } from '../found/bucket.ts';
import { getOrder, itemsWith, type Item } from '../found/table.ts';
import { someId, someOrder, type TestOrder } from './orders.ts';

/** A file that was uploaded, and what became of it. */
export interface Upload {
  readonly key: string;
  readonly order: TestOrder;
  readonly row: Item | undefined;
}

export interface Uploads {
  /** A key with spaces, Hangul and a plus sign. */
  readonly hard: Upload;
  /** A key of plain letters, and an order over 100,000 KRW. */
  readonly big: Upload;
  /** Notices of the big order. */
  readonly notices: readonly Item[];
  /** Not under `orders/`, and not `.json`. */
  readonly others: readonly Upload[];
  /** A file under `orders/` that holds no order. */
  readonly invalid: Upload;
  /** Files that came up under `orders/` meanwhile, and that nobody has uploaded. */
  readonly uninvited: readonly string[];
}

interface Sent {
  readonly before: ReadonlySet<string>;
  readonly hard: Omit<Upload, 'row'>;
  readonly big: Omit<Upload, 'row'>;
  readonly others: readonly Omit<Upload, 'row'>[];
  readonly invalid: Omit<Upload, 'row'>;
}

/** Uploads files, and waits for the orders that should arrive. */
export async function upload(context: Context, wait: { rows: boolean; notice: boolean }): Promise<Sent> {
  const before = await listKeys(context);
  const file = (key: string, over: Partial<TestOrder> = {}) => ({ key, order: someOrder(context, over) });
  const sent = {
    before,
    hard: file(`orders/주문 ${someId(context)} 1+1 (가을).json`),
    big: file(`orders/${someId(context)}.json`, { amount: 250_000 + context.integer(1, 9_999) }),
    others: [file(`drafts/${someId(context)}.json`), file(`orders/${someId(context)}.txt`)],
    invalid: file(`orders/${someId(context)}.json`, { amount: '45000' }),
  };
  const all = [...sent.others, sent.invalid, sent.hard, sent.big];
  for (const { key, order } of all) {
    await context.clients.s3.send(
      new PutObjectCommand({
        Bucket: bucketName(context),
        Key: key,
        Body: JSON.stringify(order),
        ContentType: 'application/json',
      }),
    );
  }
  const { hard, big } = sent;
  if (wait.rows)
    await context.until('effect', async () => {
      const rows = await Promise.all([hard, big].map(({ order }) => getOrder(context, order.orderId)));
      return rows.every((row) => row !== undefined) ? true : undefined;
    });
  if (wait.notice)
    await context.until('effect', async () => {
      const notices = await itemsWith(context, 'notices', [big.order.orderId]);
      return notices.length > 0 ? true : undefined;
    });
  return sent;
}

/** What became of the uploads, once everything has had its time. */
export async function seeUploads(context: Context, sent: Sent, table: boolean): Promise<Uploads> {
  const row = async (one: Omit<Upload, 'row'>): Promise<Upload> => ({
    ...one,
    row: table ? await getOrder(context, one.order.orderId) : undefined,
  });
  const own = new Set([sent.hard, sent.big, sent.invalid, ...sent.others].map(({ key }) => key));
  const now = await listKeys(context);
  return {
    hard: await row(sent.hard),
    big: await row(sent.big),
    notices: await itemsWith(context, 'notices', [sent.big.order.orderId]),
    others: await Promise.all(sent.others.map(row)),
    invalid: await row(sent.invalid),
    uninvited: [...now].filter(
      (key) => key.startsWith('orders/') && key.endsWith('.json') && !own.has(key) && !sent.before.has(key),
    ),
  };
}
