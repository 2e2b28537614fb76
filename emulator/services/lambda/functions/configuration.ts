import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import type { Scope } from '../../../service/call.ts';
import { functionArn } from '../names/name.ts';
import { runtimeVersionArn } from '../runtimes/runtimes.ts';
import type { VersionView } from './record.ts';

/** A function's configuration as AWS answers it (recorded: test_function_state). @param qualifier the one the caller named: it then stands in the ARN */
export function configurationOf(
  scope: Scope,
  record: VersionView,
  qualifier?: string,
): FunctionConfiguration {
  return {
    ...listedConfigurationOf(scope, record, qualifier),
    RuntimeVersionConfig: {
      RuntimeVersionArn: runtimeVersionArn(scope.region, record.deployment.settings.runtime),
    },
    ...stateOf(record),
  };
}

/** A function's configuration in a list, where AWS leaves out states and runtime version. */
export function listedConfigurationOf(
  scope: Scope,
  record: VersionView,
  qualifier?: string,
): FunctionConfiguration {
  const { settings } = record.deployment;
  return {
    FunctionName: record.name,
    FunctionArn: functionArn(scope, record.name, qualifier),
    Runtime: settings.runtime as FunctionConfiguration['Runtime'],
    Role: settings.role,
    Handler: settings.handler,
    CodeSize: settings.code.size,
    Description: settings.description,
    Timeout: settings.timeoutSeconds,
    MemorySize: settings.memoryMB,
    LastModified: lambdaDate(record.lastModified),
    CodeSha256: settings.code.sha256,
    Version: record.version ?? '$LATEST',
    ...(settings.environment === undefined ? {} : { Environment: { Variables: settings.environment } }),
    ...(settings.kmsKeyArn === undefined ? {} : { KMSKeyArn: settings.kmsKeyArn }),
    ...(settings.deadLetter === undefined ? {} : { DeadLetterConfig: { TargetArn: settings.deadLetter } }),
    ...(settings.layers === undefined || settings.layers.length === 0
      ? {}
      : { Layers: settings.layers.map(({ arn, size }) => ({ Arn: arn, CodeSize: size })) }),
    TracingConfig: { Mode: settings.tracing },
    RevisionId: record.revisionId,
    PackageType: 'Zip',
    Architectures: [settings.architecture],
    EphemeralStorage: { Size: settings.ephemeralStorageMB },
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
    LoggingConfig: loggingOf(record),
  };
}

function loggingOf(record: VersionView): NonNullable<FunctionConfiguration['LoggingConfig']> {
  const { logging } = record.deployment.settings;
  if (logging.format === 'Text') return { LogFormat: 'Text', LogGroup: logging.group };
  return {
    LogFormat: 'JSON',
    ApplicationLogLevel: logging.applicationLevel,
    SystemLogLevel: logging.systemLevel,
    LogGroup: logging.group,
  };
}

/* AWS gives the reason "being created" for an update, too (recorded: test_lambda_handler_update). */
const reason = 'The function is being created.';

function stateOf(record: VersionView): Partial<FunctionConfiguration> {
  switch (record.phase.is) {
    case 'pending':
      return { State: 'Pending', StateReason: reason, StateReasonCode: 'Creating' };
    case 'active':
      return { State: 'Active', LastUpdateStatus: 'Successful' };
    case 'updating':
      return {
        State: 'Active',
        LastUpdateStatus: 'InProgress',
        LastUpdateStatusReason: reason,
        // The SDK's type does not list the code that AWS sends.
        LastUpdateStatusReasonCode: 'Creating' as FunctionConfiguration['LastUpdateStatusReasonCode'],
      };
  }
}

/** A time as Lambda writes it: `2026-11-23T08:42:00.000+0000`. @param time ms since 1970 */
export function lambdaDate(time: number): string {
  return new Date(time).toISOString().replace('Z', '+0000');
}
