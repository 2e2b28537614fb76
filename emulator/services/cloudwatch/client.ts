import type * as sdk from '@aws-sdk/client-cloudwatch';
import type { Operations } from '../../service/operations.ts';

/** The SDK client whose wire this service speaks. */
export type CloudWatchClientModule = typeof sdk;
export type CloudWatchOperations = Operations<CloudWatchClientModule>;
