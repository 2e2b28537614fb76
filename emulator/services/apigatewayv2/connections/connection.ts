import type { WebSocket } from 'ws';
import type { Clock, ClockTimer } from '../../../clock/clock.ts';
import type { Scope } from '../../../service/call.ts';
import { CLIENT_BUFFER, LONGEST_CONNECTION, LONGEST_SILENCE } from './limits.ts';

/** What is known of a connection from its beginning on. */
export interface ConnectionFacts {
  readonly scope: Scope;
  readonly apiId: string;
  readonly stageName: string;
  readonly connectionId: string;
  /** ms since 1970, cloud time */
  readonly connectedAt: number;
  readonly sourceIp: string;
  readonly userAgent: string | undefined;
}

/** Why a connection has ended, as `$disconnect` is told. */
export interface Ending {
  readonly code: number;
  readonly reason: string;
}

/** What a frame that is sent may meet. */
export type Sent = 'sent' | 'gone' | 'full';

/** Codes of https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1, and what AWS says with them. */
export const endings = {
  /** Somebody has deleted the connection. */
  normal: { code: 1000, reason: 'Connection Closed Normally' },
  /** Nobody has said anything for too long, the connection is too old, or what it belongs to has gone. */
  away: { code: 1001, reason: 'Going away' },
  /** The client has gone without a word. */
  lost: { code: 1006, reason: '' },
  /** AWS takes no binary frames. */
  unsupported: { code: 1003, reason: 'Binary frames are not supported' },
  tooLarge: { code: 1009, reason: 'Message too long' },
} as const satisfies Record<string, Ending>;

/** A client that is connected. It lives in memory: its socket ends with the process, and so does it. */
export class Connection {
  readonly facts: ConnectionFacts;
  readonly #socket: WebSocket;
  readonly #clock: Clock;
  readonly #timers: { silence: ClockTimer; age: ClockTimer };
  #lastActiveAt: number;
  #ending: Ending | undefined;

  constructor(facts: ConnectionFacts, socket: WebSocket, clock: Clock) {
    this.facts = facts;
    this.#socket = socket;
    this.#clock = clock;
    this.#lastActiveAt = facts.connectedAt;
    this.#timers = {
      silence: this.#whenSilent(facts.connectedAt + LONGEST_SILENCE),
      age: clock.at(facts.connectedAt + LONGEST_CONNECTION, () => this.close(endings.away)),
    };
  }

  /** When a message went either way the last time: ms since 1970, cloud time. */
  get lastActiveAt(): number {
    return this.#lastActiveAt;
  }
  get isOpen(): boolean {
    return this.#ending === undefined && this.#socket.readyState === this.#socket.OPEN;
  }

  /** Notes that a message has come. Whether AWS counts pings too is not documented; here only messages count. */
  touch(): void {
    this.#lastActiveAt = this.#clock.now();
  }

  /** Sends a message, unless the client has gone or reads nothing of what it was sent. */
  send(text: string): Sent {
    if (!this.isOpen) return 'gone';
    if (this.#socket.bufferedAmount > CLIENT_BUFFER) return 'full';
    this.touch();
    // What goes wrong ends in 'close', which is acted upon.
    this.#socket.send(text, () => undefined);
    return 'sent';
  }

  /** Ends the connection from this side. The first ending is the one that `$disconnect` is told. */
  close(ending: Ending): void {
    if (this.#ending !== undefined) return;
    this.#ending = ending;
    this.#socket.close(ending.code, ending.reason);
  }

  /** Ends it at once, without waiting for the client to agree. */
  terminate(): void {
    this.#socket.terminate();
  }

  /** Called when the socket has closed. @returns what `$disconnect` is told */
  ended(code: number, reason: string): Ending {
    this.#timers.silence.cancel();
    this.#timers.age.cancel();
    this.#ending ??= { code, reason: code === 1005 ? 'Client-side close frame status not set' : reason };
    return this.#ending;
  }

  #whenSilent(time: number): ClockTimer {
    return this.#clock.at(time, () => {
      const until = this.#lastActiveAt + LONGEST_SILENCE;
      if (this.#clock.now() >= until) this.close(endings.away);
      else this.#timers.silence = this.#whenSilent(until);
    });
  }
}
