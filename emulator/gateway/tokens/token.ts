import { verify, type KeyObject } from 'node:crypto';
import { json } from '../json.ts';

/** JSON Web Algorithms, RFC 7518 section 3.1. */
export type Algorithm = 'RS256' | 'RS384' | 'RS512' | 'ES256';

/** A token as it is written, nothing of it believed yet. */
export interface Token {
  readonly kid: string;
  readonly algorithm: Algorithm;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly signed: string;
  readonly signature: Uint8Array;
}

/**
 * Reads a JSON web token.
 * @param algorithms those that are taken
 * @returns undefined for what is none
 */
export function readToken(
  text: string,
  algorithms: readonly Algorithm[] = ['RS256', 'ES256'],
): Token | undefined {
  const [head = '', body = '', signature = '', more] = text.split('.');
  if (more !== undefined || signature === '') return undefined;
  const header = objectIn(head);
  const claims = objectIn(body);
  const { kid, alg } = header ?? {};
  const algorithm = algorithms.find((one) => one === alg);
  if (claims === undefined || typeof kid !== 'string' || algorithm === undefined) return undefined;
  return {
    kid,
    algorithm,
    claims,
    signed: `${head}.${body}`,
    signature: Buffer.from(signature, 'base64url'),
  };
}

/** Whether a key made the token's signature. The key says how, not the token. */
export function isSignedBy({ signed, signature, algorithm }: Token, key: KeyObject): boolean {
  const expected = algorithm === 'ES256' ? 'ec' : 'rsa';
  if (key.asymmetricKeyType !== expected) return false;
  const how = expected === 'rsa' ? key : { key, dsaEncoding: 'ieee-p1363' as const };
  return verify(`sha${algorithm.slice(2)}`, Buffer.from(signed), how, signature);
}

function objectIn(part: string): Record<string, unknown> | undefined {
  const value = json(Buffer.from(part, 'base64url'));
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}
