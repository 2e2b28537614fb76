import { createHash } from 'node:crypto';
import type { Scope } from '../../../service/call.ts';
import { ServiceFailure } from '../../../service/failure.ts';
import type { Store } from '../store/store.ts';

/**
 * How long a token stands for its transaction, in ms.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
 */
const TOKEN_VALID = 10 * 60_000;

/**
 * Whether the transaction of a token was done.
 * @throws ServiceFailure `IdempotentParameterMismatchException` where it was another one
 */
export function wasDone(store: Store, scope: Scope, token: string, actions: readonly unknown[]): boolean {
  const row = store.tokens(scope).get(token);
  if (row === undefined || row.at + TOKEN_VALID <= store.now) return false;
  if (row.request !== digestOf(actions))
    throw new ServiceFailure(
      'IdempotentParameterMismatchException',
      'The request uses the same client token as a previous, but non-identical request. Do not reuse a client token with different requests, unless the requests are identical',
      { status: 400 },
    );
  return true;
}

/** Keeps the token of a transaction that is being done, and forgets tokens that are no longer valid. */
export function remember(store: Store, scope: Scope, token: string, actions: readonly unknown[]): void {
  const tokens = store.tokens(scope);
  const now = store.now;
  const expired: string[] = [];
  // In order of their times: a token that is used again is put at the end.
  for (const [other, { at }] of tokens.entries()) {
    if (at + TOKEN_VALID > now) break;
    expired.push(other);
  }
  for (const other of expired) tokens.delete(other);
  tokens.delete(token);
  tokens.set(token, { request: digestOf(actions), at: now });
}

function digestOf(actions: readonly unknown[]): string {
  const text = JSON.stringify(actions, (_, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
  );
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
