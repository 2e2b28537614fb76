import { request as plain, type IncomingMessage } from 'node:http';
import { request as secure } from 'node:https';
import type { HttpAnswer, HttpRequest } from '../api.ts';
import type { EngineText } from '../text.ts';

/** A gateway gives its back end 29 seconds; what takes longer is not waited for. */
const patienceMs = 35_000;
/** More than a gateway ever answers. */
const mostBytes = 12 * 1024 * 1024;
/** How much of a body is shown as evidence. */
const shownCharacters = 2000;

/**
 * Sends one request and reads the whole answer. Redirects are not followed, and every header is there as it came:
 * `fetch` joins several values of a header into one. Every status is an answer; no answer in time is an error.
 */
export async function http(
  text: EngineText['http'],
  url: string,
  { method = 'GET', headers = {}, body }: HttpRequest,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
  const { response, bytes } = await exchange(url, { method, headers, body }, limit);
  const status = response.statusCode ?? 0;
  const told = response.headersDistinct;
  const answer = Buffer.from(bytes).toString('utf8');
  const lines = Object.entries(told).flatMap(([name, values = []]) =>
    values.map((value) => `${name}: ${value}`),
  );
  const sent = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return {
    status,
    header: (name) => told[name.toLowerCase()]?.join(', '),
    headerValues: (name) => told[name.toLowerCase()] ?? [],
    bytes,
    text: answer,
    json: parsed(answer),
    evidence: [
      { label: text.request, value: [`${method} ${url}`, ...sent].join('\n') },
      {
        label: text.answer,
        value: [String(status), ...lines, '', answer.slice(0, shownCharacters)].join('\n'),
      },
    ],
  };
}

function exchange(
  url: string,
  { method, headers, body }: HttpRequest,
  signal: AbortSignal,
): Promise<{ response: IncomingMessage; bytes: Uint8Array }> {
  const request = url.startsWith('https:') ? secure : plain;
  return new Promise((resolve, reject) => {
    // A connection of its own, so that nothing stays open when the check has ended.
    const sending = request(url, { method, headers, signal, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size > mostBytes) response.destroy(new Error(`${url} answered more than ${mostBytes} bytes.`));
      });
      response.once('error', reject);
      response.once('end', () => {
        resolve({ response, bytes: Buffer.concat(chunks) });
      });
    });
    sending.once('error', reject);
    sending.end(body);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
