import type { APIGatewayProxyResult } from 'aws-lambda';

/**
 * An answer with a body. Every answer names the origin that may read it: a browser hides from a page what does not,
 * errors too.
 */
export const answer = (
  statusCode: number,
  body?: object,
  headers: Readonly<Record<string, string>> = {},
): APIGatewayProxyResult => ({
  statusCode,
  headers: {
    'Access-Control-Allow-Origin': process.env.ALLOWED_ORIGIN ?? '',
    ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    ...headers,
  },
  body: body === undefined ? '' : JSON.stringify(body),
});

/** Something that the client has to know, in the same form in which the gateway refuses. */
export class Refusal extends Error {
  readonly statusCode: number;
  /** In capitals, for programs: `NOT_FOUND`. */
  readonly error: string;

  constructor(statusCode: number, error: string, message: string) {
    super(message);
    this.statusCode = statusCode;
    this.error = error;
  }

  answer(): APIGatewayProxyResult {
    return answer(200, { error: this.error, message: this.message });
  }
}
