import { createHash } from 'node:crypto';
import type { ClockTimer } from '../../../../clock/clock.ts';
import { ServiceFailure } from '../../../../service/failure.ts';
import type { Sender } from '../../destinations/sender.ts';
import { mappingArn } from '../mappings/answer.ts';
import type { MappingRecord, StreamSettings } from '../mappings/record.ts';
import { recheckMs } from '../poller.ts';
import type { Poller, PollerSetting } from '../poller.ts';
import { filterOf } from '../settings/filters.ts';
import { missingAction } from '../settings/source.ts';
import { Lane } from './lane.ts';
import { Processing } from './processing.ts';
import type { LanePosition, Positions, ShardPosition, StoredPosition } from './positions.ts';
import type { StreamItem, StreamSource } from './source.ts';

/* Cloud time, in ms: so long a role's permissions are taken for what they were. */
const permittedMs = 1_000;

export interface StreamSetting extends PollerSetting<StreamSource, StreamSettings> {
  readonly positions: Positions;
  readonly sender: Sender;
}

/** Brings the records of a stream to a function: every shard in order, parents before their children. */
export class StreamPoller implements Poller {
  readonly #setting: StreamSetting;
  readonly #processing: Processing;
  readonly #wants: (item: StreamItem) => boolean;
  readonly #shards = new Map<string, readonly Lane[]>();
  readonly #unsubscribe: () => void;
  #permittedUntil = -1;
  #recheck: ClockTimer | undefined;
  #stopped = false;

