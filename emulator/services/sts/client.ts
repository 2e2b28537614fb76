import type * as sdk from '@aws-sdk/client-sts';

/** The SDK client whose wire this service speaks. */
export type Sts = typeof sdk;
