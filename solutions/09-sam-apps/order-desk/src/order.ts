/** An order on its way. This file knows nothing of AWS. */
export interface Order {
  readonly id: string;
  readonly item: string;
  readonly status: 'placed' | 'packed';
  /** ISO 8601. */
  readonly placedAt: string;
}

/** What a client sent is no order; the message says why, to the client. */
export class BadOrder extends Error {
  override readonly name = 'BadOrder';
}

/** @returns the item that is ordered. @throws BadOrder */
export function readItem(body: string | undefined): string {
  let value: unknown;
  try {
    value = JSON.parse(body ?? '');
  } catch {
    throw new BadOrder('the body is no JSON');
  }
  const item = typeof value === 'object' && value !== null && 'item' in value ? value.item : undefined;
  if (typeof item !== 'string' || item.trim() === '') throw new BadOrder('an item is needed');
  return item;
}

/** Whether it was left lying: placed so long ago that it should have been packed. */
export const isLate = ({ status, placedAt }: Order, now: number, afterMinutes: number): boolean =>
  status === 'placed' && now - Date.parse(placedAt) >= afterMinutes * 60_000;
