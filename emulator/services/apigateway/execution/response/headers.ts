import type { ApiResponse, Values } from '../exchange.ts';
import type { WireAnswer } from '../../../../wire/wire.ts';

/** Headers of a back end that are the gateway's own to say: they come to the client under another name. */
const REMAPPED_OF_HTTP_PROXY: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'date',
  'server',
  'x-amzn-requestid',
  'x-amz-apigw-id',
]);
const REMAPPED: ReadonlySet<string> = new Set([
  ...REMAPPED_OF_HTTP_PROXY,
  'authorization',
  'content-md5',
  'expect',
  'host',
  'max-forwards',
  'proxy-authenticate',
  'trailer',
  'upgrade',
  'user-agent',
  'www-authenticate',
]);
const DROPPED: ReadonlySet<string> = new Set(['transfer-encoding', 'keep-alive']);

/**
 * The headers of a back end as a client gets them.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
export function remapped(headers: Values, of: 'httpProxy' | 'other'): Record<string, readonly string[]> {
  const renamed = of === 'httpProxy' ? REMAPPED_OF_HTTP_PROXY : REMAPPED;
  const told: Record<string, readonly string[]> = {};
  for (const [name, values] of Object.entries(headers)) {
    const lower = name.toLowerCase();
    if (DROPPED.has(lower)) continue;
    told[renamed.has(lower) ? `x-amzn-Remapped-${name}` : name] = values;
  }
  return told;
}

export const isHeaderName = (name: string): boolean => /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name);

// eslint-disable-next-line no-control-regex -- what no header may hold
export const isHeaderValue = (text: string): boolean => !/[\u0000-\u0008\u000a-\u001f\u007f]/.test(text);

/** What goes onto the wire: text beyond Latin-1 as its UTF-8 bytes. */
function onTheWire(value: string): string {
  // eslint-disable-next-line no-control-regex -- what no header may hold
  const clean = value.replace(/[\u0000-\u0008\u000a-\u001f\u007f]/g, ' ');
  return /[\u0100-\uffff]/.test(clean) ? Buffer.from(clean, 'utf8').toString('latin1') : clean;
}

/** An answer with what every answer of the gateway carries. */
export function answerOf(
  { status, headers, body }: ApiResponse,
  { requestId, extendedRequestId }: { readonly requestId: string; readonly extendedRequestId: string },
): WireAnswer {
  const single: Record<string, string> = {
    'x-amzn-RequestId': requestId,
    'x-amz-apigw-id': extendedRequestId,
  };
  const repeated: Record<string, readonly string[]> = {};
  for (const name in headers) {
    const values = headers[name] ?? [];
    if (!isHeaderName(name)) continue;
    const [only] = values;
    if (values.length === 1 && only !== undefined) single[name] = onTheWire(only);
    else if (values.length > 1) repeated[name] = values.map(onTheWire);
  }
  return { status, headers: single, repeated, body };
}
