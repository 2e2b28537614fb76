import { CreateRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { SignatureV4 } from '@smithy/signature-v4';
import { createHash, createHmac } from 'node:crypto';
import { ask, type Answer } from './trial-api.ts';
import { scope, type TrialGateway } from './trial-gateway.ts';

/** What a request is signed with. */
export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

class Sha256 {
  readonly #hash;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret as Uint8Array);
  }
  update(chunk: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(chunk as Uint8Array);
  }
  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest());
  }
  reset(): void {
    throw new Error('not used');
  }
}

const signerFor = (credentials: Keys): SignatureV4 =>
  new SignatureV4({ service: 'execute-api', region: scope.region, credentials, sha256: Sha256 });

const requestFor = ({ running: { port } }: TrialGateway, path: string) => ({
  method: 'GET',
  protocol: 'http:',
  hostname: '127.0.0.1',
  port,
  path,
  query: {},
  headers: { host: `127.0.0.1:${port}` },
});

/** Asks with a SigV4 signature for `execute-api`, as SDKs of APIs do. */
export async function askSigned(at: TrialGateway, path: string, credentials: Keys): Promise<Answer> {
  const { headers } = await signerFor(credentials).sign(requestFor(at, path));
  return await ask(at, path, { headers });
}

/** A query with such a signature for a GET of a path: for clients that can say no headers. */
export async function signedQuery(at: TrialGateway, path: string, credentials: Keys): Promise<string> {
  const { query = {} } = await signerFor(credentials).presign(requestFor(at, path));
  return new URLSearchParams(query as Record<string, string>).toString();
}

/** Makes a role whose policy has these statements, and a session of it. */
export async function sessionOf(at: TrialGateway, RoleName: string, statements: object[]): Promise<Keys> {
  const trust = { Effect: 'Allow', Principal: { AWS: scope.account }, Action: 'sts:AssumeRole' };
  const made = await at.iam.send(
    new CreateRoleCommand({
      RoleName,
      AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: trust }),
    }),
  );
  if (statements.length > 0)
    await at.iam.send(
      new PutRolePolicyCommand({
        RoleName,
        PolicyName: 'p',
        PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
      }),
    );
  const sts = new STSClient(at.settings());
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({ RoleArn: made.Role?.Arn, RoleSessionName: 'session' }),
  );
  sts.destroy();
  return {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
}
