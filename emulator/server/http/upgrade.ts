import { ServerResponse, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Upgrade } from '../../service/site.ts';
import { Exchange } from './exchange.ts';

/** A client that asks to change over to WebSocket, before anybody has said whether it may. */
export class Knock {
  /** What it asks, and the way to refuse it. */
  readonly exchange: Exchange;
  readonly #upgrade: Upgrade;
  readonly #response: ServerResponse;
  readonly #asPlain: () => void;

  /** @param asPlain has the request answered as if it had asked for nothing but an answer */
  constructor(upgrade: Upgrade, asPlain: () => void) {
    const { request, socket } = upgrade;
    this.#upgrade = upgrade;
    this.#asPlain = asPlain;
    // Node.js has let go of the socket: what writes answers is put back for one.
    const response = new ServerResponse(request);
    response.shouldKeepAlive = false;
    // The server types its sockets as streams; that of a request is always a `net.Socket`.
    response.assignSocket(request.socket);
    response.on('finish', () => {
      response.detachSocket(request.socket);
      socket.end();
    });
    socket.on('error', ignored);
    // Whether the client is still there is only seen by reading; what is read is kept for whoever takes the socket.
    socket.read(0);
    this.#response = response;
    this.exchange = new Exchange(request, response);
  }

  /** Gives the connection to whoever speaks WebSocket on it. */
  enter(admitted: (upgrade: Upgrade) => void): void {
    this.#letGo();
    admitted(this.#upgrade);
  }

  /** Answers as if nothing but an answer had been asked for. */
  answerPlain(): void {
    this.#letGo();
    this.#asPlain();
  }

  #letGo(): void {
    const { request, socket } = this.#upgrade;
    this.#response.detachSocket(request.socket);
    socket.off('error', ignored);
  }
}

/* An error of the connection ends in 'close', which is acted upon. */
const ignored = (): void => undefined;

/** Whether a request asks for WebSocket: everything else that names a protocol is answered as if it named none. */
export function asksForWebSocket({ method, headers }: IncomingMessage): boolean {
  return method === 'GET' && headers.upgrade?.toLowerCase() === 'websocket';
}

/**
 * Puts a request back in front of what its client has sent since, without the wish for another protocol, so that it
 * can be read once more: Node.js reads no body behind such a wish.
 */
export function putBack(
  { method, url, httpVersion, rawHeaders }: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): void {
  const lines = [`${method ?? 'GET'} ${url ?? '/'} HTTP/${httpVersion}`];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const [name = '', value = ''] = rawHeaders.slice(at, at + 2);
    const wish = /^(?:upgrade|http2-settings)$/i.test(name);
    if (/^connection$/i.test(name))
      lines.push(`${name}: ${/\bclose\b/i.test(value) ? 'close' : 'keep-alive'}`);
    else if (!wish) lines.push(`${name}: ${value}`);
  }
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]));
}
