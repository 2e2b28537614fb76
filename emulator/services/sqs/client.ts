import type * as sdk from '@aws-sdk/client-sqs';

/** The SDK client whose wire this service speaks. */
export type Sqs = typeof sdk;
