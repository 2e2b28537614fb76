import {
  ResourceFailure,
  type Physical,
  type Properties,
  type ResourceType,
  type ResourceWork,
} from '../resources/resource-type.ts';

/** The type that things take the place of, so that its schema counts. */
export const THING = 'AWS::SQS::Queue';

const nameOf = (properties: Properties, work: ResourceWork): string => {
  const { QueueName: name } = properties;
  return typeof name === 'string' ? name : work.name(80);
};

/**
 * Resources that are no more than entries of a map, for tests of the engine. What becomes of one hangs on its name:
 * `fails…` cannot be made, `stays…` cannot be removed, `waits…` is made when `release` is called.
 */
export class Things {
  /** What there is, by physical id. */
  readonly there = new Map<string, Readonly<Record<string, unknown>>>();
  /** What was asked for, in order. */
  readonly asked: string[] = [];
  /** Tags that each thing was made or changed with. */
  readonly tags = new Map<string, Readonly<Record<string, string>>>();
  /** How many are being made at this moment, and have been at most. */
  atOnce = 0;
  mostAtOnce = 0;
  #waiting: (() => void)[] = [];

  /** Things that wait to be made are. */
  release(): void {
    for (const go of this.#waiting.splice(0)) go();
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  readonly type: ResourceType = {
    create: async (properties, work) => {
      const id = nameOf(properties, work);
      this.asked.push(`create ${work.logicalId}`);
      this.atOnce += 1;
      this.mostAtOnce = Math.max(this.mostAtOnce, this.atOnce);
      try {
        if (id.startsWith('waits')) await new Promise<void>((resolve) => this.#waiting.push(resolve));
        else await new Promise(setImmediate);
      } finally {
        this.atOnce -= 1;
      }
      if (id.startsWith('fails')) throw new ResourceFailure(`${id} cannot be made`);
      if (this.there.has(id)) throw new ResourceFailure(`${id} already exists`);
      this.there.set(id, properties);
      this.tags.set(id, work.tags);
      return this.#physical(id);
    },
    update: async (kept, wanted, work) => {
      this.asked.push(`update ${work.logicalId}`);
      await new Promise(setImmediate);
      if (wanted['DelaySeconds'] === 13) throw new ResourceFailure('13 is no delay');
      this.there.set(kept.id, wanted);
      this.tags.set(kept.id, work.tags);
      return this.#physical(kept.id);
    },
    delete: async (kept, work) => {
      this.asked.push(`delete ${work.logicalId}`);
      await new Promise(setImmediate);
      if (kept.id.startsWith('stays')) throw new ResourceFailure(`${kept.id} cannot be removed`);
      this.there.delete(kept.id);
    },
    read: async (kept) =>
      this.there.get(kept.id) as ReturnType<NonNullable<ResourceType['read']>> extends Promise<infer P>
        ? P
        : never,
    nameOf,
  };

  #physical(id: string): Physical {
    return { id, attributes: { Arn: `arn:aws:sqs:us-east-1:111111111111:${id}`, QueueName: id } };
  }
}
