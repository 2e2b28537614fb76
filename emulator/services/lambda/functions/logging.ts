import type { LoggingConfig } from '@aws-sdk/client-lambda';
import { invalidParameter } from '../failures.ts';
import type { LoggingSettings } from '../execution/execution.ts';

type JsonLogging = Extract<LoggingSettings, { format: 'JSON' }>;

/**
 * A function's log settings: what the call gives, else what was there, else AWS's defaults (text, group of the
 * function's name, levels INFO).
 *
 * @throws ServiceFailure `InvalidParameterValueException` for levels without JSON, which AWS filters by
 */
export function readLogging(
  given: LoggingConfig | undefined,
  before: LoggingSettings | undefined,
  functionName: string,
): LoggingSettings {
  const group = given?.LogGroup ?? before?.group ?? `/aws/lambda/${functionName}`;
  const format = given?.LogFormat ?? before?.format ?? 'Text';
  if (format === 'Text') {
    if (given?.ApplicationLogLevel !== undefined || given?.SystemLogLevel !== undefined) {
      throw invalidParameter(
        'ApplicationLogLevel and SystemLogLevel need LogFormat JSON: a function that logs as text has no log levels.',
      );
    }
    return { format, group };
  }
  const old = before?.format === 'JSON' ? before : undefined;
  return {
    format,
    group,
    applicationLevel: (given?.ApplicationLogLevel ??
      old?.applicationLevel ??
      'INFO') satisfies JsonLogging['applicationLevel'],
    systemLevel: (given?.SystemLogLevel ?? old?.systemLevel ?? 'INFO') satisfies JsonLogging['systemLevel'],
  };
}
