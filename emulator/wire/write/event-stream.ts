import { EventStreamCodec } from '@smithy/core/event-streams';
import { fromUtf8, toUtf8 } from '@smithy/core/serde';
import type { MessageHeaders } from '@smithy/types';
import { ServiceFailure } from '../../service/failure.ts';
import type { Member, StructureShape } from '../schema/shape.ts';
import { bytesOf, dateOf } from './scalar.ts';

export const eventStreamType = 'application/vnd.amazon.eventstream';

/** How a protocol writes the body of an event. */
export interface EventBody {
  readonly type: string;
  write(members: readonly Member[], value: unknown): Uint8Array;
}

const codec = new EventStreamCodec(toUtf8, fromUtf8);

/**
 * The bytes of an event stream. https://smithy.io/2.0/aws/amazon-eventstream.html
 *
 * @param initial the members of the output beside the stream: RPC protocols have no headers for them, so they go
 *   first, as the event `initial-response`. Undefined for REST protocols.
 */
export async function* writeEvents(
  union: StructureShape,
  events: AsyncIterable<unknown>,
  body: EventBody,
  initial: { members: readonly Member[]; value: unknown } | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (initial !== undefined)
    yield message(
      { ':event-type': 'initial-response' },
      body.type,
      body.write(initial.members, initial.value),
    );
  try {
    for await (const event of events) yield writeEvent(union, event, body);
  } catch (error) {
    yield writeFailure(union, error, body);
  }
}

function writeEvent(union: StructureShape, event: unknown, body: EventBody): Uint8Array {
  const source = event as Readonly<Record<string, unknown>>;
  const member = union.members.find(({ name }) => source[name] !== undefined);
  if (member === undefined)
    throw new TypeError(`An operation sent an event that ${union.name} does not have.`);
  const members = member.shape.kind === 'structure' ? member.shape.members : [];
  const value = source[member.name] as Readonly<Record<string, unknown>>;
  const headers: MessageHeaders = {};
  for (const header of members.filter(({ traits }) => traits.eventHeader)) {
    const given = value[header.name];
    if (given !== undefined && given !== null) headers[header.name] = headerOf(header, given);
  }
  const kind: Record<string, string> = isError(member)
    ? { ':message-type': 'exception', ':exception-type': member.name }
    : { ':event-type': member.name };
  const payload = members.find(({ traits }) => traits.eventPayload);
  if (payload?.shape.kind === 'blob')
    return message(kind, 'application/octet-stream', bytesOf(value[payload.name]), headers);
  if (payload?.shape.kind === 'string')
    return message(kind, 'text/plain', bytesOf(value[payload.name]), headers);
  const [inside, inner] =
    payload?.shape.kind === 'structure'
      ? [payload.shape.members, value[payload.name]]
      : [members.filter(({ traits }) => !traits.eventHeader), value];
  return message(kind, body.type, body.write(inside, inner), headers);
}

/** What an operation throws after its stream has begun can no longer change the status: it is the last message. */
function writeFailure(union: StructureShape, error: unknown, body: EventBody): Uint8Array {
  if (!(error instanceof ServiceFailure)) return unmodelled('InternalFailure', 'Internal failure');
  const member = union.members.find((one) => one.shape.kind === 'structure' && one.shape.name === error.code);
  if (member === undefined) return unmodelled(error.code, error.message);
  return writeEvent(union, { [member.name]: { ...error.members, message: error.message } }, body);
}

function unmodelled(code: string, text: string): Uint8Array {
  const kind = { ':message-type': 'error', ':error-code': code, ':error-message': text };
  return message(kind, undefined, new Uint8Array());
}

function message(
  kind: Readonly<Record<string, string>>,
  type: string | undefined,
  body: Uint8Array,
  more: MessageHeaders = {},
): Uint8Array {
  const headers: MessageHeaders = { ':message-type': { type: 'string', value: 'event' } };
  for (const [name, value] of Object.entries(kind)) headers[name] = { type: 'string', value };
  if (type !== undefined) headers[':content-type'] = { type: 'string', value: type };
  return codec.encode({ headers: { ...headers, ...more }, body });
}

function headerOf(member: Member, value: unknown): MessageHeaders[string] {
  switch (member.shape.kind) {
    case 'boolean':
      return { type: 'boolean', value: Boolean(value) };
    case 'number':
      return { type: 'integer', value: Number(value) };
    case 'timestamp':
      return { type: 'timestamp', value: dateOf(value) };
    case 'blob':
      return { type: 'binary', value: bytesOf(value) };
    default:
      return { type: 'string', value: String(value) };
  }
}

function isError(member: Member): boolean {
  return member.shape.kind === 'structure' && member.shape.error;
}
