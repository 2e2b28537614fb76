import { corsHeaders, type Cors } from '../../../../gateway/cors.ts';
import type { WireAnswer } from '../../../../wire/wire.ts';
import { isHeaderName } from '../../../apigateway/execution/response/headers.ts';
import type { HttpFailure } from '../failure.ts';
import type { HttpResponse } from '../passage.ts';

/** What a client gets of a failure. */
export function failed({ status, message, headers }: HttpFailure): HttpResponse {
  const own = Object.entries(headers).map(([name, value]): [string, string[]] => [name, [value]]);
  return {
    status,
    headers: { 'content-type': ['application/json'], ...Object.fromEntries(own) },
    body: Buffer.from(JSON.stringify({ message })),
  };
}

/**
 * What goes onto the wire: with the request's id, and with the API's CORS headers in place of the back end's.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 */
export function answerOf(
  { status, headers, body }: HttpResponse,
  requestId: string,
  { cors, origin }: { readonly cors?: Cors | undefined; readonly origin?: string | undefined } = {},
): WireAnswer {
  const single: Record<string, string> = {};
  const repeated: Record<string, readonly string[]> = {};
  const preflight = status === 204 && headers['access-control-allow-methods'] !== undefined;
  for (const [name, values] of Object.entries(headers)) {
    if (!isHeaderName(name)) continue;
    if (cors !== undefined && !preflight && name.startsWith('access-control-')) continue;
    const [only] = values;
    if (values.length === 1 && only !== undefined) single[name] = onTheWire(only);
    else if (values.length > 1) repeated[name] = values.map(onTheWire);
  }
  const own = preflight ? {} : corsHeaders(cors, origin);
  return { status, headers: { ...single, 'apigw-requestid': requestId, ...own }, repeated, body };
}

/* Text beyond Latin-1 as its UTF-8 bytes. */
function onTheWire(value: string): string {
  // eslint-disable-next-line no-control-regex -- what no header may hold
  const clean = value.replace(/[\u0000-\u0008\u000a-\u001f\u007f]/g, ' ');
  return /[\u0100-\uffff]/.test(clean) ? Buffer.from(clean, 'utf8').toString('latin1') : clean;
}
