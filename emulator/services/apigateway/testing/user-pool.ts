import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A user pool of a test's own: its keys stand where those of a pool on AWS do, and it makes tokens. */
export interface UserPool {
  readonly id: string;
  /** How often its keys were asked for. */
  readonly asked: () => number;
  /** A token of the pool for the app `app`, with claims in place of the usual ones. */
  readonly token: (claims?: object, key?: KeyObject, kid?: string) => string;
  close(): Promise<void>;
}

/** Opens a pool, and points the cloud of this process at it. @param now ms since 1970, the cloud's time */
export async function openUserPool(now: () => number): Promise<UserPool> {
  const id = 'us-east-1_Pool';
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    const keys = [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'RS256', use: 'sig' }];
    response.end(JSON.stringify({ keys }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  process.env['COLDSTART_COGNITO'] = origin;
  return {
    id,
    asked: () => asked,
    token(claims = {}, key = privateKey, kid = 'k1') {
      const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
      const iat = Math.floor(now() / 1000);
      const usual = { iss: `${origin}/${id}`, sub: 'ada', token_use: 'id', aud: 'app', exp: iat + 600, iat };
      const text = `${part({ alg: 'RS256', kid })}.${part({ ...usual, ...claims })}`;
      return `${text}.${createSign('RSA-SHA256').update(text).sign(key, 'base64url')}`;
    },
    async close() {
      delete process.env['COLDSTART_COGNITO'];
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
