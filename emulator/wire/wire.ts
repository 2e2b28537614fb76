import type { Limits, WireIdentity } from '../service/service.ts';

/** A request as it came from the socket, its body read and its transfer coding undone (not yet aws-chunked or gzip). */
export interface WireRequest {
  readonly method: string;
  /** The path as sent, percent-encoded, without the query. */
  readonly path: string;
  /** The query as sent, without `?`. */
  readonly query: string;
  /** Names in lower case; repeated headers joined with `, `. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** An answer, ready for the socket. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Headers that are sent several times, one for each value: `set-cookie`. */
  readonly repeated?: Readonly<Record<string, readonly string[]>>;
  readonly body: Uint8Array | AsyncIterable<Uint8Array>;
}

/** What is known of a service's wire: its identity, its client's schema constants and its limits. */
export interface WireService {
  readonly wire: WireIdentity;
  readonly schemas: Readonly<Record<string, unknown>>;
  readonly limits: Limits;
}

/** A request that was recognised and read. */
export interface ReadRequest {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** One service's codec: requests to typed inputs, outputs and failures to answers, in the protocol the client used. */
export interface ServiceWire {
  /** The operation a request names, before its body is read: for authorisation, logs and 501 answers. Undefined: no operation of the service has this route. */
  operationOf(request: WireRequest): string | undefined;
  /** @throws ServiceFailure for malformed bodies, missing required members and broken limits, worded as AWS words them */
  read(request: WireRequest, operation: string): Promise<ReadRequest>;
  /** Checks an input that came by no wire. @throws ServiceFailure as {@link read} does */
  check(operation: string, input: Readonly<Record<string, unknown>>): void;
  answer(request: WireRequest, operation: string, output: unknown, requestId: string): Promise<WireAnswer>;
  /** An error in the protocol's own form. `ServiceFailure` keeps its code; anything else is answered 500 `InternalFailure` without its text. */
  failure(request: WireRequest, operation: string | undefined, error: unknown, requestId: string): WireAnswer;
}
