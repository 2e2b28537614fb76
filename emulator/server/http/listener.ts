import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Http2Server } from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import type { Upgrade } from '../../service/site.ts';
import { asksForWebSocket, putBack } from './upgrade.ts';

/** Takes a request of either version: as far as it is used here, Node's HTTP/2 has the same request and response. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** What takes what comes in. */
export interface Handlers {
  readonly request: Handler;
  /** Takes a client that asks for WebSocket. `asPlain` has its request answered like any other. */
  readonly upgrade: (upgrade: Upgrade, asPlain: () => void) => void;
}

/** A port on loopback that answers HTTP/1.1, and HTTP/2 to clients that begin with it. */
export interface Listener {
  readonly port: number;
  /** Closes the port and every connection. Resolves when nothing of it is left. */
  close(): Promise<void>;
}

/** Why an address could not be had. */
export type ListenError = NodeJS.ErrnoException & { readonly port: number };

/** With any free port: how often a port is drawn whose other address is somebody else's. */
const DRAWS = 10;
/** The bytes that a client with prior knowledge of HTTP/2 begins with (RFC 9113, 3.4), as far as no method has them. */
const HTTP2_START = Buffer.from('PRI');
/** How long a connection may be open before its first byte, in ms. */
const FIRST_BYTE_TIMEOUT = 60_000;

/**
 * Listens on 127.0.0.1 and, where the machine has it, on ::1 with the same port: `localhost` means either.
 * @param port 0: any free one
 * @throws ListenError with code EADDRINUSE where the port is taken at either address
 */
export async function listen(port: number, handlers: Handlers): Promise<Listener> {
  for (let draw = 1; ; draw += 1) {
    const four = new Endpoint(handlers);
    const six = new Endpoint(handlers);
    const got = await four.listen(port, '127.0.0.1');
    try {
      await six.listen(got, '::1');
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // Taken: `localhost` would reach the other program. Anything else: this machine has no IPv6.
      if (code === 'EADDRINUSE') {
        await four.close();
        if (port === 0 && draw < DRAWS) continue;
        throw error;
      }
    }
    return {
      port: got,
      close: async () => {
        await Promise.all([four.close(), six.close()]);
      },
    };
  }
}

/** One address. */
class Endpoint {
  readonly #handler: Handler;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #http2: Promise<Http2Server> | undefined;

  constructor({ request: handler, upgrade }: Handlers) {
    this.#handler = handler;
    this.#server = createServer(
      // A client that sends its headers or its body slower than this is not working.
      { headersTimeout: 15_000, requestTimeout: 300_000, keepAliveTimeout: 30_000, maxHeaderSize: 64 * 1024 },
      handler,
    );
    // With `Expect: 100-continue` the handler decides first, so that nothing is uploaded only to be refused.
    this.#server.on('checkContinue', handler);
    this.#server.on('upgrade', (request, socket, head) => {
      const asPlain = (): void => {
        putBack(request, socket, head);
        this.#server.emit('connection', socket);
      };
      if (asksForWebSocket(request)) upgrade({ request, socket, head }, asPlain);
      else asPlain();
    });
    this.#server.on('clientError', (_error, socket) => {
      if (socket.writable)
        socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      else socket.destroy();
    });
    const [toHttp1] = this.#server.listeners('connection') as ((socket: Socket) => void)[];
    this.#server.removeAllListeners('connection');
    this.#server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
      this.#choose(socket, (chosen) => toHttp1?.call(this.#server, chosen));
    });
  }

  async listen(port: number, host: string): Promise<number> {
    return await new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen({ port, host, exclusive: true }, () => {
        this.#server.off('error', reject);
        resolve((this.#server.address() as AddressInfo).port);
      });
    });
  }

  async close(): Promise<void> {
    if (!this.#server.listening) return;
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      for (const socket of this.#sockets) socket.destroy();
    });
  }

  /* Looks at the first bytes of a connection and gives it to the protocol that they belong to. */
  #choose(socket: Socket, toHttp1: (socket: Socket) => void): void {
    let seen: Buffer = Buffer.alloc(0);
    const ended = (): void => {
      socket.destroy();
    };
    const look = (chunk: Buffer): void => {
      seen = seen.length === 0 ? chunk : Buffer.concat([seen, chunk]);
      const start = seen.subarray(0, HTTP2_START.length);
      const maybe = HTTP2_START.subarray(0, start.length).equals(start);
      if (maybe && start.length < HTTP2_START.length) return;
      socket.off('data', look);
      socket.off('error', ended);
      socket.off('timeout', ended);
      socket.setTimeout(0);
      socket.pause();
      socket.unshift(seen);
      if (maybe) void this.#toHttp2(socket);
      else {
        toHttp1(socket);
        process.nextTick(() => socket.resume());
      }
    };
    socket.on('data', look);
    socket.on('error', ended);
    socket.setTimeout(FIRST_BYTE_TIMEOUT, ended);
  }

  async #toHttp2(socket: Socket): Promise<void> {
    // A reset while HTTP/2 is loaded for the first time must have somebody who hears it.
    const ended = (): void => {
      socket.destroy();
    };
    socket.on('error', ended);
    this.#http2 ??= import('node:http2').then(({ createServer: create }) =>
      create().on('request', (request, response) => {
        // See Handler.
        this.#handler(request as unknown as IncomingMessage, response as unknown as ServerResponse);
      }),
    );
    const server = await this.#http2;
    socket.off('error', ended);
    server.emit('connection', socket);
  }
}
