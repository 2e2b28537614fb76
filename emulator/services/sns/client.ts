import type * as sdk from '@aws-sdk/client-sns';

/** The SDK client whose wire this service speaks. */
export type Sns = typeof sdk;
