import type {
  CreateEventSourceMappingRequest,
  UpdateEventSourceMappingRequest,
} from '@aws-sdk/client-lambda';
import { constraintBroken, invalidParameter } from '../../failures.ts';
import type { MappingSettings, QueueSettings, StreamSettings } from '../mappings/record.ts';
import { readFilters } from './filters.ts';
import type { Source } from './source.ts';

export type SettingsInput = Omit<UpdateEventSourceMappingRequest, 'UUID' | 'FunctionName'> &
  Pick<CreateEventSourceMappingRequest, 'StartingPosition' | 'StartingPositionTimestamp'>;

/* What only streams have, with the values that ask for nothing: tools send them. */
const ofStreamsOnly = {
  ParallelizationFactor: 1,
  MaximumRecordAgeInSeconds: -1,
  BisectBatchOnFunctionError: false,
  MaximumRetryAttempts: -1,
  TumblingWindowInSeconds: 0,
} as const;

/**
 * The settings that a call gives, with AWS's defaults or what was there before for the others.
 * @param now ms since 1970
 * @throws ServiceFailure `InvalidParameterValueException`
 */
export function readSettings(
  source: Source,
  input: SettingsInput,
  before: MappingSettings | undefined,
  now: number,
): MappingSettings {
  return source.kind === 'sqs'
    ? readQueueSettings(source.arn, input, before?.of === 'queue' ? before : undefined)
    : readStreamSettings(source, input, before?.of === 'stream' ? before : undefined, now);
}

const unsupported = (parameter: string) =>
  invalidParameter(`Unsupported ${parameter} parameter for given event source mapping type.`);

function common(input: SettingsInput, before: MappingSettings | undefined, batchSize: number) {
  const { BatchSize, MaximumBatchingWindowInSeconds, FilterCriteria, FunctionResponseTypes } = input;
  return {
    batchSize: BatchSize ?? before?.batchSize ?? batchSize,
    windowSeconds: MaximumBatchingWindowInSeconds ?? before?.windowSeconds ?? 0,
    filters: FilterCriteria === undefined ? (before?.filters ?? []) : readFilters(FilterCriteria),
    reportsFailures:
      FunctionResponseTypes?.includes('ReportBatchItemFailures') ?? before?.reportsFailures ?? false,
  };
}

function readQueueSettings(
  arn: string,
  input: SettingsInput,
  before: QueueSettings | undefined,
): QueueSettings {
  const { OnSuccess, OnFailure } = input.DestinationConfig ?? {};
  if (OnSuccess?.Destination !== undefined || OnFailure?.Destination !== undefined) {
    throw unsupported('DestinationConfig');
  }
  if (input.StartingPosition !== undefined) {
    throw invalidParameter('StartingPosition is not valid for SQS event sources.');
  }
  for (const [parameter, nothing] of Object.entries(ofStreamsOnly)) {
    const value = input[parameter as keyof typeof ofStreamsOnly];
    if (value !== undefined && value !== nothing) throw unsupported(parameter);
  }
  const settings = common(input, before, 10);
  if (settings.windowSeconds > 0 && arn.endsWith('.fifo')) {
    throw invalidParameter('Batching window is not supported for FIFO queues');
  }
  if (settings.batchSize > 10 && settings.windowSeconds === 0) {
    throw invalidParameter(
      'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10',
    );
  }
  // A structure without the member takes the maximum away.
  const maximumConcurrency =
    input.ScalingConfig === undefined ? before?.maximumConcurrency : input.ScalingConfig.MaximumConcurrency;
  return { of: 'queue', ...settings, ...(maximumConcurrency === undefined ? {} : { maximumConcurrency }) };
}

function readStreamSettings(
  source: Source,
  input: SettingsInput,
  before: StreamSettings | undefined,
  now: number,
): StreamSettings {
  if (input.ScalingConfig?.MaximumConcurrency !== undefined) throw unsupported('ScalingConfig');
  if (input.DestinationConfig?.OnSuccess?.Destination !== undefined) throw unsupported('DestinationConfig');
  const mostAgeSeconds = input.MaximumRecordAgeInSeconds ?? before?.mostAgeSeconds ?? -1;
  if (mostAgeSeconds >= 0 && mostAgeSeconds < 60) {
    throw invalidParameter('MaximumRecordAgeInSeconds must be -1 or between 60 and 604800 seconds.');
  }
  const parallelization = input.ParallelizationFactor ?? before?.parallelization ?? 1;
  const tumblingSeconds = input.TumblingWindowInSeconds ?? before?.tumblingSeconds ?? 0;
  if (tumblingSeconds > 0 && parallelization > 1) {
    throw invalidParameter('TumblingWindowInSeconds cannot be used with a ParallelizationFactor above 1.');
  }
  const onFailure = input.DestinationConfig?.OnFailure?.Destination ?? before?.onFailure ?? '';
  return {
    of: 'stream',
    ...common(input, before, 100),
    ...(before === undefined ? readStart(source, input, now) : startOf(before)),
    parallelization,
    mostRetries: input.MaximumRetryAttempts ?? before?.mostRetries ?? -1,
    mostAgeSeconds,
    bisects: input.BisectBatchOnFunctionError ?? before?.bisects ?? false,
    tumblingSeconds,
    ...(onFailure === '' ? {} : { onFailure }),
  };
}

type Start = Pick<StreamSettings, 'startingPosition' | 'startingTimestamp'>;

const startOf = ({ startingPosition, startingTimestamp }: StreamSettings): Start => ({
  startingPosition,
  ...(startingTimestamp === undefined ? {} : { startingTimestamp }),
});

function readStart({ kind, arn }: Source, input: SettingsInput, now: number): Start {
  const { StartingPosition: position, StartingPositionTimestamp: timestamp } = input;
  switch (position) {
    case undefined:
      throw invalidParameter(
        "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.",
      );
    case 'TRIM_HORIZON':
    case 'LATEST':
      if (timestamp !== undefined) {
        throw invalidParameter(
          'StartingPositionTimestamp is only valid with the AT_TIMESTAMP starting position.',
        );
      }
      return { startingPosition: position };
    case 'AT_TIMESTAMP':
      if (kind !== 'kinesis') throw invalidParameter(`Unsupported starting position for arn type: ${arn}`);
      if (timestamp === undefined) {
        throw invalidParameter('The AT_TIMESTAMP starting position needs a StartingPositionTimestamp.');
      }
      if (timestamp.getTime() > now) {
        throw invalidParameter('StartingPositionTimestamp must not be in the future.');
      }
      return { startingPosition: position, startingTimestamp: timestamp.getTime() };
    default:
      throw constraintBroken(
        String(position),
        'startingPosition',
        'Member must satisfy enum value set: [LATEST, AT_TIMESTAMP, TRIM_HORIZON]',
      );
  }
}
