import { badToken } from './failures.ts';
import type { LogStream, StreamEvent } from './stream.ts';

/*
 * Event ids and the tokens of GetLogEvents are decimal numbers of 56 digits whose upper bits are the event's
 * timestamp in milliseconds: of AWS's own, `36569393484927409957930658349900755958289816616951021572` divided by
 * 2^144 is 1639828322765. The bits below are ours: the stream's id (64) and the event's position in it, plus one.
 */
const DIGITS = 56;
const TIME_BITS = 144n;
const STREAM_BITS = 64n;
const LOW = (1n << STREAM_BITS) - 1n;

/** Where in a stream a token stands: before or after an event, or between two. */
export interface Mark {
  /** ms since 1970 */
  readonly timestamp: number;
  /** The position of an event plus one; 0 stands before every event of that time. */
  readonly place: number;
}

function number(stream: LogStream, { timestamp, place }: Mark): string {
  const value =
    (BigInt(Math.max(0, timestamp)) << TIME_BITS) |
    (BigInt(`0x${stream.row.id}`) << STREAM_BITS) |
    BigInt(place);
  return value.toString().padStart(DIGITS, '0');
}

export function markOf({ event, position }: StreamEvent): Mark {
  return { timestamp: event.t, place: position + 1 };
}

/** The id of an event: the same at every read, and no other event's. */
export function eventId(stream: LogStream, found: StreamEvent): string {
  return number(stream, markOf(found));
}

/** `f/…/s` reads on after a mark, `b/…/s` reads back from before it. */
export function streamToken(stream: LogStream, direction: 'f' | 'b', mark: Mark): string {
  return `${direction}/${number(stream, mark)}/s`;
}

/** @throws InvalidParameterException for anything but a token of this stream */
export function readStreamToken(
  stream: LogStream,
  token: string,
): { readonly direction: 'f' | 'b'; readonly mark: Mark } {
  const found = /^([fb])\/(\d{56})\/s$/.exec(token);
  if (found?.[2] === undefined) throw badToken();
  const value = BigInt(found[2]);
  const id = (value >> STREAM_BITS) & LOW;
  const timestamp = Number(value >> TIME_BITS);
  if (id !== BigInt(`0x${stream.row.id}`) || !Number.isSafeInteger(timestamp)) throw badToken();
  return { direction: found[1] === 'f' ? 'f' : 'b', mark: { timestamp, place: Number(value & LOW) } };
}

/** Whether an event stands behind a mark. */
export function isAfter(found: StreamEvent, { timestamp, place }: Mark): boolean {
  return found.event.t > timestamp || (found.event.t === timestamp && found.position + 1 > place);
}
