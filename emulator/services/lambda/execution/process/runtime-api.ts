import { createServer as createHttpServer, STATUS_CODES } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { BootstrapLine, isBootstrap } from './bootstrap-line.ts';
import type { LineRequest } from './bootstrap-line.ts';

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
  /** @param silent nothing was printed since the last answer */
  answer(answer: Answer, silent: boolean): void;
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
  let open: ((event: Event) => void) | undefined;
  let current: string | undefined;

  const asked = (deliver: (event: Event) => void): void => {
    open = deliver;
    current = undefined;
    listener.next();
  };
  /* Tells of an answer, and gives what the runtime is answered. */
  const told = (result: Answer, silent = false): Reply => {
    listener.answer(result, silent);
    return result.kind === 'tooLarge' ? tooLarge : accepted;
  };
  const initFailed = (payload: Uint8Array | undefined): Reply => {
    listener.initError(payload ?? new Uint8Array());
    return accepted;
  };

  /* Our own bootstraps of Node.js come here; every other client gets an HTTP server. */
  const serveLine = (request: LineRequest): Buffer | undefined => {
    if (request.kind === 'next') {
      asked((event) => request.answer(Buffer.concat([eventHead(event), event.payload])));
      return undefined;
    }
    const { place, action } = placeOf('POST', request.path, current);
    if (place === 'initError') return whole(initFailed(request.body));
    if (place === 'answer')
      return whole(told(asAnswer(request.body, action, request.contentType), request.silent));
    return whole(place === 'otherAnswer' ? otherRequest : nothingThere);
  };

  const http = createHttpServer({ requestTimeout: 0 }, (request, response) => {
    route(request, response).catch(() => {
      // The runtime's end of the connection broke: its process says why.
      response.destroy();
    });
  });
  // A frozen runtime may be silent for hours.
  http.keepAliveTimeout = 0;
  http.headersTimeout = 0;
  http.timeout = 0;

  const lines = new Set<Socket>();
  const server = createServer({ keepAlive: true, noDelay: true, allowHalfOpen: true }, (socket) => {
    lines.add(socket);
    socket.once('close', () => lines.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.once('data', (first) => {
      if (!isBootstrap(first)) {
        socket.pause();
        http.emit('connection', socket);
        socket.unshift(first);
        socket.resume();
        return;
      }
      const line = new BootstrapLine(socket, largestResponse, serveLine);
      socket.on('data', (data) => line.read(data));
      socket.on('end', () => socket.end());
      line.read(first);
    });
  });

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { place, action } = placeOf(request.method, request.url, current);
    if (place === 'next') {
      asked((event) => {
        response.writeHead(200, eventHeaders(event));
        response.end(event.payload);
      });
    } else if (place === 'initError') answer(response, initFailed(await read(request)));
    else if (place === 'answer') {
      const result =
        request.headers['lambda-runtime-function-response-mode'] === 'streaming'
          ? await readStreamed(request)
          : asAnswer(await read(request), action, request.headers['content-type']);
      answer(response, told(result));
    } else if (place === 'otherAnswer') {
      request.resume();
      answer(response, otherRequest);
    } else answer(response, nothingThere);
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
      const deliver = open;
      if (deliver === undefined) throw new Error('The runtime has not asked for an event.');
      open = undefined;
      current = event.requestId;
      deliver(event);
    },
    close() {
      server.close();
      for (const socket of lines) socket.destroy();
    },
  };
}

/** What a request is for. @param current the id of the event that the runtime is at work on */
function placeOf(
  method: string | undefined,
  path = '',
  current: string | undefined,
): {
  readonly place: 'next' | 'initError' | 'answer' | 'otherAnswer' | undefined;
  readonly action: string | undefined;
} {
  const [kind, id, action] = path.startsWith(base) ? path.slice(base.length).split('/') : [];
  const of = (place: ReturnType<typeof placeOf>['place']): ReturnType<typeof placeOf> => ({ place, action });
  if (method === 'GET') return of(kind === 'invocation' && id === 'next' ? 'next' : undefined);
  if (method !== 'POST') return of(undefined);
  if (kind === 'init' && id === 'error') return of('initError');
  if (kind !== 'invocation' || (action !== 'response' && action !== 'error')) return of(undefined);
  return of(id !== undefined && id === current ? 'answer' : 'otherAnswer');
}

function asAnswer(
  payload: Uint8Array | undefined,
  action: string | undefined,
  contentType: string | undefined,
): Answer {
  if (payload === undefined) return { kind: 'tooLarge' };
  if (action === 'error') return { kind: 'error', payload, streamed: false };
  return { kind: 'response', payload, contentType, streamed: false };
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

/** What the runtime is told of what it posted. */
interface Reply {
  readonly status: 202 | 400 | 404 | 413;
  readonly body: Buffer;
}
const accepted: Reply = { status: 202, body: Buffer.from('{"status":"OK"}\n') };
const tooLarge = failure(
  413,
  'RequestEntityTooLarge',
  `Exceeded maximum allowed payload size (${largestResponse} bytes).`,
);
const otherRequest = failure(400, 'InvalidRequestID', 'Invalid request ID');
const nothingThere = failure(404, 'NotFound', 'Not Found');

function failure(status: Reply['status'], errorType: string, errorMessage: string): Reply {
  return { status, body: Buffer.from(`${JSON.stringify({ errorMessage, errorType })}\n`) };
}

function answer(response: ServerResponse, { status, body }: Reply): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': body.length });
  response.end(body);
}

/** A reply as it stands on the wire. */
function whole({ status, body }: Reply): Buffer {
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nContent-Type: application/json\r\n`;
  return Buffer.concat([Buffer.from(`${head}Content-Length: ${body.length}\r\n\r\n`), body]);
}

function eventHeaders(event: Event): Record<string, string | number> {
  return {
    'Content-Type': 'application/json',
    'Content-Length': event.payload.length,
    'Lambda-Runtime-Aws-Request-Id': event.requestId,
    'Lambda-Runtime-Deadline-Ms': event.deadline,
    'Lambda-Runtime-Invoked-Function-Arn': event.invokedArn,
    'Lambda-Runtime-Trace-Id': event.traceId,
    ...(event.clientContext !== undefined && { 'Lambda-Runtime-Client-Context': event.clientContext }),
  };
}

function eventHead(event: Event): Buffer {
  let head = 'HTTP/1.1 200 OK\r\n';
  const headers = eventHeaders(event);
  for (const name of Object.keys(headers)) head += `${name}: ${String(headers[name])}\r\n`;
  return Buffer.from(`${head}\r\n`, 'latin1');
}
