import { WebSocket, type ClientOptions } from 'ws';

/** A client was not let in. */
export class Refused extends Error {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
  constructor(status: number, headers: NodeJS.Dict<string | string[]>, body: string) {
    super(`${status} ${body}`);
    this.status = status;
    this.headers = headers;
    this.body = body;
  }
}

/** A client of a WebSocket API that keeps what it hears, for tests. */
export class Listener {
  readonly socket: WebSocket;
  /** Resolves when the connection is there. */
  readonly opened: Promise<void>;
  /** How the connection has ended. */
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  readonly #heard: string[] = [];
  #waiting: (() => void) | undefined;

  constructor(address: string, { protocols = [], ...options }: ClientOptions & { protocols?: string[] }) {
    this.socket = new WebSocket(address, protocols, options);
    this.opened = new Promise((resolve, reject) => {
      this.socket.once('open', resolve);
      this.socket.once('error', reject);
      this.socket.once('unexpected-response', (_request, response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () =>
          reject(new Refused(response.statusCode ?? 0, response.headers, Buffer.concat(parts).toString())),
        );
      });
    });
    this.closed = new Promise((resolve) =>
      this.socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() })),
    );
    this.socket.on('error', () => undefined);
    this.socket.on('message', (data: Buffer) => {
      this.#heard.push(data.toString());
      this.#waiting?.();
    });
  }

  say(message: unknown): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  /** The next message, waited for. */
  async hear(): Promise<string> {
    for (;;) {
      const next = this.#heard.shift();
      if (next !== undefined) return next;
      await new Promise<void>((resolve) => (this.#waiting = resolve));
    }
  }

  /** Says something and waits for what comes next. */
  async ask(message: unknown): Promise<unknown> {
    this.say(message);
    return JSON.parse(await this.hear());
  }

  leave(): void {
    this.socket.terminate();
  }
}
