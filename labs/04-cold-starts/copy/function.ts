import type { FunctionConfiguration } from '@aws-sdk/client-lambda';

/** What `GetFunctionConfiguration` says of a function. */
export type Configuration = FunctionConfiguration;

/** Where a function's log lines go. */
export const logGroupOf = ({ LoggingConfig, FunctionName = '' }: Configuration): string =>
  LoggingConfig?.LogGroup ?? `/aws/lambda/${FunctionName}`;
