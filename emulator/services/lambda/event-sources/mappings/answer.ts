import type { EventSourceMappingConfiguration } from '@aws-sdk/client-lambda';
import type { Scope } from '../../../../service/call.ts';
import { functionArn } from '../../names/name.ts';
import type { MappingRecord } from './record.ts';

/** `arn:aws:lambda:<region>:<account>:event-source-mapping:<uuid>` */
export const mappingArn = (scope: Scope, uuid: string): string =>
  `arn:aws:lambda:${scope.region}:${scope.account}:event-source-mapping:${uuid}`;

/** A mapping as AWS answers it (recorded: test_sqs_event_source_mapping_update, test_dynamodb_event_source_mapping). */
export function told(scope: Scope, record: MappingRecord): EventSourceMappingConfiguration {
  const { uuid, settings } = record;
  const common: EventSourceMappingConfiguration = {
    UUID: uuid,
    EventSourceMappingArn: mappingArn(scope, uuid),
    EventSourceArn: record.sourceArn,
    FunctionArn: functionArn(scope, record.functionName, record.qualifier),
    FunctionResponseTypes: settings.reportsFailures ? ['ReportBatchItemFailures'] : [],
    BatchSize: settings.batchSize,
    MaximumBatchingWindowInSeconds: settings.windowSeconds,
    LastModified: new Date(record.lastModified),
    State: record.transition?.is ?? (record.enabled ? 'Enabled' : 'Disabled'),
    ...(settings.filters.length === 0
      ? {}
      : { FilterCriteria: { Filters: settings.filters.map((Pattern) => ({ Pattern })) } }),
  };
  if (settings.of === 'queue') {
    const { maximumConcurrency } = settings;
    return {
      ...common,
      StateTransitionReason: 'USER_INITIATED',
      ...(maximumConcurrency === undefined
        ? {}
        : { ScalingConfig: { MaximumConcurrency: maximumConcurrency } }),
    };
  }
  return {
    ...common,
    StateTransitionReason: 'User action',
    StartingPosition: settings.startingPosition,
    ...(settings.startingTimestamp === undefined
      ? {}
      : { StartingPositionTimestamp: new Date(settings.startingTimestamp) }),
    ParallelizationFactor: settings.parallelization,
    BisectBatchOnFunctionError: settings.bisects,
    MaximumRetryAttempts: settings.mostRetries,
    MaximumRecordAgeInSeconds: settings.mostAgeSeconds,
    TumblingWindowInSeconds: settings.tumblingSeconds,
    DestinationConfig: {
      OnFailure: settings.onFailure === undefined ? {} : { Destination: settings.onFailure },
    },
    LastProcessingResult: record.lastResult ?? 'No records processed',
  };
}
