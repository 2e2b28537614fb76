import type * as sdk from '@aws-sdk/client-cloudwatch-logs';
import type { Operations } from '../../service/operations.ts';

/** The SDK client whose wire this service speaks. */
export type LogsClient = typeof sdk;
export type LogsOperations = Operations<LogsClient>;
