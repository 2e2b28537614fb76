import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answer, type Answer } from './answer.ts';

export interface PageOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** The folder with the students' workspaces: progress is read from it. */
  readonly work: string;
}
export interface Page {
  /** For example `http://127.0.0.1:4600`. */
  readonly origin: string;
  stop(): Promise<void>;
}

/* Pages hold no script but ours, load nothing from elsewhere and cannot be framed. Highlighted code carries its two colours in style attributes. */
const headers = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const;

/** A name that only this machine answers to: a page elsewhere cannot reach us by a name of its own (DNS rebinding). */
const ownHost = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i;

/**
 * Serves the workbook on loopback.
 * @throws Error with code `EADDRINUSE` and a sentence that names the port when it is taken
 */
export async function startPage(options: PageOptions): Promise<Page> {
  const server = createServer((request, response) => {
    respond(request, response, options).catch((error: unknown) => {
      process.stderr.write(
        `page: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
      );
      if (!response.headersSent)
        response.writeHead(500, { ...headers, 'content-type': 'text/plain; charset=utf-8' });
      response.end('The page could not be made. The reason is in the log of Coldstart.');
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      reject(
        taken
          ? Object.assign(
              new Error(
                `Port ${String(options.port)}, where the page should be, is taken by another program.`,
              ),
              { code: error.code },
            )
          : error,
      );
    });
    server.listen(options.port, '127.0.0.1', () => resolve());
  });
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${String(port)}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  options: PageOptions,
): Promise<void> {
  const send = (reply: Answer) => {
    const body = typeof reply.body === 'string' ? Buffer.from(reply.body) : reply.body;
    response.writeHead(reply.status, { ...headers, ...reply.headers, 'content-length': body.byteLength });
    response.end(request.method === 'HEAD' ? undefined : body);
  };
  if (!ownHost.test(request.headers.host ?? '')) {
    send({
      status: 403,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body: 'Coldstart answers on localhost only.',
    });
    return;
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    send({
      status: 405,
      headers: { allow: 'GET, HEAD', 'content-type': 'text/plain; charset=utf-8' },
      body: 'This page is for reading.',
    });
    return;
  }
  send(await answer(request.url ?? '/', request.headers['accept-language'], options.work));
}
