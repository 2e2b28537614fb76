import { randomUUID } from 'node:crypto';
import type { Call } from '../../../service/call.ts';
import { ServiceFailure } from '../../../service/failure.ts';
import type { LambdaContext, LambdaOperations } from '../context.ts';
import { checkDestination } from '../destinations/check.ts';
import { conflict, invalidParameter, notFound } from '../failures.ts';
import { refuseUnsupported } from '../functions/unsupported.ts';
import { readFunctionName } from '../names/name.ts';
import type { FunctionReference } from '../names/name.ts';
import { pageOf } from '../paging.ts';
import { checkTags } from '../tags/tags.ts';
import { told } from './mappings/answer.ts';
import type { MappingRecord, MappingSettings, Transition } from './mappings/record.ts';
import type { Pollers } from './pollers.ts';
import { readSettings } from './settings/read.ts';
import { checkSource, sourceOf } from './settings/source.ts';
import type { Source } from './settings/source.ts';

type Mapping =
  | 'CreateEventSourceMapping'
  | 'GetEventSourceMapping'
  | 'ListEventSourceMappings'
  | 'UpdateEventSourceMapping'
  | 'DeleteEventSourceMapping';

/** AWS answers at most this many in a list. */
const pageSize = 100;

const read = [
  'UUID',
  'EventSourceArn',
  'FunctionName',
  'Enabled',
  'BatchSize',
  'FilterCriteria',
  'ScalingConfig',
  'MaximumBatchingWindowInSeconds',
  'ParallelizationFactor',
  'StartingPosition',
  'StartingPositionTimestamp',
  'DestinationConfig',
  'MaximumRecordAgeInSeconds',
  'BisectBatchOnFunctionError',
  'MaximumRetryAttempts',
  'Tags',
  'TumblingWindowInSeconds',
  'FunctionResponseTypes',
];

