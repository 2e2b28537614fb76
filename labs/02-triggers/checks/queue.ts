import { findFunction, findMappings, functionName, type Mapping } from '../found/function.ts';
import { findQueue, type Queue } from '../found/queue.ts';
import { names } from '../names.ts';
import { shown } from '../../wording/wording.ts';
import { evidence, type Context, type LabCheck } from './context.ts';

/** A failed message must come back within a time for which a grading run on AWS can wait twice. Seconds. */
const longestVisibility = 60;
/** Lambda developer guide, "Using Lambda with Amazon SQS": a queue's visibility timeout against the function's timeout. */
const timesTimeout = 6;

const settings: LabCheck = {
  id: 'queue',
  title: (text) => text.queue.title,
  points: 5,
  verifiedOn: ['embedded'],
  hints: (text) => text.queue.hints,
  async run(context): Promise<Queue> {
    const text = context.text.queue;
    const [name, dead] = [context.name(names.queue), context.name(names.deadLetters)];
    const queue = await findQueue(context, name);
    if (queue === undefined) return context.fail({ ...text.missing(name), expected: name });
    const seen = evidence('GetQueueAttributes', queue.attributes);
    const { redrive, visibilityTimeout } = queue;
    if (redrive === undefined) return context.fail({ ...text.noRedrive(name), evidence: seen });
    const letters = await findQueue(context, dead);
    if (letters === undefined) return context.fail({ ...text.missing(dead), expected: dead, evidence: seen });
    if (redrive.deadLetterArn !== letters.arn)
      context.fail({
        ...text.otherTarget(redrive.deadLetterArn),
        expected: letters.arn,
        actual: redrive.deadLetterArn,
        evidence: seen,
      });
    const count = redrive.maxReceiveCount;
    const said = count < 2 ? text.tooFew(String(count)) : text.tooMany(String(count));
    context.expect(count, { ...said, evidence: seen }).toBe(2);
    const worker = await findFunction(context, 'worker');
    const timeout = worker?.Timeout ?? 3;
    if (visibilityTimeout < timeout * timesTimeout)
      context.fail({
        ...text.visibility(String(visibilityTimeout), String(timeout)),
        expected: `≥ ${String(timeout * timesTimeout)}`,
        actual: String(visibilityTimeout),
        evidence: [...seen, ...evidence('GetFunctionConfiguration', { Timeout: timeout })],
      });
    if (visibilityTimeout > longestVisibility)
      context.fail({
        ...text.tooLong(String(visibilityTimeout)),
        expected: `≤ ${String(longestVisibility)}`,
        actual: String(visibilityTimeout),
        evidence: seen,
      });
    return queue;
  },
};

const mapping: LabCheck = {
  id: 'worker-mapping',
  title: (text) => text.workerMapping.title,
  points: 4,
  needs: ['queue'],
  verifiedOn: ['embedded'],
  hints: (text) => text.workerMapping.hints,
  async run(context) {
    const text = context.text.workerMapping;
    const queue = context.from<Queue>('queue');
    const worker = functionName(context, 'worker');
    if ((await findFunction(context, 'worker')) === undefined)
      return context.fail({ ...text.noWorker(worker), expected: worker });
    const all = await findMappings(context, 'worker');
    const seen = evidence('ListEventSourceMappings', all.map(essence));
    const found = all.find(({ EventSourceArn }) => EventSourceArn === queue.arn);
    if (found === undefined) return context.fail({ ...text.none, expected: queue.arn, evidence: seen });
    enabled(context, found.State, found.StateTransitionReason, seen);
    context.expect(found.BatchSize, { ...text.batchSize(shown(found.BatchSize)), evidence: seen }).toBe(5);
    if (found.FunctionResponseTypes?.includes('ReportBatchItemFailures') !== true)
      context.fail({
        ...text.noReport,
        expected: 'ReportBatchItemFailures',
        actual: shown(found.FunctionResponseTypes ?? []),
        evidence: seen,
      });
    return found;
  },
};

/** What people look at in a mapping. */
export const essence = (one: Partial<Mapping>): Partial<Mapping> => ({
  EventSourceArn: one.EventSourceArn,
  State: one.State,
  StateTransitionReason: one.StateTransitionReason,
  LastProcessingResult: one.LastProcessingResult,
  BatchSize: one.BatchSize,
  FunctionResponseTypes: one.FunctionResponseTypes,
  StartingPosition: one.StartingPosition,
  FilterCriteria: one.FilterCriteria,
  MaximumRetryAttempts: one.MaximumRetryAttempts,
  MaximumRecordAgeInSeconds: one.MaximumRecordAgeInSeconds,
  BisectBatchOnFunctionError: one.BisectBatchOnFunctionError,
  DestinationConfig: one.DestinationConfig,
});

export function enabled(
  context: Context,
  state: string | undefined,
  reason: string | undefined,
  seen: { readonly label: string; readonly value: string }[],
): void {
  const said = context.text.mappingState(state ?? '?', reason ?? '');
  context.expect(state, { ...said, evidence: seen }).toBe('Enabled');
}

export const queueChecks = { settings, mapping };
