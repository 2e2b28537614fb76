import { splitHeader } from '@smithy/core/serde';
import type { Member, Shape, TimestampFormat } from '../schema/shape.ts';
import type { Parameters } from '../route/query.ts';
import { parseParameters } from '../route/query.ts';
import type { WireRequest } from '../wire.ts';
import { clientRecord } from './record.ts';
import { readText } from './scalar.ts';
import { Unreadable, wrongType } from './unreadable.ts';

/** Where the members of a REST input or output stand. */
export interface Bindings {
  readonly labels: readonly Member[];
  readonly queries: readonly (readonly [Member, name: string])[];
  readonly headers: readonly (readonly [Member, name: string])[];
  readonly prefixes: readonly (readonly [Member, prefix: string])[];
  readonly queryParams: Member | undefined;
  readonly status: Member | undefined;
  readonly payload: Member | undefined;
  readonly body: readonly Member[];
}

/** @param direction path and query exist in requests only, so there an output's members stay in the body */
export function bindingsOf(members: readonly Member[], direction: 'input' | 'output'): Bindings {
  const input = direction === 'input';
  const isLabel = (member: Member) => input && member.traits.httpLabel === 1;
  const queryOf = (member: Member) => (input ? member.traits.httpQuery : undefined);
  const isRest = (member: Member) => input && member.traits.httpQueryParams === 1;
  const isStatus = (member: Member) => !input && member.traits.httpResponseCode === 1;
  const named = (of: (member: Member) => string | undefined) =>
    members.flatMap((member) => {
      const name = of(member);
      return name === undefined ? [] : [[member, name] as const];
    });
  const bound = (member: Member) =>
    isLabel(member) ||
    queryOf(member) !== undefined ||
    isRest(member) ||
    isStatus(member) ||
    member.traits.httpHeader !== undefined ||
    member.traits.httpPrefixHeaders !== undefined ||
    member.traits.httpPayload === 1;
  return {
    labels: members.filter(isLabel),
    queries: named(queryOf),
    headers: named((member) => member.traits.httpHeader?.toLowerCase()),
    prefixes: named((member) => member.traits.httpPrefixHeaders?.toLowerCase()),
    queryParams: members.find(isRest),
    status: members.find(isStatus),
    payload: members.find((member) => member.traits.httpPayload === 1),
    body: members.filter((member) => !bound(member)),
  };
}

/** Reads everything of a REST request but its body. */
export function readBound(
  request: WireRequest,
  bindings: Bindings,
  labels: Readonly<Record<string, string>>,
  literals: readonly string[],
): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const member of bindings.labels) {
    const raw = labels[member.name];
    if (raw !== undefined) out[member.name] = readText(member.shape, decodePath(raw), 'date-time');
  }
  if (bindings.queries.length > 0 || bindings.queryParams !== undefined)
    readQuery(out, bindings, decodeQuery(request.query), literals);
  for (const [member, name] of bindings.headers) {
    const value = request.headers[name];
    if (value !== undefined) out[member.name] = readHeader(member, headerText(value), name);
  }
  for (const [member, prefix] of bindings.prefixes) {
    const record = clientRecord<string>();
    for (const [name, value] of Object.entries(request.headers))
      if (name.startsWith(prefix)) record[name.slice(prefix.length)] = headerText(value);
    if (Object.keys(record).length > 0) out[member.name] = record;
  }
  return out;
}

function readQuery(
  out: Record<string, unknown>,
  { queries, queryParams }: Bindings,
  query: Parameters,
  literals: readonly string[],
): void {
  for (const [member, name] of queries) {
    const values = query.get(name);
    if (values !== undefined) out[member.name] = readValues(member.shape, values, 'date-time', name);
  }
  if (queryParams?.shape.kind !== 'map') return;
  const taken = new Set([...literals, ...queries.map(([, name]) => name)]);
  const record = clientRecord();
  for (const [name, values] of query)
    if (!taken.has(name)) record[name] = readValues(queryParams.shape.value.shape, values, 'date-time', name);
  if (Object.keys(record).length > 0) out[queryParams.name] = record;
}

function readHeader(member: Member, text: string, name: string): unknown {
  const { shape } = member;
  if (shape.kind === 'string' && member.traits.mediaType !== undefined)
    return Buffer.from(text, 'base64').toString('utf8');
  if (shape.kind !== 'list') return readValues(shape, [text], 'http-date', name);
  return readValues(shape, headerItems(shape.member.shape, text), 'http-date', name);
}

/** HTTP dates have a comma of their own. */
function headerItems(item: Shape, text: string): string[] {
  if (item.kind !== 'timestamp' || (item.format ?? 'http-date') !== 'http-date') return splitHeader(text);
  return text.match(/[^,]+,[^,]+/g)?.map((date) => date.trim()) ?? [text];
}

function readValues(
  shape: Shape,
  values: readonly string[],
  timestamps: TimestampFormat,
  name: string,
): unknown {
  try {
    if (shape.kind === 'list') return values.map((value) => readText(shape.member.shape, value, timestamps));
    return readText(shape, values[0] ?? '', timestamps);
  } catch (error) {
    throw new Unreadable(error instanceof Error ? error.message : '', name);
  }
}

/** Node hands headers over as Latin-1; clients that send more send UTF-8. */
export function headerText(value: string): string {
  if (!/[\u0080-\u00ff]/.test(value)) return value;
  const text = Buffer.from(value, 'latin1').toString('utf8');
  return text.includes('\ufffd') ? value : text;
}

function decodePath(raw: string): string {
  try {
    return decodeURIComponent(raw);
  } catch {
    throw wrongType(raw, 'a String');
  }
}

function decodeQuery(query: string): Parameters {
  try {
    return parseParameters(query);
  } catch {
    throw wrongType(query, 'a String');
  }
}
