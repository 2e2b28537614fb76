import type * as sdk from '@aws-sdk/client-dynamodb';
import type { Operations } from '../../service/operations.ts';

/** The SDK client whose wire this service speaks. */
export type Dynamodb = typeof sdk;
export type DynamodbOperations = Operations<Dynamodb>;
