import { invalidArgument, notBuilt } from '../failures.ts';

/** Where a copy comes from. */
export interface CopySource {
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string | undefined;
}

/**
 * Reads `x-amz-copy-source`: `bucket/key`, percent-encoded, with or without a leading slash and `?versionId=`.
 * @throws ServiceFailure `InvalidArgument`
 */
export function copySource(header: string): CopySource {
  if (header.startsWith('arn:')) throw notBuilt('Copying from an access point');
  const [path = '', query] = header.replace(/^\//, '').split(/\?versionId=/, 2);
  const decoded = decode(path);
  const slash = decoded.indexOf('/');
  if (slash <= 0 || slash === decoded.length - 1) {
    throw invalidArgument('Invalid copy source object key', 'x-amz-copy-source', 'x-amz-copy-source');
  }
  return { bucket: decoded.slice(0, slash), key: decoded.slice(slash + 1), versionId: query };
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw invalidArgument('Invalid copy source encoding.', 'x-amz-copy-source', path);
  }
}
