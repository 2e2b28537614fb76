import type { WireAnswer } from '../../wire/wire.ts';
import type { RequestHead } from '../http/exchange.ts';

/** An error of the cloud itself, in the form that the request's own shape lets a client read. */
export function plainFailure(
  head: RequestHead,
  status: number,
  code: string,
  message: string,
  requestId: string,
): WireAnswer {
  const ids = { 'x-amzn-requestid': requestId };
  if (head.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true) {
    const type = status >= 500 ? 'Receiver' : 'Sender';
    return text(
      status,
      `<ErrorResponse><Error><Type>${type}</Type><Code>${code}</Code><Message>${escapeXml(message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
      { ...ids, 'content-type': 'text/xml' },
    );
  }
  return text(status, JSON.stringify({ __type: code, message }), {
    ...ids,
    'content-type': 'application/json',
    'x-amzn-errortype': code,
  });
}

/** A plain JSON answer of the cloud itself. */
export function jsonAnswer(status: number, value: unknown, headers: Record<string, string> = {}): WireAnswer {
  return text(status, JSON.stringify(value), { ...headers, 'content-type': 'application/json' });
}

function text(status: number, body: string, headers: Record<string, string>): WireAnswer {
  return { status, headers, body: Buffer.from(body, 'utf8') };
}
function escapeXml(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
