/** Why the gateway itself answers, in the words of HTTP APIs: `{"message":"Not Found"}`. */
export class HttpFailure extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** For the trail and the access log; the client learns as little as on AWS. */
  readonly why: string;

  constructor(
    status: number,
    message: string,
    more: {
      readonly why?: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, { cause: more.cause });
    this.name = 'HttpFailure';
    this.status = status;
    this.headers = more.headers ?? {};
    this.why = more.why ?? message;
  }
}

export const notFound = (): HttpFailure => new HttpFailure(404, 'Not Found');
export const forbidden = (why: string, headers?: Readonly<Record<string, string>>): HttpFailure =>
  new HttpFailure(403, 'Forbidden', { why, ...(headers !== undefined && { headers }) });
export const unauthorized = (why: string, headers?: Readonly<Record<string, string>>): HttpFailure =>
  new HttpFailure(401, 'Unauthorized', { why, ...(headers !== undefined && { headers }) });
export const internal = (why: string, cause?: unknown): HttpFailure =>
  new HttpFailure(500, 'Internal Server Error', { why, cause });
export const unavailable = (why: string, cause?: unknown): HttpFailure =>
  new HttpFailure(503, 'Service Unavailable', { why, cause });
