import type { Principal, Scope } from '../service/call.ts';

/** Temporary credentials of a role, as a running function has them. */
export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** ms since 1970 */
  readonly expiration: number;
}

/** Who a key is. A 12-digit access key is the root of the account with that number; sessions carry their account in their key. */
export interface Identity {
  /** Undefined for a key that is unknown, or a session that has expired. Keys of other forms than ours belong to account 000000000000. */
  principalOf(accessKeyId: string, sessionToken: string | undefined): Principal | undefined;
  /** The secret of a key, where signatures are verified. */
  secretOf(accessKeyId: string, sessionToken: string | undefined): string | undefined;
  /** Makes session credentials of a role. Nothing is stored: the token says who it is and is sealed. */
  session(scope: Scope, roleName: string, sessionName: string, seconds: number): SessionCredentials;
}
