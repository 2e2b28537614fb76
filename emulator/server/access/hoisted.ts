import type { WireRequest } from '../../wire/wire.ts';
import type { Credentials } from './credentials.ts';

/* The signature itself; and the checksum that SDKs compute of no body when they presign, which S3 passes over. */
const PASSED_OVER =
  /^x-amz-(?:algorithm|credential|date|expires|signature|signedheaders|security-token|content-sha256|user-agent|checksum-.*|sdk-.*)$/;

/** A presigned request to S3 with what its signer moved from headers into the address, such as `x-amz-meta-…`. */
export function withHoisted(request: WireRequest, credentials: Credentials): WireRequest {
  if (credentials.expires === undefined) return request;
  const headers = { ...request.headers };
  for (const [name, value] of new URLSearchParams(request.query)) {
    const header = name.toLowerCase();
    if (header.startsWith('x-amz-') && !PASSED_OVER.test(header)) headers[header] ??= value;
  }
  return { ...request, headers };
}
