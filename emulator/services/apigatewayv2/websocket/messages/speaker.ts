import type { IncomingMessage } from 'node:http';
import { WebSocketServer, type RawData, type ServerOptions, type WebSocket } from 'ws';
import type { Upgrade } from '../../../../service/site.ts';
import { Connection, endings, type ConnectionFacts } from '../../connections/connection.ts';
import { FrameSizes } from '../../connections/frame-sizes.ts';
import { AT_ONCE, FAREWELL, LARGEST_FRAME, LARGEST_MESSAGE } from '../../connections/limits.ts';
import type { Gates } from '../gates.ts';

/** What happens to a connection, for whoever acts on it. Neither throws. */
export interface Listeners {
  readonly message: (connection: Connection, text: string) => Promise<void>;
  readonly ended: (connection: Connection, code: number, reason: string) => Promise<void>;
}

/** Speaks WebSocket with clients that were let in. */
export class Speaker {
  readonly #server: WebSocketServer;
  readonly #protocols = new WeakMap<IncomingMessage, string>();
  readonly #gates: Pick<Gates, 'cloud' | 'connections'>;
  readonly #listeners: Listeners;
  readonly #underway = new Set<Promise<void>>();

  constructor(gates: Pick<Gates, 'cloud' | 'connections'>, listeners: Listeners) {
    this.#gates = gates;
    this.#listeners = listeners;
    // The types know one option less than ws does.
    const options: ServerOptions & { readonly closeTimeout: number } = {
      noServer: true,
      clientTracking: false,
      closeTimeout: FAREWELL,
      maxPayload: LARGEST_MESSAGE,
      handleProtocols: (_offered, request) => this.#protocols.get(request) ?? false,
    };
    this.#server = new WebSocketServer(options);
  }

  /** Resolves when nothing of what has come is at work any more. */
  async settled(): Promise<void> {
    await Promise.all(this.#underway);
  }

  /**
   * Makes a connection.
   * @param protocol the subprotocol that is said to the client
   * @param made told of it before anything comes
   * @param lost told where the client has gone before it was let in
   */
  enter(
    facts: ConnectionFacts,
    protocol: string | undefined,
    { request, socket, head }: Upgrade,
    made: (connection: Connection) => void,
    lost: () => Promise<void>,
  ): void {
    if (protocol !== undefined) this.#protocols.set(request, protocol);
    const sizes = new FrameSizes(LARGEST_FRAME);
    let connection: Connection | undefined;
    // Before the socket is read for messages: what is in a frame that is too large is not looked at.
    socket.on('data', (chunk: Buffer) => {
      if (connection?.isOpen === true && !sizes.read(chunk)) connection.close(endings.tooLarge);
    });
    this.#server.handleUpgrade(request, socket, head, (spoken) => {
      connection = this.#listen(facts, spoken);
      made(connection);
    });
    if (connection === undefined) this.#keep(lost());
  }

  #listen(facts: ConnectionFacts, spoken: WebSocket): Connection {
    const { cloud, connections } = this.#gates;
    const connection = new Connection(facts, spoken, cloud.clock);
    connections.add(connection);
    const waiting: string[] = [];
    let atWork = 0;
    const next = (): void => {
      while (atWork < AT_ONCE) {
        const text = waiting.shift();
        if (text === undefined) break;
        atWork += 1;
        this.#keep(
          this.#listeners.message(connection, text).finally(() => {
            atWork -= 1;
            next();
          }),
        );
      }
      // What the network holds back is the client's to keep.
      if (waiting.length > 0) spoken.pause();
      else spoken.resume();
    };
    spoken.on('message', (data: RawData, isBinary) => {
      if (!connection.isOpen) return;
      if (isBinary) {
        connection.close(endings.unsupported);
        return;
      }
      connection.touch();
      // With ws's default `binaryType` a message is one buffer.
      waiting.push((data as Buffer).toString('utf8'));
      next();
    });
    // What is wrong with what a client sends ends in 'close'.
    spoken.on('error', () => undefined);
    spoken.on('close', (code, reason) => {
      connections.remove(connection);
      this.#keep(this.#listeners.ended(connection, code, reason.toString('utf8')));
    });
    return connection;
  }

  #keep(work: Promise<void>): void {
    const kept = work.finally(() => this.#underway.delete(kept));
    this.#underway.add(kept);
  }
}
