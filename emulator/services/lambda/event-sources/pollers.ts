import type { Scope } from '../../../service/call.ts';
import type { Sender } from '../destinations/sender.ts';
import { dynamodbSource } from './dynamodb/source.ts';
import type { BatchInvoker } from './invoking.ts';
import { kinesisSource } from './kinesis/source.ts';
import type { MappingRecord } from './mappings/record.ts';
import type { Mappings } from './mappings/mappings.ts';
import type { Poller } from './poller.ts';
import { QueuePoller } from './sqs/poller.ts';
import { StreamPoller } from './streams/poller.ts';
import type { Positions } from './streams/positions.ts';

/** The pollers of all mappings that are enabled. */
export class Pollers {
  readonly #mappings: Mappings;
  readonly #positions: Positions;
  readonly #invoker: BatchInvoker;
  readonly #sender: Sender;
  /* By mapping: what is asked of its poller happens in order. */
  readonly #lines = new Map<string, Promise<void>>();
  readonly #pollers = new Map<string, Poller>();
  /* What was wanted last of each mapping. */
  readonly #wanted = new Map<string, MappingRecord>();
  readonly #ending = new Set<Promise<void>>();
  #stopped = false;

  constructor(mappings: Mappings, positions: Positions, invoker: BatchInvoker, sender: Sender) {
    this.#mappings = mappings;
    this.#positions = positions;
    this.#invoker = invoker;
    this.#sender = sender;
  }

  /** Reads for a mapping as its record says, in place of a poller that it had. */
  start(scope: Scope, record: MappingRecord): void {
    if (this.#stopped) return;
    this.#wanted.set(record.uuid, record);
    this.#next(record.uuid, async () => {
      await this.#end(record);
      // Changed or stopped while the poller before came to its end.
      if (this.#wanted.get(record.uuid) !== record || this.#stopped) return;
      const poller = await this.#make(scope, record);
      if (this.#wanted.get(record.uuid) === record && !this.#hasStopped()) {
        this.#pollers.set(record.uuid, poller);
      } else this.#follow(poller.stop());
    });
  }

  /** Reads no more for a mapping, from now on. */
  halt(uuid: string): void {
    const mapping = this.#wanted.get(uuid);
    this.#wanted.delete(uuid);
    const poller = this.#pollers.get(uuid);
    if (poller === undefined || mapping === undefined) return;
    this.#follow(poller.stop());
    this.#next(uuid, async () => this.#end(mapping));
  }

  /** Starts nothing more, and waits for the batches at work. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all([...this.#pollers.values()].map(async (poller) => poller.stop()));
    await Promise.all([...this.#lines.values(), ...this.#ending]);
  }

  #hasStopped(): boolean {
    return this.#stopped;
  }

  #next(uuid: string, work: () => Promise<void>): void {
    // A service that cannot be loaded was told to whoever asked for it: the mapping then reads nothing.
    const line = (this.#lines.get(uuid) ?? Promise.resolve()).then(work).catch(() => undefined);
    this.#lines.set(uuid, line);
    void line.then(() => {
      if (this.#lines.get(uuid) === line) this.#lines.delete(uuid);
    });
  }

  async #end({ uuid, kind }: MappingRecord): Promise<void> {
    const before = this.#pollers.get(uuid);
    if (before === undefined) return;
    this.#pollers.delete(uuid);
    const ended = before.stop();
    this.#follow(ended);
    // Of a queue the batches at work concern nobody else; of a stream they hold its order.
    if (kind !== 'sqs') await ended;
  }

  #follow(ended: Promise<void>): void {
    this.#ending.add(ended);
    void ended.finally(() => this.#ending.delete(ended));
  }

  async #make(scope: Scope, mapping: MappingRecord): Promise<Poller> {
    const { cloud } = this.#invoker.context;
    const { settings } = mapping;
    const common = {
      scope,
      mapping,
      mappings: this.#mappings,
      invoker: this.#invoker,
      iam: await cloud.port('iam'),
    };
    if (settings.of === 'queue') {
      return new QueuePoller({ ...common, settings, port: await cloud.port('sqs') });
    }
    const { sourceArn } = mapping;
    const port =
      mapping.kind === 'dynamodb'
        ? dynamodbSource(await cloud.port('dynamodb'), scope, sourceArn)
        : kinesisSource(
            await cloud.port('kinesis'),
            scope,
            sourceArn,
            () => this.#invoker.target(scope, mapping)?.role ?? '',
          );
    return new StreamPoller({ ...common, settings, port, positions: this.#positions, sender: this.#sender });
  }
}
