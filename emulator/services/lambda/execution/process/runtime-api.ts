import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An event, as the runtime is handed it. */
export interface Event {
  readonly requestId: string;
  readonly payload: Uint8Array;
  /** ms since 1970 in the host's time, which is what the runtime's clock shows. */
  readonly deadline: number;
  readonly invokedArn: string;
  readonly traceId: string;
  /** JSON in ASCII. */
  readonly clientContext: string | undefined;
}

/** How the runtime answered an event. */
export type Answer =
  | {
      readonly kind: 'response';
      readonly payload: Uint8Array;
      readonly contentType: string | undefined;
      readonly streamed: boolean;
    }
  | { readonly kind: 'error'; readonly payload: Uint8Array; readonly streamed: boolean }
  | { readonly kind: 'tooLarge' };

/** What the runtime says. */
export interface RuntimeListener {
  /** It asks for an event: it is ready. */
  next(): void;
  /** Streamed bytes, as they come. Returns whether they were taken; bytes that were not are kept for the answer. */
  chunk(bytes: Uint8Array, contentType: string | undefined): boolean;
  answer(answer: Answer): void;
  initError(payload: Uint8Array): void;
}

/** The Runtime API of one execution environment, on a loopback port of its own. */
export interface RuntimeApi {
  /** `host:port`, for `AWS_LAMBDA_RUNTIME_API`. */
  readonly address: string;
  /** Says who is told what the runtime says. Called before the runtime is started. */
  listen(listener: RuntimeListener): void;
  /** Answers the runtime's open question. Called after `next()` only. */
  deliver(event: Event): void;
  close(): void;
}

/** Bytes of a response that Lambda takes: 6 MB and some (recorded in the error's text). */
export const largestResponse = 6_291_556;

const base = '/2018-06-01/runtime/';

/**
 * Opens the Runtime API that runtimes of every language speak (AWS Lambda Developer Guide, "Using the Lambda
 * runtime API for custom runtimes").
 */
export async function openRuntimeApi(): Promise<RuntimeApi> {
  let listener: RuntimeListener = deaf;
  let open: ServerResponse | undefined;
  let current: string | undefined;

  const server = createServer({ keepAlive: true, noDelay: true, requestTimeout: 0 }, (request, response) => {
    route(request, response).catch(() => {
      // The runtime's end of the connection broke: its process says why.
      response.destroy();
    });
  });
  // A frozen runtime may be silent for hours.
  server.keepAliveTimeout = 0;
  server.headersTimeout = 0;
  server.timeout = 0;

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    const [kind, id, action] = path.startsWith(base) ? path.slice(base.length).split('/') : [];
    if (request.method === 'GET' && kind === 'invocation' && id === 'next') {
      open = response;
      current = undefined;
      listener.next();
    } else if (request.method === 'POST' && kind === 'init' && id === 'error') {
      const payload = await read(request);
      listener.initError(payload ?? new Uint8Array());
      answer(response, 202, accepted);
    } else if (
      request.method === 'POST' &&
      kind === 'invocation' &&
      (action === 'response' || action === 'error')
    ) {
      if (id === undefined || decodeURIComponent(id) !== current) {
        request.resume();
        answer(response, 400, failure('InvalidRequestID', 'Invalid request ID'));
        return;
      }
      const result =
        request.headers['lambda-runtime-function-response-mode'] === 'streaming'
          ? await readStreamed(request)
          : asAnswer(await read(request), action, request);
      listener.answer(result);
      if (result.kind === 'tooLarge') {
        answer(
          response,
          413,
          failure('RequestEntityTooLarge', 'Exceeded maximum allowed payload size (6291556 bytes).'),
        );
      } else answer(response, 202, accepted);
    } else answer(response, 404, failure('NotFound', 'Not Found'));
  }

  async function readStreamed(request: IncomingMessage): Promise<Answer> {
    const contentType = request.headers['content-type'];
    const kept: Buffer[] = [];
    let size = 0;
    for await (const data of request) {
      const chunk = data as Buffer;
      if (listener.chunk(chunk, contentType)) continue;
      size += chunk.length;
      if (size <= largestResponse) kept.push(chunk);
    }
    const told = request.trailers['lambda-runtime-function-error-body'];
    if (told !== undefined) return { kind: 'error', payload: Buffer.from(told, 'base64'), streamed: true };
    if (request.trailers['lambda-runtime-function-error-type'] !== undefined) {
      return { kind: 'error', payload: new Uint8Array(), streamed: true };
    }
    if (size > largestResponse) return { kind: 'tooLarge' };
    return { kind: 'response', payload: Buffer.concat(kept), contentType, streamed: true };
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  // The children keep the cloud alive no more than its own timers do.
  server.unref();
  const { port } = server.address() as AddressInfo;

  return {
    address: `127.0.0.1:${port}`,
    listen(given) {
      listener = given;
    },
    deliver(event) {
      const response = open;
      if (response === undefined) throw new Error('The runtime has not asked for an event.');
      open = undefined;
      current = event.requestId;
      const headers: Record<string, string | number> = {
        'Content-Type': 'application/json',
        'Content-Length': event.payload.length,
        'Lambda-Runtime-Aws-Request-Id': event.requestId,
        'Lambda-Runtime-Deadline-Ms': event.deadline,
        'Lambda-Runtime-Invoked-Function-Arn': event.invokedArn,
        'Lambda-Runtime-Trace-Id': event.traceId,
      };
      if (event.clientContext !== undefined) headers['Lambda-Runtime-Client-Context'] = event.clientContext;
      response.writeHead(200, headers);
      response.end(event.payload);
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function asAnswer(payload: Uint8Array | undefined, action: string, request: IncomingMessage): Answer {
  if (payload === undefined) return { kind: 'tooLarge' };
  if (action === 'error') return { kind: 'error', payload, streamed: false };
  return { kind: 'response', payload, contentType: request.headers['content-type'], streamed: false };
}

/** The body, or undefined where it is larger than a response may be; what is too much is not kept. */
async function read(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const data of request) {
    const part = data as Buffer;
    size += part.length;
    if (size <= largestResponse) parts.push(part);
  }
  if (size > largestResponse) return undefined;
  return parts.length === 1 ? parts[0] : Buffer.concat(parts);
}

const deaf: RuntimeListener = { next: () => {}, chunk: () => false, answer: () => {}, initError: () => {} };

const accepted = Buffer.from('{"status":"OK"}\n');

function failure(errorType: string, errorMessage: string): Buffer {
  return Buffer.from(`${JSON.stringify({ errorMessage, errorType })}\n`);
}

function answer(response: ServerResponse, status: number, body: Buffer): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': body.length });
  response.end(body);
}