/** `CreateEventSourceMapping`, `GetEventSourceMapping`, `ListEventSourceMappings`, `UpdateEventSourceMapping` and `DeleteEventSourceMapping`. */
export function mappingOperations(
  context: LambdaContext,
  pollers: Pollers,
): Required<Pick<LambdaOperations, Mapping>> {
  const { cloud, versions, mappings } = context;

  const found = (call: Call, uuid: string | undefined): MappingRecord => {
    const record = mappings.find(call, uuid ?? '');
    if (record === undefined) throw notFound('The resource you requested does not exist.');
    return record;
  };

  const settled = (call: Call, uuid: string | undefined, verb: 'update' | 'delete'): MappingRecord => {
    const record = found(call, uuid);
    if (record.transition === undefined) return record;
    throw new ServiceFailure(
      'ResourceInUseException',
      `Cannot ${verb} the event source mapping because it is in use.`,
      { members: { Type: 'User' } },
    );
  };

  const check = async (
    call: Call,
    source: Source,
    reference: FunctionReference,
    settings: MappingSettings,
    before?: MappingRecord,
  ): Promise<void> => {
    const target = resolve(call, reference);
    await checkSource(context, call, source, target);
    const arn = settings.of === 'stream' ? settings.onFailure : undefined;
    if (arn === undefined || (before?.settings.of === 'stream' && before.settings.onFailure === arn)) return;
    const allowed = ['sqs', 'sns', 's3'] as const;
    await checkDestination(context, call, {
      arn,
      role: target.role,
      functionName: reference.name,
      allowed,
    });
  };

  const resolve = (call: Call, reference: FunctionReference) => {
    try {
      return versions.resolve(call, reference).view.deployment.settings;
    } catch (error) {
      // Recorded: test_event_source_mapping_exceptions.
      if (error instanceof ServiceFailure) throw invalidParameter('Function does not exist');
      throw error;
    }
  };

  const checkFree = (call: Call, { kind, arn }: Source, reference: FunctionReference, own?: string): void => {
    const taken = mappings
      .list(call)
      .find((record) => record.uuid !== own && record.sourceArn === arn && isOf(record, reference));
    if (taken === undefined) return;
    const { name, qualifier } = reference;
    const named = qualifier === undefined ? name : `${name}:${qualifier}`;
    const hint = `already exists. Please update or delete the existing mapping with UUID ${taken.uuid}`;
    throw conflict(
      kind === 'sqs'
        ? `An event source mapping with SQS arn (" ${arn} ") and function (" ${named} ") ${hint}`
        : `The event source arn (" ${arn} ") and function (" ${named} ") provided mapping ${hint}`,
    );
  };

  return {
    async CreateEventSourceMapping(input, call) {
      refuseUnsupported(input, read);
      const source = sourceOf(input.EventSourceArn);
      const reference = readFunctionName(input.FunctionName ?? '', call);
      resolve(call, reference);
      const settings = readSettings(source, input, undefined, cloud.clock.now());
      const tags = checkTags(call, input.Tags ?? {}, {});
      await check(call, source, reference, settings);
      // From here on nothing is waited for: of two calls at the same time one is refused.
      checkFree(call, source, reference);
      const { name, qualifier } = reference;
      const enabled = input.Enabled ?? true;
      const record = mappings.set(
        call,
        {
          uuid: randomUUID(),
          kind: source.kind,
          sourceArn: source.arn,
          functionName: name,
          ...(qualifier === undefined ? {} : { qualifier }),
          settings,
          enabled,
          tags,
        },
        // A queue's mapping that is made disabled is so at once (recorded: test_fifo_message_group_parallelism).
        enabled || source.kind !== 'sqs' ? 'Creating' : undefined,
      );
      return told(call, record);
    },

    GetEventSourceMapping(input, call) {
      return told(call, found(call, input.UUID));
    },

    ListEventSourceMappings(input, call) {
      const { EventSourceArn: arn, FunctionName } = input;
      const reference = FunctionName === undefined ? undefined : readFunctionName(FunctionName, call);
      const all = mappings
        .list(call)
        .filter((record) => arn === undefined || record.sourceArn === arn)
        .filter((record) => reference === undefined || isOf(record, reference))
        .sort((a, b) => (a.uuid < b.uuid ? -1 : 1));
      const { items, next } = pageOf(all, ({ uuid }) => uuid, input, pageSize);
      return { EventSourceMappings: items.map((record) => told(call, record)), ...next };
    },

    async UpdateEventSourceMapping(input, call) {
      refuseUnsupported(input, read);
      const before = settled(call, input.UUID, 'update');
      const source = { kind: before.kind, arn: before.sourceArn };
      const reference =
        input.FunctionName === undefined
          ? { name: before.functionName, qualifier: before.qualifier }
          : readFunctionName(input.FunctionName, call);
      resolve(call, reference);
      const settings = readSettings(source, input, before.settings, cloud.clock.now());
      const enabled = input.Enabled ?? before.enabled;
      await check(call, source, reference, settings, before);
      checkFree(call, source, reference, before.uuid);
      // What happened to it while its source was looked at.
      const { qualifier: qualifierBefore, ...rest } = settled(call, input.UUID, 'update');
      const qualifier = input.FunctionName === undefined ? qualifierBefore : reference.qualifier;
      const transition: Transition =
        enabled === before.enabled ? 'Updating' : enabled ? 'Enabling' : 'Disabling';
      const record = mappings.set(
        call,
        {
          ...rest,
          functionName: reference.name,
          ...(qualifier === undefined ? {} : { qualifier }),
          settings,
          enabled,
        },
        transition,
      );
      if (!enabled) pollers.halt(record.uuid);
      return told(call, record);
    },

    DeleteEventSourceMapping(input, call) {
      const record = settled(call, input.UUID, 'delete');
      pollers.halt(record.uuid);
      return told(call, mappings.set(call, { ...record, enabled: false }, 'Deleting'));
    },
  };
}

const isOf = (record: MappingRecord, { name, qualifier }: FunctionReference): boolean =>
  record.functionName === name && (record.qualifier ?? '$LATEST') === (qualifier ?? '$LATEST');
