import type { IncomingMessage, ServerResponse } from 'node:http';
import type { WireAnswer, WireRequest } from '../../wire/wire.ts';

/** What a request says before its body. */
export type RequestHead = Omit<WireRequest, 'body'>;

/** The client went away while it was being listened to. Nobody is there to be answered. */
export class ClientGone extends Error {}
/** The body is longer than what is read of it. */
export class BodyTooLarge extends Error {
  readonly limit: number;
  constructor(limit: number) {
    super(`The body is larger than ${String(limit)} bytes.`);
    this.limit = limit;
  }
}

/** How long a client whose body was refused may go on sending before it is cut off, in ms. */
const LINGER = 5_000;

/** Bodies that state more bytes than this are read into one piece of memory of that size. */
const WORTH_A_PLACE = 1024 * 1024;

/** One request and its answer, whatever version of HTTP carries them. */
export class Exchange {
  readonly head: RequestHead;
  /** Names and values in turn, as the client wrote them, without what HTTP/2 has in place of a request line. */
  get rawHeaders(): readonly string[] {
    return rawHeadersOf(this.#request);
  }
  /** `HTTP/1.1` */
  get protocol(): string {
    return `HTTP/${this.#request.httpVersion}`;
  }
  /** Aborted when the client has gone before it was answered. */
  readonly signal: AbortSignal;
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;

  constructor(request: IncomingMessage, response: ServerResponse) {
    this.#request = request;
    this.#response = response;
    this.head = headOf(request);
    const gone = new AbortController();
    this.signal = gone.signal;
    response.on('close', () => {
      if (!response.writableEnded) gone.abort(new ClientGone());
    });
    // An error of the connection ends in 'close', which is acted upon.
    request.on('error', () => undefined);
    response.on('error', () => undefined);
  }

  /**
   * Reads the body. At most `limit` bytes are ever held.
   * @throws BodyTooLarge before or while it is read; ClientGone
   */
  async body(limit: number): Promise<Uint8Array> {
    const stated = Number(this.head.headers['content-length'] ?? 0);
    if (stated > limit) throw new BodyTooLarge(limit);
    if (this.head.headers['expect'] !== undefined) this.#response.writeContinue();
    const request = this.#request;
    if (request.destroyed) throw new ClientGone();
    return await new Promise((resolve, reject) => {
      // An upload may be a gigabyte: it is put where it stays, not gathered and then joined.
      const expected = Math.min(limit, stated || codedLength(this.head));
      let whole: Buffer | undefined = expected > WORTH_A_PLACE ? Buffer.allocUnsafeSlow(expected) : undefined;
      const chunks: Buffer[] = [];
      let size = 0;
      const settle = (finish: () => void): void => {
        request.off('data', take).off('end', done).off('close', gone);
        finish();
      };
      const take = (chunk: Buffer): void => {
        if (size + chunk.length > limit) settle(() => reject(new BodyTooLarge(limit)));
        else if (whole === undefined) chunks.push(chunk);
        else {
          if (size + chunk.length > whole.length) whole = larger(whole, size);
          chunk.copy(whole, size);
        }
        size += chunk.length;
      };
      const done = (): void => {
        const [only] = chunks;
        const several = (): Buffer =>
          chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks, size);
        settle(() => resolve(whole?.subarray(0, size) ?? several()));
      };
      const gone = (): void => settle(() => reject(new ClientGone()));
      request.on('data', take).on('end', done).on('close', gone);
    });
  }

  /** Sends the answer, as fast as the client takes it. @throws what the answer's own stream throws */
  async answer(answer: WireAnswer): Promise<void> {
    const response = this.#response;
    if (response.destroyed || response.headersSent) return;
    response.statusCode = answer.status;
    for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
    for (const [name, values] of Object.entries(answer.repeated ?? {})) response.setHeader(name, [...values]);
    if (answer.body instanceof Uint8Array) {
      const bodiless = answer.status === 204 || answer.status === 304 || this.head.method === 'HEAD';
      if (!bodiless) response.setHeader('content-length', answer.body.length);
      if (bodiless) response.end();
      else response.end(answer.body);
    } else {
      await this.#stream(answer.body);
    }
    this.#letGo();
  }

  /** Cuts the connection where an answer was begun: what was sent of it must not pass for the whole. */
  abandonUnlessAnswered(): void {
    if (!this.#response.writableEnded) this.#response.destroy();
  }

  async #stream(body: AsyncIterable<Uint8Array>): Promise<void> {
    const response = this.#response;
    const chunks = body[Symbol.asyncIterator]();
    response.flushHeaders();
    try {
      while (!this.signal.aborted) {
        const next = await this.#orGone(chunks.next());
        if (next === undefined || next.done === true) break;
        if (!response.write(next.value)) await this.#orGone(once(response, 'drain'));
      }
      response.end();
    } finally {
      // Not awaited: a source that waits for something that never comes must not hold the client's place.
      void chunks.return?.().catch(() => undefined);
    }
  }

  /* Undefined when the client has gone first. */
  async #orGone<T>(promise: Promise<T>): Promise<T | undefined> {
    const { signal } = this;
    if (signal.aborted) return undefined;
    let stop: () => void = () => undefined;
    const gone = new Promise<undefined>((resolve) => {
      stop = () => resolve(undefined);
      signal.addEventListener('abort', stop, { once: true });
    });
    try {
      return await Promise.race([promise, gone]);
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  /* A client that is still sending what nobody reads gets its answer first and is cut off only if it goes on. */
  #letGo(): void {
    const request = this.#request;
    if (request.complete || request.destroyed) return;
    request.resume();
    const timer = setTimeout(() => {
      if (!request.complete) request.destroy();
    }, LINGER).unref();
    request.once('close', () => clearTimeout(timer));
  }
}

function once(response: ServerResponse, event: string): Promise<void> {
  return new Promise((resolve) => {
    response.once(event, () => resolve());
  });
}

/* About how long a body is that came in pieces: AWS's chunked coding states the length of what it carries. */
function codedLength({ headers }: RequestHead): number {
  const carried = Number(headers['x-amz-decoded-content-length'] ?? 0);
  return Number.isSafeInteger(carried) && carried > 0 ? Math.ceil(carried * 1.02) + WORTH_A_PLACE : 0;
}

function larger(bytes: Buffer, used: number): Buffer {
  const grown = Buffer.allocUnsafeSlow(Math.ceil(bytes.length * 1.5));
  bytes.copy(grown, 0, 0, used);
  return grown;
}

function rawHeadersOf({ rawHeaders, httpVersionMajor }: IncomingMessage): readonly string[] {
  if (httpVersionMajor < 2) return rawHeaders;
  const named: string[] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const [name = '', value = ''] = rawHeaders.slice(at, at + 2);
    if (name === ':authority') named.push('host', value);
    else if (!name.startsWith(':')) named.push(name, value);
  }
  return named;
}

function headOf(request: IncomingMessage): RequestHead {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    // HTTP/2 writes what HTTP/1 has in the request line as headers with a colon; its authority is the host.
    if (name === ':authority') headers['host'] ??= String(value);
    else if (!name.startsWith(':') && value !== undefined)
      headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  const url = request.url ?? '/';
  const question = url.indexOf('?');
  return {
    method: request.method ?? 'GET',
    path: question === -1 ? url : url.slice(0, question),
    query: question === -1 ? '' : url.slice(question + 1),
    headers,
  };
}
