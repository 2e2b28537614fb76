import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { ServiceFailure } from '../../service/failure.ts';

const unzip = promisify(gunzip);

/** The largest body that a compressed request may grow to, in bytes: no request of this cloud's services needs more. */
export const largestBody = 64 * 1024 * 1024;

/**
 * Undoes the gzip coding that SDK clients put on large metric requests.
 * @throws ServiceFailure for bytes that are not gzip, and for those that grow beyond {@link largestBody}
 */
export async function decodeGzip(body: Uint8Array): Promise<Uint8Array> {
  try {
    return await unzip(body, { maxOutputLength: largestBody });
  } catch (error) {
    if (error instanceof RangeError || (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE')
      throw new ServiceFailure(
        'RequestEntityTooLargeException',
        `Request must be smaller than ${largestBody} bytes`,
        { status: 413 },
      );
    throw new ServiceFailure('SerializationException', 'Could not decompress the request body', {
      status: 400,
    });
  }
}
