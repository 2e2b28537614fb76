import { extendedRequestId } from '../../../gateway/extended-request-id.ts';
import { endings, type Connection } from './connection.ts';

/** How long clients may take to agree that their connections are over when the cloud ends, in ms of the host. */
const LAST_FAREWELL = 500;

/** The clients that are connected to WebSocket APIs. */
export class Connections {
  readonly #open = new Map<string, Connection>();
  #onEmpty: (() => void) | undefined;

  /** An id as AWS draws them: `L0SM9cOFvHcCIhw=`. */
  drawId(): string {
    const id = drawWebSocketId();
    return this.#open.has(id) ? this.drawId() : id;
  }

  add(connection: Connection): void {
    this.#open.set(connection.facts.connectionId, connection);
  }

  remove({ facts }: Connection): void {
    this.#open.delete(facts.connectionId);
    if (this.#open.size === 0) this.#onEmpty?.();
  }

  /** A connection of a stage; undefined where it has ended, or is none of this stage's. */
  find(apiId: string, stageName: string, connectionId: string): Connection | undefined {
    const found = this.#open.get(connectionId);
    if (found === undefined || !found.isOpen) return undefined;
    return found.facts.apiId === apiId && found.facts.stageName === stageName ? found : undefined;
  }

  /** Ends the connections of a stage that has gone. */
  closeStage(apiId: string, stageName: string): void {
    for (const connection of this.#open.values())
      if (connection.facts.apiId === apiId && connection.facts.stageName === stageName)
        connection.close(endings.away);
  }

  /** Ends all connections. Resolves when none is left. */
  async closeAll(): Promise<void> {
    for (const connection of this.#open.values()) connection.close(endings.away);
    if (this.#open.size === 0) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#onEmpty = resolve;
      timer = setTimeout(() => {
        for (const connection of this.#open.values()) connection.terminate();
      }, LAST_FAREWELL);
    });
    clearTimeout(timer);
  }
}

/** An id of a connection, a message or a request of a WebSocket API: eleven bytes, as in `GXLKJfX4FiACG1w=`. */
export function drawWebSocketId(): string {
  return extendedRequestId().replaceAll('+', '-').replaceAll('/', '_');
}
