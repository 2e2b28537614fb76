import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What was posted, by its path. */
export interface Posted {
  readonly path: string;
  readonly method: string;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly text: string;
}

/** A back end that keeps what it gets, for tests. */
export class Postbox {
  readonly origin: string;
  /** What it answers with; the body tells which path was asked. */
  status = 200;
  /** It answers when this has resolved. */
  gate: Promise<void> = Promise.resolve();
  readonly #posted: Posted[] = [];
  readonly #close: () => Promise<void>;
  #waiting: (() => void) | undefined;

  private constructor(origin: string, close: () => Promise<void>) {
    this.origin = origin;
    this.#close = close;
  }

  static async open(): Promise<Postbox> {
    const server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const { url: path = '', method = '', headers } = request;
        box.#posted.push({ path, method, headers, text: Buffer.concat(parts).toString() });
        box.#waiting?.();
        void box.gate.then(() => {
          response.writeHead(box.status, { 'content-type': 'application/json' });
          response.end(JSON.stringify({ path, status: box.status }));
        });
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const box = new Postbox(`http://127.0.0.1:${String(port)}`, async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    });
    return box;
  }

  /** The next thing that is posted, waited for. */
  async next(): Promise<Posted> {
    for (;;) {
      const first = this.#posted.shift();
      if (first !== undefined) return first;
      await new Promise<void>((resolve) => (this.#waiting = resolve));
    }
  }

  /** The same, as JSON. */
  async nextEvent(): Promise<{ readonly requestContext: Readonly<Record<string, unknown>> }> {
    return JSON.parse((await this.next()).text) as { requestContext: Record<string, unknown> };
  }

  async close(): Promise<void> {
    await this.#close();
  }
}
