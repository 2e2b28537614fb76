import type { DeadLetterConfig, LogConfig } from '@aws-sdk/client-eventbridge';
import { ServiceFailure } from '../../../service/failure.ts';
import { required } from '../../../service/required.ts';
import type { EventBridgeOperations } from '../client.ts';
import { invalid, notBuilt } from '../failures.ts';
import { busArn, busNamed, DEFAULT_BUS } from '../names.ts';
import { pageOf } from '../page.ts';
import type { BusRow } from '../rows.ts';
import type { EventStore } from '../store.ts';
import { readTags } from '../tags.ts';

/** What a request says of a bus besides its name. */
interface Settings {
  readonly Description?: string | undefined;
  readonly KmsKeyIdentifier?: string | undefined;
  readonly DeadLetterConfig?: DeadLetterConfig | undefined;
  readonly LogConfig?: LogConfig | undefined;
}

export function busOperations(store: EventStore) {
  const { clock } = store.cloud;
  return {
    CreateEventBus(input, call) {
      const name = required(input.Name, 'Name');
      if (input.EventSourceName !== undefined) throw notBuilt('partner event sources');
      if (name.includes('/')) throw invalid(`Event bus name must not contain '/'.`);
      if (store.bus(call, name) !== undefined)
        throw new ServiceFailure('ResourceAlreadyExistsException', `Event bus ${name} already exists.`);
      const now = clock.now();
      const row = { name, created: now, modified: now, ...settings(input), tags: readTags(input.Tags) };
      store.setBus(call, row);
      return { EventBusArn: busArn({ ...call, name }), ...shownSettings(row) };
    },

    DescribeEventBus({ Name }, call) {
      const { place, row } = store.named(call, Name);
      return {
        Name: row.name,
        Arn: busArn(place),
        ...shownSettings(row),
        ...(row.policy === undefined ? {} : { Policy: row.policy }),
        CreationTime: new Date(row.created),
        LastModifiedTime: new Date(row.modified),
      };
    },

    ListEventBuses(input, call) {
      const rows = store.buses(call).filter(({ name }) => name.startsWith(input.NamePrefix ?? ''));
      const { page, next } = pageOf(rows, ({ name }) => name, input);
      return {
        EventBuses: page.map((row) => ({
          Name: row.name,
          Arn: busArn({ ...call, name: row.name }),
          ...(row.description === undefined ? {} : { Description: row.description }),
          ...(row.policy === undefined ? {} : { Policy: row.policy }),
          CreationTime: new Date(row.created),
          LastModifiedTime: new Date(row.modified),
        })),
        ...next,
      };
    },

    UpdateEventBus(input, call) {
      const { place, row } = store.named(call, input.Name);
      const changed = { ...row, ...settings(input), modified: clock.now() };
      store.setBus(place, changed);
      return { Arn: busArn(place), Name: row.name, ...shownSettings(changed) };
    },

    DeleteEventBus({ Name }, call) {
      const place = busNamed(call, Name);
      if (place.name === DEFAULT_BUS) throw invalid('Cannot delete event bus default.');
      if (store.rules(place, place.name).length > 0)
        throw invalid(`Event bus ${place.name} can't be deleted since it has rules.`);
      store.deleteBus(place, place.name);
      return {};
    },
  } satisfies EventBridgeOperations;
}

function settings(input: Settings): Partial<BusRow> {
  const { Description, KmsKeyIdentifier, DeadLetterConfig, LogConfig } = input;
  return {
    ...(Description === undefined ? {} : { description: Description }),
    ...(KmsKeyIdentifier === undefined ? {} : { kmsKey: KmsKeyIdentifier }),
    ...(DeadLetterConfig?.Arn === undefined ? {} : { deadLetters: DeadLetterConfig.Arn }),
    ...(LogConfig === undefined
      ? {}
      : { logConfig: { level: LogConfig.Level ?? 'OFF', includeDetail: LogConfig.IncludeDetail ?? 'NONE' } }),
  };
}

function shownSettings({ description, kmsKey, deadLetters, logConfig }: BusRow) {
  return {
    ...(description === undefined ? {} : { Description: description }),
    ...(kmsKey === undefined ? {} : { KmsKeyIdentifier: kmsKey }),
    ...(deadLetters === undefined ? {} : { DeadLetterConfig: { Arn: deadLetters } }),
    ...(logConfig === undefined
      ? {}
      : {
          LogConfig: {
            // Both were checked against the model's values when they were set.
            Level: logConfig.level as NonNullable<LogConfig['Level']>,
            IncludeDetail: logConfig.includeDetail as NonNullable<LogConfig['IncludeDetail']>,
          },
        }),
  };
}
