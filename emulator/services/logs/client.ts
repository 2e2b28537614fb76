import type { Operations } from '../../service/operations.ts';

/** The SDK client whose wire this service speaks. */
export type LogsClient = typeof import('@aws-sdk/client-cloudwatch-logs');
export type LogsOperations = Operations<LogsClient>;
