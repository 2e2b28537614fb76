import { randomUUID } from 'node:crypto';
import type { Scope } from '../../../service/call.ts';

/** An event as targets get it; its members in AWS's order. */
export interface BusEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: unknown;
}

/** What an event is made of. Time is ms since 1970. */
export interface EventParts {
  readonly source: string;
  readonly detailType: string;
  readonly detail: unknown;
  readonly resources: readonly string[];
  readonly time: number;
}

export function makeEvent({ account, region }: Scope, parts: EventParts): BusEvent {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': parts.detailType,
    source: parts.source,
    account,
    time: isoSeconds(parts.time),
    region,
    resources: [...parts.resources],
    detail: parts.detail,
  };
}

/** `2026-11-23T10:18:38Z` */
export function isoSeconds(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}
