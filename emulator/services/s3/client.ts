import type * as sdk from '@aws-sdk/client-s3';

/** The SDK client whose wire this service speaks. */
export type S3 = typeof sdk;
