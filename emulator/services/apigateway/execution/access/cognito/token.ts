import { verify, type KeyObject } from 'node:crypto';

/** A token as it is written, nothing of it believed yet. */
export interface Token {
  readonly kid: string;
  readonly algorithm: 'RS256' | 'ES256';
  readonly claims: Readonly<Record<string, unknown>>;
  readonly signed: string;
  readonly signature: Uint8Array;
}

/** Reads a JSON web token. @returns undefined for what is none */
export function readToken(text: string): Token | undefined {
  const [head = '', body = '', signature = '', more] = text.split('.');
  if (more !== undefined || signature === '') return undefined;
  const header = json(head);
  const claims = json(body);
  const { kid, alg } = header ?? {};
  if (claims === undefined || typeof kid !== 'string' || (alg !== 'RS256' && alg !== 'ES256'))
    return undefined;
  return {
    kid,
    algorithm: alg,
    claims,
    signed: `${head}.${body}`,
    signature: Buffer.from(signature, 'base64url'),
  };
}

/** Whether a key made the token's signature. The key says how, not the token. */
export function isSignedBy({ signed, signature, algorithm }: Token, key: KeyObject): boolean {
  const expected = algorithm === 'RS256' ? 'rsa' : 'ec';
  if (key.asymmetricKeyType !== expected) return false;
  const how = expected === 'rsa' ? key : { key, dsaEncoding: 'ieee-p1363' as const };
  return verify('sha256', Buffer.from(signed), how, signature);
}

function json(part: string): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as unknown;
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
