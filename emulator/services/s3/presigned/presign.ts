import { SignatureV4 } from '@smithy/signature-v4';
import { createHash, createHmac } from 'node:crypto';
import { account } from '../trial-s3.ts';

/* The hash that the SDK's signer asks for. */
class Sha256 {
  readonly #hash;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', bytesOf(secret));
  }
  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(bytesOf(data));
  }
  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest());
  }
  reset(): void {
    throw new Error('not used');
  }
}
function bytesOf(data: string | ArrayBuffer | ArrayBufferView): Buffer {
  if (typeof data === 'string') return Buffer.from(data);
  return ArrayBuffer.isView(data)
    ? Buffer.from(data.buffer, data.byteOffset, data.byteLength)
    : Buffer.from(data);
}

/** What an address is signed for. */
export interface Presigned {
  readonly method?: string;
  /** Seconds. */
  readonly expiresIn?: number;
  /** Those that begin with `x-amz-` move into the address, as with the SDK's presigner; others must be sent. */
  readonly headers?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly credentials?: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
}

/** An address for an object, signed as the SDK's presigner signs, for tests. */
export async function presign(origin: string, path: string, options: Presigned = {}): Promise<string> {
  const { method = 'GET', expiresIn = 900, headers = {}, query = {}, credentials } = options;
  const { hostname, port, host } = new URL(origin);
  const signer = new SignatureV4({
    service: 's3',
    region: 'us-east-1',
    sha256: Sha256,
    uriEscapePath: false,
    applyChecksum: false,
    credentials: credentials ?? { accessKeyId: account, secretAccessKey: 'test' },
  });
  const signed = await signer.presign(
    {
      method,
      protocol: 'http:',
      hostname,
      port: Number(port),
      path: path.split('/').map(encodeURIComponent).join('/'),
      query,
      headers: { ...headers, host, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
      body: undefined,
    },
    { expiresIn },
  );
  const told = Object.entries(signed.query ?? {}).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`,
  );
  return `${origin}${signed.path}?${told.join('&')}`;
}

/** The fields of a form that signs a policy, in the order that S3 wants them. */
export function signedFields(
  conditions: readonly unknown[],
  fields: Readonly<Record<string, string>>,
  options: { readonly secret?: string; readonly seconds?: number; readonly now?: number } = {},
): Record<string, string> {
  const { secret = 'test', seconds = 600, now = Date.now() } = options;
  const date = `${new Date(now).toISOString().replace(/[-:]/g, '').slice(0, 15)}Z`;
  const day = date.slice(0, 8);
  const own = {
    'x-amz-algorithm': 'AWS4-HMAC-SHA256',
    'x-amz-credential': `${account}/${day}/us-east-1/s3/aws4_request`,
    'x-amz-date': date,
  };
  const expiration = new Date(now + seconds * 1000).toISOString();
  const all = [...conditions, ...Object.entries(own).map(([name, value]) => ({ [name]: value }))];
  const policy = Buffer.from(JSON.stringify({ expiration, conditions: all })).toString('base64');
  const key = [day, 'us-east-1', 's3', 'aws4_request'].reduce<Buffer>(
    (from, part) => createHmac('sha256', from).update(part).digest(),
    Buffer.from(`AWS4${secret}`),
  );
  const signature = createHmac('sha256', key).update(policy).digest('hex');
  return { ...fields, ...own, policy, 'x-amz-signature': signature };
}
