import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Cloud } from '../../../cloud.ts';
import type { Scope } from '../../../service/call.ts';
import type { WireAnswer, WireRequest } from '../../../wire/wire.ts';
import type { PackageReference } from '../functions/record.ts';

const validSeconds = 600;
/* Beginning as in the service's `addresses`. */
const path = /^\/awslambda-[a-z0-9-]+-tasks\/snapshots\/(\d{12})\/[^/]+-([0-9a-f]{64})$/;

/** Addresses that a function's package can be downloaded from for ten minutes, as `GetFunction` gives them. */
export class Downloads {
  readonly #cloud: Cloud;
  readonly #secrets;

  constructor(cloud: Cloud) {
    this.#cloud = cloud;
    this.#secrets = cloud.state.table<string>('lambda.download-secret');
  }

  /** @param origin the cloud's address as the caller knows it */
  address(scope: Scope, origin: string, name: string, code: PackageReference): string {
    const now = new Date(this.#cloud.clock.now()).toISOString().replace(/[-:]|\.\d+/g, '');
    const pathname = `/awslambda-${scope.region}-tasks/snapshots/${scope.account}/${name}-${code.blob.slice('blob:'.length)}`;
    const query = new URLSearchParams({
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Date': now,
      'X-Amz-SignedHeaders': 'host',
      'X-Amz-Expires': String(validSeconds),
      'X-Amz-Credential': `${scope.account}/${now.slice(0, 8)}/${scope.region}/s3/aws4_request`,
    });
    query.set('X-Amz-Signature', this.#signature(pathname, query));
    return `${origin}${pathname}?${query.toString()}`;
  }

  /** Answers a request to one of the addresses: the package, or what S3 answers to a signature that is wrong or too old. */
  async visit(request: WireRequest): Promise<WireAnswer> {
    const query = new URLSearchParams(request.query);
    const signature = query.get('X-Amz-Signature') ?? '';
    query.delete('X-Amz-Signature');
    const blob = path.exec(request.path)?.[2];
    const expected = this.#signature(request.path, query);
    const genuine =
      signature.length === expected.length && timingSafeEqual(Buffer.from(signature), Buffer.from(expected));
    if (blob === undefined || !genuine) {
      return refusal(
        'SignatureDoesNotMatch',
        'The request signature we calculated does not match the signature you provided.',
      );
    }
    const made = Date.parse(
      (query.get('X-Amz-Date') ?? '').replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5'),
    );
    if (!(this.#cloud.clock.now() < made + validSeconds * 1000)) {
      return refusal('AccessDenied', 'Request has expired');
    }
    const bytes = await this.#cloud.blobs.get(`blob:${blob}`).catch(() => undefined);
    if (bytes === undefined) return refusal('AccessDenied', 'The package has been replaced since.');
    return {
      status: 200,
      headers: { 'content-type': 'application/zip', 'content-length': String(bytes.length) },
      body: request.method === 'HEAD' ? new Uint8Array() : bytes,
    };
  }

  #signature(pathname: string, query: URLSearchParams): string {
    // One secret for all: it proves only that the address is one of ours, and lasts over a restart.
    const rows = this.#secrets.in({ account: '000000000000', region: 'aws-global' });
    let secret = rows.get('secret');
    if (secret === undefined) {
      secret = randomBytes(32).toString('hex');
      rows.set('secret', secret);
    }
    return createHmac('sha256', secret).update(`${pathname}\n${query.toString()}`).digest('hex');
  }
}

function refusal(code: string, message: string): WireAnswer {
  return {
    status: 403,
    headers: { 'content-type': 'application/xml' },
    body: new TextEncoder().encode(
      `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`,
    ),
  };
}
