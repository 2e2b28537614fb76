import type { RequestHead } from './exchange.ts';

/** How much of a body is read, and what AWS calls the operation in the error for more. */
export interface BodyLimit {
  readonly bytes: number;
  /** The limit as AWS states it, where more is read so that the service itself can refuse in its own words. */
  readonly stated?: number;
  readonly operation?: string;
}

const MEGABYTE = 1024 * 1024;
/** Recorded from AWS: `Request must be smaller than 70167211 bytes for the CreateFunction operation`: 50 MB in base64, and the rest. */
const CODE = 70_167_211;
/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const PAYLOAD = 6_291_456;
const OBJECT = 1024 * MEGABYTE;
/** More than any other request of a service in this cloud may hold (PutLogEvents: 1 MB). */
const OTHER = 10 * MEGABYTE;
/** Forms and targets of requests without a signature, which are read only to see what they are for. */
export const UNSIGNED_LIMIT = MEGABYTE;

/** What a request may send, told from its address: nothing is read before it is known. */
export function bodyLimit(head: RequestHead, signingName: string): BodyLimit {
  if (signingName === 's3') return { bytes: OBJECT };
  if (signingName !== 'lambda') return { bytes: OTHER };
  if (/\/functions\/?$/.test(head.path)) return { bytes: CODE, operation: 'CreateFunction' };
  if (/\/functions\/[^/]+\/code$/.test(head.path)) return { bytes: CODE, operation: 'UpdateFunctionCode' };
  if (/\/layers\/[^/]+\/versions$/.test(head.path)) return { bytes: CODE, operation: 'PublishLayerVersion' };
  if (/\/(?:invocations|invoke-async|response-streaming-invocations)\/?$/.test(head.path))
    return { bytes: PAYLOAD + 2 * MEGABYTE, stated: PAYLOAD, operation: 'InvokeFunction' };
  return { bytes: OTHER };
}
