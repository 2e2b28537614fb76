import { createPublicKey, verify } from 'node:crypto';

/** What a pass says of whoever carries it. */
export interface Pass {
  readonly subject: string;
  readonly scopes: readonly string[];
}

/**
 * Reads a pass: a JSON Web Token (RFC 7519) that was signed with Ed25519 (RFC 8037). Only who has the private key can
 * make one; the public key, which can only check, is all that the cloud knows.
 * @param publicKey SPKI in base64
 * @param now in seconds since 1970
 * @returns undefined where it was not made by that key, was changed, or is over
 */
export function readPass(token: string, publicKey: string, now: number): Pass | undefined {
  const [header = '', claims = '', signature = '', ...more] = token.split('.');
  if (more.length > 0) return undefined;
  // The algorithm is ours to choose: a token that asks for another is not believed.
  if (readObject(header)?.['alg'] !== 'EdDSA') return undefined;
  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
  const signed = Buffer.from(`${header}.${claims}`);
  if (!verify(null, signed, key, Buffer.from(signature, 'base64url'))) return undefined;
  const { sub, scope, exp } = readObject(claims) ?? {};
  if (typeof sub !== 'string' || typeof exp !== 'number' || exp <= now) return undefined;
  return { subject: sub, scopes: typeof scope === 'string' ? scope.split(' ') : [] };
}

function readObject(part: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
