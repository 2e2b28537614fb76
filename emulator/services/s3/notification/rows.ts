import type { ObjectEvent } from './record.ts';

/** Where an event goes. */
export type Destination =
  | { readonly kind: 'function' | 'queue' | 'topic'; readonly arn: string; readonly configurationId: string }
  /** The account's own bus. */
  | { readonly kind: 'bus' };

/** An event on its way to one destination: kept with the write that brought it about, until it was handed over. */
export interface DeliveryRow {
  readonly id: string;
  readonly to: Destination;
  readonly event: ObjectEvent;
  /** The call in the trail that brought it about. */
  readonly cause?: string;
  /** `X-Amzn-Trace-Id` of that call: a function that writes to its own bucket is known by it. */
  readonly traceHeader?: string;
  readonly attempts: number;
  /** ms since 1970, cloud time. */
  readonly dueAt: number;
}
