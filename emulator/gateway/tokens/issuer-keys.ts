import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';

/** An issuer's public keys by their ids. */
type Keys = ReadonlyMap<string, KeyObject>;

interface Fetched {
  readonly keys: Promise<Keys>;
  /** ms since 1970, cloud time */
  readonly at: number;
}

/** Issuers change their keys seldom; one with an unknown id is asked for again, but not more often than this (ms). */
const AGAIN_AFTER = 60_000;
const TIMEOUT = 5_000;

/** The keys that issuers of tokens sign with, fetched once. */
export class IssuerKeys {
  readonly #now: () => number;
  readonly #keySet: (issuer: string) => string | Promise<string>;
  readonly #fetched = new Map<string, Fetched>();

  /**
   * @param now ms since 1970, cloud time
   * @param keySet where an issuer's JSON web key set lies
   */
  constructor(now: () => number, keySet: (issuer: string) => string | Promise<string>) {
    this.#now = now;
    this.#keySet = keySet;
  }

  /** @throws Error where the issuer's keys cannot be had */
  async key(issuer: string, kid: string): Promise<KeyObject | undefined> {
    const known = this.#fetched.get(issuer);
    const found = (await known?.keys)?.get(kid);
    if (found !== undefined) return found;
    const now = this.#now();
    if (known !== undefined && now - known.at < AGAIN_AFTER) return undefined;
    const keys = this.#fetch(issuer);
    this.#fetched.set(issuer, { keys, at: now });
    keys.catch(() => this.#fetched.delete(issuer));
    return (await keys).get(kid);
  }

  async #fetch(issuer: string): Promise<Keys> {
    const { keys = [] } = (await fetchJson(await this.#keySet(issuer))) as {
      keys?: readonly (JsonWebKey & { kid?: string })[];
    };
    const found = new Map<string, KeyObject>();
    for (const { kid, ...key } of keys)
      if (kid !== undefined) found.set(kid, createPublicKey({ key, format: 'jwk' }));
    return found;
  }
}

/** What an issuer says of itself: OpenID Connect Discovery 1.0, section 4. @throws Error */
export async function discoveredKeySet(issuer: string): Promise<string> {
  const { jwks_uri: uri } = (await fetchJson(
    `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
  )) as { jwks_uri?: unknown };
  if (typeof uri !== 'string') throw new Error(`${issuer} names no jwks_uri.`);
  return uri;
}

async function fetchJson(address: string): Promise<object> {
  const answer = await fetch(address, { signal: AbortSignal.timeout(TIMEOUT) });
  if (!answer.ok) throw new Error(`${address} answers ${answer.status}.`);
  const told: unknown = await answer.json();
  return typeof told === 'object' && told !== null ? told : {};
}
