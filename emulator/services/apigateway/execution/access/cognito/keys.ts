import type { KeyObject } from 'node:crypto';
import { IssuerKeys } from '../../../../../gateway/tokens/issuer-keys.ts';

/**
 * Finds the keys that user pools sign with. There are no user pools in this cloud: keys come from AWS, or from the
 * server that `COLDSTART_COGNITO` names, as other emulators of Cognito have them: `http://localhost:9229`.
 */
export class PoolKeys {
  readonly #keys: IssuerKeys;

  /** @param now ms since 1970, cloud time */
  constructor(now: () => number) {
    this.#keys = new IssuerKeys(now, (issuer) => `${issuer}/.well-known/jwks.json`);
  }

  /** Who a pool says it is. @param poolId `us-east-1_abc` */
  issuer(region: string, poolId: string): string {
    const own = process.env['COLDSTART_COGNITO'];
    const origin = own === undefined || own === '' ? `https://cognito-idp.${region}.amazonaws.com` : own;
    return `${origin.replace(/\/$/, '')}/${poolId}`;
  }

  /** @throws Error where the pool's keys cannot be had */
  async key(issuer: string, kid: string): Promise<KeyObject | undefined> {
    return await this.#keys.key(issuer, kid);
  }
}
