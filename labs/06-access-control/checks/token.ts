import { createHmac } from 'node:crypto';

/** What a token claims: RFC 7519. */
export type Claims = Readonly<Record<string, unknown>>;

/** Half of an encoded token. */
const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

const head = encoded({ alg: 'HS256', typ: 'JWT' });

/** @param secret as it stands in the authorizer's environment: its characters are the key */
export function signed(claims: Claims, secret: string): string {
  const text = `${head}.${encoded(claims)}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

/** A token whose claims were changed after it was signed. */
export function tampered(token: string, claims: Claims): string {
  const [, , signature = ''] = token.split('.');
  return `${head}.${encoded(claims)}.${signature}`;
}

/** A token that says of itself that it needs no signature: RFC 8725, section 3.1. */
export const unsigned = (claims: Claims): string =>
  `${encoded({ alg: 'none', typ: 'JWT' })}.${encoded(claims)}.`;

/** In seconds since 1970, by the clock of this machine. */
export const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;
