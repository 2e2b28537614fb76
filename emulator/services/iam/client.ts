import type * as sdk from '@aws-sdk/client-iam';

/** The SDK client whose wire this service speaks. */
export type Iam = typeof sdk;
