import type { Target } from '@aws-sdk/client-scheduler';
import { MOST_AGE_SECONDS, MOST_RETRIES } from '../../events/rows.ts';
import { targetKind } from '../../events/targets/kind.ts';
import { invalid, notBuilt } from '../failures.ts';
import type { TargetRow } from '../rows.ts';

/** Parameters of targets that are not built. */
const UNBUILT = [
  'EcsParameters',
  'SageMakerPipelineParameters',
  'EventBridgePutEventsV2Parameters',
  'EventBridgePutRawEventsParameters',
] as const;

/** Checks a target as a request has it. @throws ValidationException */
export function readTarget(target: Target): TargetRow {
  const { Arn: arn = '', RoleArn: role = '', Input: input, EventBridgeParameters: event } = target;
  const universal = /^arn:aws[a-z-]*:scheduler:::aws-sdk:(.+)$/.exec(arn)?.[1];
  if (universal !== undefined) throw notBuilt(`the universal target ${universal}`);
  const kind = targetKind(arn);
  if (kind === undefined) throw invalid(`Provided Arn is not in correct format: ${arn}.`);
  if (kind.kind === 'unbuilt') throw notBuilt(`targets of ${kind.service} (${arn})`);
  if (kind.kind === 'logs') throw invalid(`Provided Arn is not of a templated target: ${arn}.`);
  const unbuilt = UNBUILT.find((name) => target[name] !== undefined);
  if (unbuilt !== undefined) throw notBuilt(`targets with ${unbuilt}`);
  if (kind.kind === 'bus' && event === undefined)
    throw invalid('EventBridgeParameters must be specified for an event bus.');
  if (kind.kind === 'bus' && input !== undefined && !isJsonObject(input))
    throw invalid('The Input of an event bus must be a JSON object: it is the detail of the event.');
  if (kind.kind === 'lambda' && input !== undefined && !isJson(input))
    throw invalid('The Input of a Lambda function must be valid JSON.');
  const partitionKey = target.KinesisParameters?.PartitionKey;
  if (kind.kind === 'kinesis' && partitionKey === undefined)
    throw invalid('KinesisParameters must be specified for a Kinesis stream.');
  const groupId = target.SqsParameters?.MessageGroupId;
  if (kind.kind === 'sqs' && kind.fifo && groupId === undefined)
    throw invalid('SqsParameters with a MessageGroupId must be specified for a FIFO queue.');
  const deadLetters = target.DeadLetterConfig?.Arn;
  if (deadLetters !== undefined && targetKind(deadLetters)?.kind !== 'sqs')
    throw invalid(`Provided Arn of the dead-letter queue is not in correct format: ${deadLetters}.`);
  return {
    arn,
    role,
    ...(input === undefined ? {} : { input }),
    ...(deadLetters === undefined ? {} : { deadLetters }),
    mostRetries: target.RetryPolicy?.MaximumRetryAttempts ?? MOST_RETRIES,
    mostAgeSeconds: target.RetryPolicy?.MaximumEventAgeInSeconds ?? MOST_AGE_SECONDS,
    ...(groupId === undefined ? {} : { groupId }),
    ...(partitionKey === undefined ? {} : { partitionKey }),
    ...(event === undefined
      ? {}
      : { event: { detailType: event.DetailType ?? '', source: event.Source ?? '' } }),
  };
}

/** A target as AWS shows it. */
export function shownTarget(target: TargetRow): Target {
  const { input, deadLetters, groupId, partitionKey, event } = target;
  return {
    Arn: target.arn,
    RoleArn: target.role,
    ...(input === undefined ? {} : { Input: input }),
    ...(deadLetters === undefined ? {} : { DeadLetterConfig: { Arn: deadLetters } }),
    RetryPolicy: {
      MaximumEventAgeInSeconds: target.mostAgeSeconds,
      MaximumRetryAttempts: target.mostRetries,
    },
    ...(groupId === undefined ? {} : { SqsParameters: { MessageGroupId: groupId } }),
    ...(partitionKey === undefined ? {} : { KinesisParameters: { PartitionKey: partitionKey } }),
    ...(event === undefined
      ? {}
      : { EventBridgeParameters: { DetailType: event.detailType, Source: event.source } }),
  };
}

/** Words in angle brackets stand for values: `<aws.scheduler.execution-id>` may stand where a number would. */
function isJson(text: string): boolean {
  return parsed(text) !== undefined;
}

function isJsonObject(text: string): boolean {
  const value = parsed(text);
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replaceAll(/<aws\.scheduler\.[a-z-]+>/g, '0')) as unknown;
  } catch {
    return undefined;
  }
}
