import type { ApiResponse } from '../../exchange.ts';
import { isHeaderName, isHeaderValue } from '../../response/headers.ts';

/** All that a function's result may hold. */
const MEMBERS: ReadonlySet<string> = new Set([
  'statusCode',
  'headers',
  'multiValueHeaders',
  'body',
  'isBase64Encoded',
]);

/**
 * A function's result as an HTTP answer.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-output-format
 * Recorded: test_aws_proxy_response_payload_format_validation.
 * @param binary whether the client takes bytes: without it, what the function says to be base64 stays base64
 * @returns undefined for what is no answer
 */
export function responseOf(payload: Uint8Array, binary: boolean): ApiResponse | undefined {
  const result = parsed(payload);
  if (typeof result !== 'object' || result === null || Array.isArray(result)) return undefined;
  const names = Object.keys(result);
  if (names.length === 0 || names.some((name) => !MEMBERS.has(name))) return undefined;
  const { statusCode, headers, multiValueHeaders, body, isBase64Encoded } = result as Result;
  const status = statusOf(statusCode);
  const told = headersOf(headers, multiValueHeaders);
  const text = body === undefined || body === null ? '' : scalar(body);
  if (status === undefined || told === undefined || text === undefined) return undefined;
  if (!Object.keys(told).some((name) => name.toLowerCase() === 'content-type'))
    told['Content-Type'] = ['application/json'];
  const isBase64 = binary && (isBase64Encoded === true || isBase64Encoded === 'true');
  return { status, headers: told, body: Buffer.from(text, isBase64 ? 'base64' : 'utf8') };
}

interface Result {
  readonly statusCode?: unknown;
  readonly headers?: unknown;
  readonly multiValueHeaders?: unknown;
  readonly body?: unknown;
  readonly isBase64Encoded?: unknown;
}

function statusOf(value: unknown): number | undefined {
  if (value === undefined || value === null) return 200;
  const given = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value;
  return typeof given === 'number' && Number.isInteger(given) && given >= 200 && given <= 599
    ? given
    : undefined;
}

/** Values of both kinds under one name: those of the list first (recorded). */
function headersOf(single: unknown, multi: unknown): Record<string, readonly string[]> | undefined {
  const told: Record<string, readonly string[]> = {};
  for (const [name, value] of entriesOf(single) ?? [['', '']]) {
    if (value === null) continue;
    const text = scalar(value);
    if (!isHeaderName(name) || text === undefined || !isHeaderValue(text)) return undefined;
    told[name] = [text];
  }
  for (const [name, values] of entriesOf(multi) ?? [['', '']]) {
    if (values === null) continue;
    if (!Array.isArray(values) || !isHeaderName(name)) return undefined;
    const texts = values.map(scalar);
    if (!texts.every((text) => text !== undefined && isHeaderValue(text))) return undefined;
    const same = Object.keys(told).find((other) => other.toLowerCase() === name.toLowerCase()) ?? name;
    const before = (told[same] ?? []).filter((value) => !texts.includes(value));
    told[same] = [...texts.filter((text) => text !== undefined), ...before];
  }
  return told;
}

/** The entries of an object; none where there is none. `undefined` for what is no object. */
function entriesOf(value: unknown): readonly (readonly [string, unknown])[] | undefined {
  if (value === undefined || value === null) return [];
  if (typeof value !== 'object' || Array.isArray(value)) return undefined;
  return Object.entries(value);
}

function scalar(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

function parsed(payload: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(payload.buffer, payload.byteOffset, payload.length).toString('utf8'));
  } catch {
    return undefined;
  }
}
