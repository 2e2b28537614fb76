import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createIdentity } from './sealed-identity.ts';
import { readSecret } from './secret.ts';

const scope = { account: '111122223333', region: 'eu-west-1' };
let time = 1_000_000;
const identity = createIdentity({ secret: Buffer.alloc(32, 1), now: () => time });
const stranger = createIdentity({ secret: Buffer.alloc(32, 2), now: () => time });
beforeEach(() => {
  time = 1_000_000;
});

describe('long-term keys', () => {
  it('of twelve digits are the root of that account, all others of account 000000000000', () => {
    expect(identity.principalOf('111122223333', undefined)).toEqual({
      kind: 'root',
      account: '111122223333',
      arn: 'arn:aws:iam::111122223333:root',
      accessKeyId: '111122223333',
    });
    for (const key of ['test', 'AKIAIOSFODNN7EXAMPLE', '1111222233334'])
      expect(identity.principalOf(key, undefined)?.arn).toBe('arn:aws:iam::000000000000:root');
  });

  it('have a secret of AWS’s form for each account, and other keys have none', () => {
    const secret = identity.secretOf('111122223333', undefined);
    expect(secret).toMatch(/^[A-Za-z0-9+/]{40}$/);
    expect(identity.secretOf('111122223334', undefined)).not.toBe(secret);
    expect(stranger.secretOf('111122223333', undefined)).not.toBe(secret);
    expect(identity.secretOf('test', undefined)).toBeUndefined();
  });
});

describe('sessions', () => {
  it('are the role, for whatever role and session name', () => {
    const name = fc.string({ minLength: 1, maxLength: 64, unit: 'grapheme' });
    const account = fc
      .integer({ min: 0, max: 999_999_999_999 })
      .map((number) => String(number).padStart(12, '0'));
    fc.assert(
      fc.property(account, name, name, (owner, role, session) => {
        const keys = identity.session({ ...scope, account: owner }, role, session, 900);
        expect(keys.accessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
        expect(keys.secretAccessKey).toMatch(/^[A-Za-z0-9+/]{40}$/);
        expect(identity.principalOf(keys.accessKeyId, keys.sessionToken)).toEqual({
          kind: 'role',
          account: owner,
          arn: `arn:aws:sts::${owner}:assumed-role/${role}/${session}`,
          accessKeyId: keys.accessKeyId,
          roleName: role,
          sessionName: session,
        });
        expect(identity.secretOf(keys.accessKeyId, keys.sessionToken)).toBe(keys.secretAccessKey);
      }),
    );
  });

  it('carry their account in the key, and no two have the same', () => {
    const keys = Array.from({ length: 50 }, () => identity.session(scope, 'r', 's', 900).accessKeyId);
    expect(new Set(keys).size).toBe(50);
    expect(new Set(keys.map((key) => key.slice(0, 12))).size).toBe(1);
    const other = identity.session({ ...scope, account: '444455556666' }, 'r', 's', 900);
    expect(other.accessKeyId.slice(0, 12)).not.toBe(keys[0]?.slice(0, 12));
  });

  it('end, and say so', () => {
    const { accessKeyId, sessionToken, expiration } = identity.session(scope, 'r', 's', 900);
    expect(expiration).toBe(time + 900_000);
    time = expiration - 1;
    expect(identity.principalOf(accessKeyId, sessionToken)?.kind).toBe('role');
    time = expiration;
    expect(identity.principalOf(accessKeyId, sessionToken)).toBeUndefined();
    expect(identity.secretOf(accessKeyId, sessionToken)).toBeUndefined();
    expect(identity.refusal(accessKeyId, sessionToken)).toBe('expired');
  });

  it('are nothing without their own token, unchanged and sealed here', () => {
    const { accessKeyId, sessionToken } = identity.session(scope, 'r', 's', 900);
    const bytes = Buffer.from(sessionToken, 'base64');
    const wrong: (string | undefined)[] = [
      undefined,
      '',
      'short',
      identity.session(scope, 'r', 's', 900).sessionToken,
      stranger.session(scope, 'r', 's', 900).sessionToken,
    ];
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      wrong.push(changed.toString('base64'));
    }
    for (const token of wrong) {
      expect(identity.principalOf(accessKeyId, token)).toBeUndefined();
      expect(identity.refusal(accessKeyId, token)).toBe('invalid');
    }
  });
});

describe('the secret of a cloud', () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'coldstart-secret-'));
  });
  afterEach(() => {
    rmSync(home, { recursive: true, force: true });
  });

  it('is made once and stays', () => {
    const secret = readSecret(home);
    expect(secret).toHaveLength(32);
    expect(Buffer.from(readSecret(home))).toEqual(Buffer.from(secret));
  });
});
