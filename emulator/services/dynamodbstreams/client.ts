import type * as sdk from '@aws-sdk/client-dynamodb-streams';

/** The SDK client whose wire this service speaks. */
export type DynamodbStreams = typeof sdk;
