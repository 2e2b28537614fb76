import type { WireAnswer } from '../../wire/wire.ts';

/** Status and headers of an answer, its body not yet. */
export type Opening = Pick<WireAnswer, 'status' | 'headers' | 'repeated'>;

/** What follows status and headers in a streamed response: `awslambda.HttpResponseStream`. */
export const integrationType = 'application/vnd.awslambda.http-integration-response';

/**
 * A handler's result as an HTTP answer by the rules of payload format 2.0: an object with a `statusCode` says what
 * the answer is, anything else is the body.
 * @param contentType of an answer that does not say its own
 * @returns undefined for what is no answer: the caller gets 502
 */
export function answerOf(payload: Uint8Array, contentType = 'application/json'): WireAnswer | undefined {
  const result = parsed(payload);
  if (typeof result !== 'object' || result === null || !('statusCode' in result)) {
    const body = typeof result === 'string' ? result : JSON.stringify(result ?? null);
    return { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from(body) };
  }
  const opening = openingOf(result, contentType);
  const { body, isBase64Encoded } = result as { body?: unknown; isBase64Encoded?: unknown };
  if (opening === undefined || (body !== undefined && body !== null && typeof body !== 'string')) {
    return undefined;
  }
  return { ...opening, body: Buffer.from(body ?? '', isBase64Encoded === true ? 'base64' : 'utf8') };
}

/** Status, headers and cookies of a result. Undefined where they are none. */
export function openingOf(result: object, contentType = 'application/json'): Opening | undefined {
  const { statusCode = 200, headers, cookies } = result as Record<string, unknown>;
  const status = Number(statusCode);
  if (!Number.isInteger(status) || status < 200 || status > 599) return undefined;
  const told: Record<string, string> = { 'content-type': contentType };
  for (const [name, value] of Object.entries(headers ?? {})) {
    if (
      !/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) ||
      !['string', 'number', 'boolean'].includes(typeof value)
    ) {
      return undefined;
    }
    const text = String(value);
    // eslint-disable-next-line no-control-regex -- what no header may hold
    if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(text) || /[^\u0000-\u00ff]/.test(text)) return undefined;
    // These are the server's to say.
    if (!/^(?:connection|content-length|transfer-encoding|keep-alive|upgrade|date)$/i.test(name)) {
      told[name.toLowerCase()] = text;
    }
  }
  const list = Array.isArray(cookies) ? cookies.filter((one) => typeof one === 'string') : [];
  return {
    status,
    headers: told,
    ...(list.length === 0
      ? {}
      : { repeated: { 'set-cookie': list.map((one) => one.replace(/[\r\n]/g, '')) } }),
  };
}

/** Finds where status and headers end in the beginning of a streamed response: eight zero bytes follow them. */
export function splitOpening(
  bytes: Uint8Array,
): { readonly opening: Opening | undefined; readonly rest: Uint8Array } | undefined {
  const at = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf(Buffer.alloc(8));
  if (at < 0) return undefined;
  const told = parsed(bytes.subarray(0, at));
  const opening = typeof told === 'object' && told !== null ? openingOf(told) : undefined;
  return { opening, rest: bytes.subarray(at + 8) };
}

function parsed(payload: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(payload).toString());
  } catch {
    return undefined;
  }
}
