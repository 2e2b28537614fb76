import { GetFunctionEventInvokeConfigCommand } from '@aws-sdk/client-lambda';
import { findFunction, findMappings, functionName } from '../found/function.ts';
import { findQueue } from '../found/queue.ts';
import { names, type FunctionName } from '../names.ts';
import { ifThere } from '../../aws-errors/named.ts';
import type { Context } from './context.ts';
import { essence } from './queue.ts';

export type Field = 'model' | 'tries' | 'blocks' | 'then';

/** What an answer must be, and what it follows from. */
export interface Right {
  /** More than one where the configuration leaves it open. */
  readonly is: readonly string[];
  /** The call whose answer shows it. */
  readonly from: string;
  readonly seen: unknown;
}
export type Truth = Readonly<Record<Field, Right>>;

/** Lambda developer guide, "How Lambda handles errors and retries with asynchronous invocation": two more attempts. */
const defaultRetries = 2;

/** Who calls a function and what happens when it fails, read from how everything is configured now. */
export async function truthOf(context: Context, name: FunctionName): Promise<Truth> {
  if (name === 'worker') return queueTruth(context);
  if (name === 'audit') return streamTruth(context);
  return asynchronousTruth(context, name);
}

async function asynchronousTruth(context: Context, name: FunctionName): Promise<Truth> {
  const configuration = await findFunction(context, name);
  const invoke = await ifThere(
    context.clients.lambda.send(
      new GetFunctionEventInvokeConfigCommand({ FunctionName: functionName(context, name) }),
    ),
    'ResourceNotFoundException',
  );
  const destination = invoke?.DestinationConfig?.OnFailure?.Destination;
  const deadLetters = configuration?.DeadLetterConfig?.TargetArn;
  const ends = [
    ...(destination === undefined || destination === '' ? [] : ['destination']),
    ...(deadLetters === undefined || deadLetters === '' ? [] : ['dead-letter-queue']),
  ];
  const seen = {
    EventSourceMappings: [],
    MaximumRetryAttempts: invoke?.MaximumRetryAttempts ?? `${String(defaultRetries)} (default)`,
    DestinationConfig: invoke?.DestinationConfig ?? {},
    DeadLetterConfig: configuration?.DeadLetterConfig ?? {},
  };
  const from = 'GetFunctionEventInvokeConfig · GetFunctionConfiguration';
  const right = (...is: readonly string[]): Right => ({ is, from, seen });
  return {
    model: right('asynchronous'),
    tries: right(String(1 + (invoke?.MaximumRetryAttempts ?? defaultRetries))),
    blocks: right('nothing'),
    then: right(...(ends.length === 0 ? ['dropped'] : ends)),
  };
}

async function queueTruth(context: Context): Promise<Truth> {
  const queue = await findQueue(context, context.name(names.queue));
  const mapping = (await findMappings(context, 'worker')).find(
    ({ EventSourceArn }) => EventSourceArn === queue?.arn,
  );
  const reports = mapping?.FunctionResponseTypes?.includes('ReportBatchItemFailures') === true;
  const seen = { RedrivePolicy: queue?.redrive ?? {}, mapping: essence(mapping ?? {}) };
  const right = (is: string): Right => ({
    is: [is],
    from: 'GetQueueAttributes · GetEventSourceMapping',
    seen,
  });
  return {
    model: right('polling'),
    tries: right(String(queue?.redrive?.maxReceiveCount ?? 'unlimited')),
    blocks: right(reports ? 'nothing' : 'batch'),
    then: right(queue?.redrive === undefined ? 'dropped' : 'dead-letter-queue'),
  };
}

async function streamTruth(context: Context): Promise<Truth> {
  const [mapping] = await findMappings(context, 'audit');
  const retries = mapping?.MaximumRetryAttempts ?? -1;
  const onFailure = mapping?.DestinationConfig?.OnFailure?.Destination;
  const seen = essence(mapping ?? {});
  const right = (is: string): Right => ({ is: [is], from: 'GetEventSourceMapping', seen });
  return {
    model: right('polling'),
    tries: right(retries < 0 ? 'unlimited' : String(1 + retries)),
    blocks: right('shard'),
    then: right(onFailure === undefined || onFailure === '' ? 'dropped' : 'destination'),
  };
}