  constructor(setting: StreamSetting) {
    this.#setting = setting;
    const { scope, mapping, settings, port: source, mappings, invoker, sender } = setting;
    const filter = filterOf(settings.filters);
    this.#wants = (item) => filter === undefined || filter(item.seen());
    this.#processing = new Processing({
      ...{ scope, mapping, settings, source, mappings, invoker, sender },
      hasStopped: () => this.#stopped,
    });
    this.#unsubscribe = source.subscribe(() => this.#look());
    this.#look();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#unsubscribe();
    this.#recheck?.cancel();
    await Promise.all([...this.#shards.values()].flat().map(async (lane) => lane.stop()));
  }

  /* Wakes the shards that are read, and begins with those that may be. */
  #look(): void {
    if (this.#stopped) return;
    const { scope, mapping, port: source, positions } = this.#setting;
    try {
      const shards = source.shards();
      const begun = this.#begin(shards);
      const there = new Set(shards.map(({ id }) => id));
      for (const { id, parents } of shards) {
        const lanes = this.#shards.get(id);
        if (lanes !== undefined) {
          for (const lane of lanes) lane.wake();
          continue;
        }
        const position = positions.find(scope, mapping.uuid, id);
        if (position?.ended === true) continue;
        const ready = parents.every(
          (parent) => !there.has(parent) || positions.find(scope, mapping.uuid, parent)?.ended === true,
        );
        if (ready && begun) this.#open(id, position);
      }
    } catch (error) {
      // The stream is gone. If there is one of its name again, its first record wakes us.
      if (!(error instanceof ServiceFailure)) throw error;
    }
  }

  /* Turns the starting position into positions in the shards that there are now; later shards are read whole. */
  #begin(shards: ReturnType<StreamSource['shards']>): boolean {
    const { scope, mapping, settings, port: source, positions, mappings } = this.#setting;
    if (mappings.find(scope, mapping.uuid)?.begun === true) return true;
    if (shards.length === 0) return false;
    const start = (shardId: string): StoredPosition => {
      if (settings.startingPosition === 'LATEST') return source.read(shardId, 'LATEST', 1).position;
      const { startingTimestamp: timestamp } = settings;
      return timestamp === undefined ? 'TRIM_HORIZON' : { timestamp };
    };
    for (const { id } of shards) {
      const lane: LanePosition = { at: start(id), failing: [] };
      positions.set(scope, { uuid: mapping.uuid, shardId: id, lanes: [lane] });
    }
    mappings.amend(scope, mapping.uuid, { begun: true });
    return true;
  }

  #open(shardId: string, kept: ShardPosition | undefined): void {
    const { scope, mapping, settings, port: source, positions, invoker } = this.#setting;
    const { cloud } = invoker.context;
    const count = settings.parallelization;
    let lanes = divided(kept?.lanes ?? [{ at: 'TRIM_HORIZON', failing: [] }], count);
    const save = (index: number, position: LanePosition, ended: boolean): void => {
      lanes = lanes.map((lane, at) => (at === index ? position : lane));
      const over = ended && opened.every((lane) => lane.ended);
      const { uuid } = mapping;
      positions.set(scope, { uuid, shardId, lanes, ...(over ? { ended: true } : {}) });
      if (over) queueMicrotask(() => this.#look());
    };
    const opened = lanes.map(
      (position, index) =>
        new Lane(
          {
            ...{ cloud, source, shardId },
            wants: (item) => laneOf(item, count) === index && this.#wants(item),
            batchSize: settings.batchSize,
            windowMs: settings.windowSeconds * 1000,
            tumblingMs: settings.tumblingSeconds * 1000,
            mayRead: () => this.#mayRead(),
            process: async (batch, keep) => this.#processing.process(shardId, batch, keep),
            failed: (error) => this.#failed(shardId, error),
            save: (changed, ended) => save(index, changed, ended),
          },
          position,
        ),
    );
    this.#shards.set(shardId, opened);
    for (const lane of opened) lane.wake();
  }

  #failed(shardId: string, error: unknown): void {
    const { scope, mapping, invoker } = this.#setting;
    const by = mappingArn(scope, mapping.uuid);
    const why = `${shardId}: ${String(error)}`;
    invoker.context.cloud.trail.record(scope, 'decision', { by, outcome: 'postponed', why });
  }

  #mayRead(): boolean {
    const { scope, mapping, invoker, iam, mappings } = this.#setting;
    const { clock } = invoker.context.cloud;
    const now = clock.now();
    if (now <= this.#permittedUntil) return true;
    const target = invoker.target(scope, mapping);
    const source = { kind: mapping.kind, arn: mapping.sourceArn };
    if (target !== undefined && missingAction(iam, scope.account, target.role, source) === undefined) {
      this.#permittedUntil = now + permittedMs;
      return true;
    }
    mappings.result(scope, mapping.uuid, problemOf(mapping, target === undefined));
    this.#recheck ??= clock.after(recheckMs, () => {
      this.#recheck = undefined;
      this.#look();
    });
    return false;
  }
}

const problemOf = ({ sourceArn }: MappingRecord, functionGone: boolean): string =>
  functionGone
    ? 'PROBLEM: Function not found'
    : `PROBLEM: Cannot access stream ${sourceArn}. Please ensure the role can perform the GetRecords, GetShardIterator, DescribeStream, and ListStreams Actions on your stream in IAM.`;

/** Which of so many readers of a shard a record falls to: the same for every record of a key. */
export function laneOf({ orderKey }: Pick<StreamItem, 'orderKey'>, count: number): number {
  if (count === 1) return 0;
  return createHash('md5').update(orderKey).digest().readUInt32BE(0) % count;
}

/**
 * A shard's positions for another number of readers: all begin where the one that was least far has come, so that
 * nothing is left out. What the others had dealt with beyond that comes again, as it may.
 */
export function divided(lanes: readonly LanePosition[], count: number): readonly LanePosition[] {
  if (lanes.length === count) return lanes;
  const afters = lanes.flatMap(({ at }) => (typeof at === 'object' && 'after' in at ? [at.after] : []));
  const [least] = afters.sort();
  const elsewhere = lanes.find(({ at }) => typeof at !== 'object' || !('after' in at));
  const at: StoredPosition = elsewhere?.at ?? (least === undefined ? 'TRIM_HORIZON' : { after: least });
  return Array.from({ length: count }, () => ({ at, failing: [] }));
}
