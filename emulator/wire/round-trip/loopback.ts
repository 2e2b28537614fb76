import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ServiceWire, WireAnswer, WireRequest } from '../wire.ts';

export interface Loopback {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  /** The requests that came in, as the wire layer got them. */
  readonly requests: WireRequest[];
  close(): Promise<void>;
}

/** What a test wants done with an operation: its output, or something thrown. */
export type Operate = (operation: string, input: Readonly<Record<string, unknown>>) => unknown;

export const requestId = 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef';

/**
 * A real HTTP server on loopback with one service's wire and nothing else of the cloud: no signatures are checked
 * and every operation is the test's. For tests only.
 */
export async function loopback(wire: ServiceWire, operate: Operate): Promise<Loopback> {
  const requests: WireRequest[] = [];
  const server = createServer((message, response) => {
    respond(wire, operate, message, requests)
      .then((answer) => send(answer, response))
      .catch((error: unknown) => {
        response.destroy(error instanceof Error ? error : new Error(String(error)));
      });
  });
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((closed) => {
        server.close(() => {
          closed();
        });
        server.closeAllConnections();
      }),
  };
}

async function respond(
  wire: ServiceWire,
  operate: Operate,
  message: IncomingMessage,
  requests: WireRequest[],
): Promise<WireAnswer> {
  const request = await wireRequest(message);
  requests.push(request);
  let operation: string | undefined;
  try {
    operation = wire.operationOf(request);
    if (operation === undefined) throw new Error(`No route: ${request.method} ${request.path}`);
    const { input } = await wire.read(request, operation);
    return await wire.answer(request, operation, await operate(operation, input), requestId);
  } catch (error) {
    return wire.failure(request, operation, error, requestId);
  }
}

async function wireRequest(message: IncomingMessage): Promise<WireRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const [path = '/', query = ''] = splitOnce(message.url ?? '/', '?');
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(message.headers))
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  return { method: message.method ?? 'GET', path, query, headers, body: Buffer.concat(chunks) };
}

function splitOnce(text: string, at: string): string[] {
  const index = text.indexOf(at);
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + 1)];
}

async function send(answer: WireAnswer, response: ServerResponse): Promise<void> {
  response.writeHead(answer.status, answer.headers);
  if (answer.body instanceof Uint8Array) response.end(answer.body);
  else await pipeline(Readable.from(answer.body), response);
}
