import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { Context } from '../checks/context.ts';
import { itemsWith, type Item } from '../found/table.ts';
import { names } from '../names.ts';
import { someOrder, type TestOrder } from './orders.ts';

/** Why an event that was sent should reach `notify`, or should not. */
export type Kind = 'over' | 'exactly' | 'under' | 'currency' | 'detailType' | 'source';

export interface Placed {
  readonly kind: Kind;
  readonly event: { readonly source: string; readonly detailType: string; readonly detail: TestOrder };
  readonly notices: readonly Item[];
}

type Sent = Omit<Placed, 'notices'>;

/** Puts events on the bus, and waits for the notice of the one that is big enough. */
export async function place(context: Context): Promise<readonly Sent[]> {
  const source = context.name(names.eventSource);
  const { detailType } = names;
  const big = 500_000 + context.integer(1, 99_999);
  const sent: readonly Sent[] = [
    { kind: 'exactly', event: { source, detailType, detail: someOrder(context, { amount: 100_000 }) } },
    { kind: 'under', event: { source, detailType, detail: someOrder(context, { amount: 99_999 }) } },
    {
      kind: 'currency',
      event: { source, detailType, detail: someOrder(context, { amount: big, currency: 'USD' }) },
    },
    {
      kind: 'detailType',
      event: { source, detailType: 'OrderCancelled', detail: someOrder(context, { amount: big }) },
    },
    {
      kind: 'source',
      event: { source: `${source}.other`, detailType, detail: someOrder(context, { amount: big }) },
    },
    { kind: 'over', event: { source, detailType, detail: someOrder(context, { amount: 100_001 }) } },
  ];
  const { FailedEntryCount, Entries } = await context.clients.events.send(
    new PutEventsCommand({
      Entries: sent.map(({ event }) => ({
        Source: event.source,
        DetailType: event.detailType,
        Detail: JSON.stringify(event.detail),
      })),
    }),
  );
  if (FailedEntryCount !== 0)
    throw new Error(`PutEvents: ${Entries?.find(({ ErrorMessage }) => ErrorMessage)?.ErrorMessage ?? ''}`);
  const over = sent.find(({ kind }) => kind === 'over');
  await context.until('effect', async () => {
    const notices = await itemsWith(context, 'notices', [over?.event.detail.orderId ?? '']);
    return notices.length > 0 ? true : undefined;
  });
  return sent;
}

export const seePlaced = (context: Context, sent: readonly Sent[]): Promise<readonly Placed[]> =>
  Promise.all(
    sent.map(async (one) => ({
      ...one,
      notices: await itemsWith(context, 'notices', [one.event.detail.orderId]),
    })),
  );
