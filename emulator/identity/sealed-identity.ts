import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import type { Principal } from '../service/call.ts';
import type { Identity, SessionCredentials } from './identity.ts';

/** An identity with what the server asks of it besides. */
export interface SealedIdentity extends Identity {
  /** Why a key has no principal: for AWS's two different errors. */
  refusal(accessKeyId: string, sessionToken: string | undefined): 'expired' | 'invalid';
}

export interface IdentityOptions {
  /** The cloud's own secret, 32 bytes: everything that is sealed or derived rests on it. */
  readonly secret: Uint8Array;
  /** ms since 1970: sessions expire by it. */
  readonly now: () => number;
}

/** What a session token says, sealed. */
interface Session {
  readonly key: string;
  readonly account: string;
  readonly role: string;
  readonly session: string;
  /** ms since 1970 */
  readonly expires: number;
}

/** The account of every key that does not name one. */
const DEFAULT_ACCOUNT = '000000000000';
const ACCOUNT = /^\d{12}$/;
const SESSION_KEY = /^ASIA[A-Z0-9]{16}$/;

/**
 * Makes the cloud's identity. Nothing is stored: a session's token carries who it is, sealed with AES-256-GCM, and
 * every secret access key is derived from the cloud's own secret.
 */
export function createIdentity({ secret, now }: IdentityOptions): SealedIdentity {
  const derive = (purpose: string): Buffer => createHmac('sha256', secret).update(purpose).digest();
  const sealingKey = derive('session token');
  const secretKeyOf = (accessKeyId: string): string =>
    // AWS's secret keys have 40 characters: 30 bytes in base64.
    derive(`secret access key ${accessKeyId}`).subarray(0, 30).toString('base64');

  const sessionOf = (accessKeyId: string, token: string | undefined): Session | undefined => {
    if (token === undefined) return undefined;
    const session = unseal(sealingKey, token);
    return session?.key === accessKeyId ? session : undefined;
  };
  const current = (session: Session | undefined): session is Session =>
    session !== undefined && session.expires > now();

  return {
    principalOf: (accessKeyId, sessionToken): Principal | undefined => {
      if (!SESSION_KEY.test(accessKeyId)) {
        const account = ACCOUNT.test(accessKeyId) ? accessKeyId : DEFAULT_ACCOUNT;
        return { kind: 'root', account, arn: `arn:aws:iam::${account}:root`, accessKeyId };
      }
      const session = sessionOf(accessKeyId, sessionToken);
      if (!current(session)) return undefined;
      const { account, role, session: sessionName } = session;
      return {
        kind: 'role',
        account,
        arn: `arn:aws:sts::${account}:assumed-role/${role}/${sessionName}`,
        accessKeyId,
        roleName: role,
        sessionName,
      };
    },
    secretOf: (accessKeyId, sessionToken) => {
      if (ACCOUNT.test(accessKeyId)) return secretKeyOf(accessKeyId);
      return current(sessionOf(accessKeyId, sessionToken)) ? secretKeyOf(accessKeyId) : undefined;
    },
    session: ({ account }, roleName, sessionName, seconds): SessionCredentials => {
      const accessKeyId = sessionKey(account);
      const expiration = now() + seconds * 1000;
      const session: Session = {
        key: accessKeyId,
        account,
        role: roleName,
        session: sessionName,
        expires: expiration,
      };
      return {
        accessKeyId,
        secretAccessKey: secretKeyOf(accessKeyId),
        sessionToken: seal(sealingKey, session),
        expiration,
      };
    },
    refusal: (accessKeyId, sessionToken) =>
      sessionOf(accessKeyId, sessionToken) === undefined ? 'invalid' : 'expired',
  };
}

/* 16 digits of base 32 (RFC 4648): the account's 40 bits, then 40 random ones. */
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
function sessionKey(account: string): string {
  let bits = (BigInt(account) << 40n) | BigInt(`0x${randomBytes(5).toString('hex')}`);
  let text = '';
  for (let digit = 0; digit < 16; digit += 1) {
    text = (BASE32[Number(bits & 31n)] ?? '') + text;
    bits >>= 5n;
  }
  return `ASIA${text}`;
}

const NONCE = 12;
const TAG = 16;

function seal(key: Buffer, session: Session): string {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const text = Buffer.concat([cipher.update(JSON.stringify(session), 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64');
}

/* Undefined where the token was not sealed with this key: another cloud's, AWS's, or changed. */
function unseal(key: Buffer, token: string): Session | undefined {
  const bytes = Buffer.from(token, 'base64');
  if (bytes.length <= NONCE + TAG) return undefined;
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE));
    decipher.setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
    const text = Buffer.concat([decipher.update(bytes.subarray(NONCE + TAG)), decipher.final()]);
    // The seal vouches for the shape.
    return JSON.parse(text.toString('utf8')) as Session;
  } catch {
    return undefined;
  }
}
