import type { Socket } from 'node:net';

/** What our own bootstrap sends on its line: requests with a length, nothing else of HTTP. */
export type LineRequest =
  | { readonly kind: 'next'; readonly answer: (bytes: Buffer) => void }
  /** `body`: undefined where it is larger than a body may be. */
  | {
      readonly kind: 'post';
      readonly path: string;
      readonly contentType: string | undefined;
      /** Nothing was printed since the last answer: no mark of its end comes. */
      readonly silent: boolean;
      readonly body: Uint8Array | undefined;
    };

/** Takes a request. @returns what to answer; nothing where the request's own `answer` will be called */
type Serve = (request: LineRequest) => Buffer | undefined;

/** Bytes. */
const LARGEST_HEAD = 64 * 1024;
const endOfHead = Buffer.from('\r\n\r\n');
const sender = Buffer.from('\r\nUser-Agent: coldstart-bootstrap\r\n');

/** Whether what a connection begins with comes from our own bootstrap, which sends a head in one piece. */
export function isBootstrap(first: Buffer): boolean {
  const end = first.indexOf(endOfHead);
  const told = first.indexOf(sender);
  return told >= 0 && told < end;
}

/**
 * One connection of our own bootstrap (bootstrap/node/connection.cjs), read without an HTTP server: every warm
 * invocation waits for it twice. An answer that another request already follows goes out together with that one's.
 */
export class BootstrapLine {
  readonly #socket: Socket;
  readonly #most: number;
  readonly #serve: Serve;
  #rest: Buffer | undefined;
  #post: Omit<Extract<LineRequest, { kind: 'post' }>, 'kind' | 'body'> | undefined;
  #parts: Buffer[] = [];
  #missing = 0;
  #size = 0;
  #unsent: Buffer[] = [];
  /** Whether an event is waited for. */
  #asking = false;

  /**
   * @param most bytes of the largest body that is kept
   */
  constructor(socket: Socket, most: number, serve: Serve) {
    this.#socket = socket;
    this.#most = most;
    this.#serve = serve;
  }

  /** Reads what has come. */
  read(data: Buffer): void {
    let rest = this.#rest === undefined ? data : Buffer.concat([this.#rest, data]);
    this.#rest = undefined;
    while (rest.length > 0 && !this.#socket.destroyed) {
      if (this.#post !== undefined) {
        rest = this.#readBody(rest);
        continue;
      }
      const end = rest.indexOf(endOfHead);
      if (end < 0) {
        this.#rest = rest;
        if (rest.length > LARGEST_HEAD) this.#socket.destroy();
        break;
      }
      const head = rest.toString('latin1', 0, end);
      rest = rest.subarray(end + endOfHead.length);
      if (head.startsWith('GET ')) this.#asked({ kind: 'next', answer: (bytes) => this.#answer(bytes) });
      else this.#begin(head);
    }
    // Nothing follows: whoever posted waits for the answer.
    if (this.#post === undefined && this.#rest === undefined && !this.#asking) this.#send();
  }

  #answer(bytes: Buffer): void {
    this.#asking = false;
    this.#unsent.push(bytes);
    this.#send();
  }

  #begin(head: string): void {
    const lines = head.split('\r\n');
    const header = (name: string): string | undefined =>
      lines.find((line) => line.startsWith(name))?.slice(name.length);
    this.#post = {
      path: lines[0]?.split(' ')[1] ?? '',
      contentType: header('Content-Type: '),
      silent: header('Coldstart-Output: ') === 'none',
    };
    this.#missing = Number(header('Content-Length: ') ?? 0);
    this.#size = this.#missing;
    // What imitates the bootstrap and does not know its way is no use to anybody.
    if (!Number.isSafeInteger(this.#missing) || this.#missing < 0) this.#socket.destroy();
    if (this.#missing === 0) this.#finish();
  }

  #readBody(data: Buffer): Buffer {
    const part = data.subarray(0, this.#missing);
    this.#missing -= part.length;
    if (this.#size <= this.#most) this.#parts.push(part);
    if (this.#missing === 0) this.#finish();
    return data.subarray(part.length);
  }

  #finish(): void {
    const post = this.#post;
    if (post === undefined) return;
    const body = this.#size > this.#most ? undefined : Buffer.concat(this.#parts);
    this.#post = undefined;
    this.#parts = [];
    this.#asked({ kind: 'post', ...post, body });
  }

  #asked(request: LineRequest): void {
    this.#asking = request.kind === 'next';
    const answer = this.#serve(request);
    if (answer !== undefined) this.#unsent.push(answer);
  }

  #send(): void {
    if (this.#unsent.length === 0) return;
    const bytes = this.#unsent.length === 1 ? this.#unsent[0] : Buffer.concat(this.#unsent);
    this.#unsent = [];
    if (bytes !== undefined && this.#socket.writable) this.#socket.write(bytes);
  }
}
