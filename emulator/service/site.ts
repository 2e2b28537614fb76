import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Cloud } from '../cloud.ts';
import type { WireAnswer, WireRequest } from '../wire/wire.ts';
import type { Principal } from './call.ts';
import type { ServiceFailure } from './failure.ts';

/** Who asks at an address that a student has opened: nobody known, somebody whose signature is right, or one whose is not. */
export type Visitor =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'signed'; readonly principal: Principal }
  | { readonly kind: 'refused'; readonly failure: ServiceFailure };

/** A plain HTTP request to an address of a student's own making: a function URL, a stage of an API. */
export interface Visit {
  /** What stands before the service's label in the host, or after it in the path: `<id>.lambda-url.…`. */
  readonly id: string;
  readonly label: string;
  /** As the caller sent it, but for the path: that of the site, beginning with `/`, percent-encoded. */
  readonly head: Omit<WireRequest, 'body'>;
  /** Names and values in turn, as the caller wrote them: `['Accept', 'text/html', …]`. */
  readonly rawHeaders: readonly string[];
  /** `HTTP/1.1` */
  readonly protocol: string;
  /** The host that the caller named, without its port. */
  readonly domain: string;
  readonly sourceIp: string;
  readonly requestId: string;
  /** Aborted when the client has gone. */
  readonly signal: AbortSignal;
  readonly visitor: () => Promise<Visitor>;
  /** The body, or undefined where it is longer than `limit` bytes. */
  readonly body: (limit: number) => Promise<Uint8Array | undefined>;
}

/**
 * Answers requests to addresses of a student's own making. Undefined: the id is not this service's, and the next of
 * those that share the label is asked.
 */
export type Site = (visit: Visit) => Promise<WireAnswer | undefined>;

/** A connection that changes over to WebSocket: the request that asked for it, and what the client sent since. */
export interface Upgrade {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  readonly head: Buffer;
}
/** What a client gets that may change over: somebody who takes the connection. */
export interface Admission {
  readonly enter: (upgrade: Upgrade) => void;
}
/**
 * Answers clients that want to speak WebSocket at an address of a student's own making: with an answer where they may
 * not. Undefined: there is nothing here that speaks it, and the request is answered like any other.
 */
export type Door = (visit: Visit) => Promise<WireAnswer | Admission | undefined>;

/**
 * The address of a site: its own host where this machine finds such names, else a path.
 * @param region part of the host, as on AWS
 */
export function siteAddress(
  { settings }: Cloud,
  at: { readonly id: string; readonly label: string; readonly region: string },
  resolves: boolean,
): string {
  const { port } = new URL(settings.origin);
  return resolves
    ? `http://${at.id}.${at.label}.${at.region}.localhost:${port}/`
    : `${settings.origin}/_aws/${at.label}/${at.id}/`;
}
