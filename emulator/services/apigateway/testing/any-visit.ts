import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Visit } from '../../../service/site.ts';
import type { WireAnswer } from '../../../wire/wire.ts';
import { isHeaderName, isHeaderValue } from '../execution/response/headers.ts';

/** What a test draws of a request to an address of a student's. */
export interface Drawn {
  readonly id: string;
  readonly label: string;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
}

/** Somebody nobody knows, who asks by HTTP/1.1 from this machine. */
export const visitOf = ({ id, label, method, path, query, headers, body }: Drawn): Visit => ({
  id,
  label,
  head: {
    method,
    path,
    query,
    headers: Object.fromEntries(headers.map(([name, text]) => [name.toLowerCase(), text])),
  },
  rawHeaders: headers.flat(),
  protocol: 'HTTP/1.1',
  domain: 'localhost',
  sourceIp: '127.0.0.1',
  requestId: randomUUID(),
  signal: new AbortController().signal,
  visitor: () => Promise.resolve({ kind: 'anonymous' }),
  body: () => Promise.resolve(body),
});

/** Expects an answer that is no fault of the gateway's, and that a server can send. @returns its status */
export function expectSound(answer: WireAnswer | undefined): number {
  if (answer === undefined) throw new Error('The API is not known.');
  expect(answer.status).toBeLessThan(500);
  for (const [name, text] of Object.entries(answer.headers)) {
    expect(isHeaderName(name)).toBe(true);
    expect(isHeaderValue(text)).toBe(true);
  }
  return answer.status;
}
