import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';

/** A user pool's public keys by their ids. */
type Keys = ReadonlyMap<string, KeyObject>;

interface Fetched {
  readonly keys: Promise<Keys>;
  /** ms since 1970, cloud time */
  readonly at: number;
}

/** Pools change their keys seldom; one with an unknown id is asked for again, but not more often than this (ms). */
const AGAIN_AFTER = 60_000;
const TIMEOUT = 5_000;

/**
 * Finds the keys that user pools sign with. There are no user pools in this cloud: keys come from AWS, or from the
 * server that `COLDSTART_COGNITO` names, as other emulators of Cognito have them: `http://localhost:9229`.
 */
export class PoolKeys {
  readonly #now: () => number;
  readonly #fetched = new Map<string, Fetched>();

  /** @param now ms since 1970, cloud time */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Who a pool says it is. @param poolId `us-east-1_abc` */
  issuer(region: string, poolId: string): string {
    const own = process.env['COLDSTART_COGNITO'];
    const origin = own === undefined || own === '' ? `https://cognito-idp.${region}.amazonaws.com` : own;
    return `${origin.replace(/\/$/, '')}/${poolId}`;
  }

  /** @throws Error where the pool's keys cannot be had */
  async key(issuer: string, kid: string): Promise<KeyObject | undefined> {
    const known = this.#fetched.get(issuer);
    const found = (await known?.keys)?.get(kid);
    if (found !== undefined) return found;
    const now = this.#now();
    if (known !== undefined && now - known.at < AGAIN_AFTER) return undefined;
    const keys = fetchKeys(issuer);
    this.#fetched.set(issuer, { keys, at: now });
    keys.catch(() => this.#fetched.delete(issuer));
    return (await keys).get(kid);
  }
}

async function fetchKeys(issuer: string): Promise<Keys> {
  const answer = await fetch(`${issuer}/.well-known/jwks.json`, { signal: AbortSignal.timeout(TIMEOUT) });
  if (!answer.ok) throw new Error(`The keys of ${issuer} cannot be had: ${answer.status}`);
  const { keys = [] } = (await answer.json()) as { keys?: readonly (JsonWebKey & { kid?: string })[] };
  const found = new Map<string, KeyObject>();
  for (const { kid, ...key } of keys)
    if (kid !== undefined) found.set(kid, createPublicKey({ key, format: 'jwk' }));
  return found;
}
