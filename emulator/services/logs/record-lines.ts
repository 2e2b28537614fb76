import type { Scope } from '../../service/call.ts';
import type { Trail, TrailId } from '../../trail/trail.ts';
import type { StoredEvent } from './rows.ts';
import type { LogStream } from './stream.ts';

/** The trail is short: one batch must not push everything else out of it. */
const LINES = 50;
const LENGTH = 2_000;

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
/** How Lambda's lines name the invocation they belong to: platform text, application text, JSON. */
const REQUEST = new RegExp(`RequestId: (${UUID})|^\\S{1,40}\\t(${UUID})\\t|"requestId":\\s?"(${UUID})"`);

/** Puts log lines on the trail, under what caused them. */
export function recordLines(
  trail: Trail,
  scope: Scope,
  { row }: LogStream,
  events: readonly StoredEvent[],
  cause?: TrailId,
): void {
  for (const { m } of events.slice(0, LINES)) {
    const message = m.slice(0, LENGTH);
    const found = REQUEST.exec(message);
    const requestId = found?.[1] ?? found?.[2] ?? found?.[3];
    const facts = { group: row.group, stream: row.name, message };
    trail.record(scope, 'log.line', requestId === undefined ? facts : { ...facts, requestId }, cause);
  }
}
