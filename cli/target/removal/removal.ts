import type { Pool } from '../../../grader/targets/clients/pool.ts';

/** How one kind of resource is found and removed. Names are full, prefix included. */
export interface Removal {
  /** Whether it is there, found by asking for it. */
  there(pool: Pool, name: string): Promise<boolean>;
  /**
   * Names of this kind on the target, by the service's own list: at least those that begin with a text.
   * @param start services that can filter by a name's beginning are told it
   */
  list(pool: Pool, start: string): AsyncIterable<string | undefined>;
  /** Removes it with what belongs to it alone. */
  remove(pool: Pool, name: string): Promise<void>;
}

/** What the services call a resource that is not there. */
const absent = new Set([
  'ResourceNotFound',
  'ResourceNotFoundException',
  'NoSuchEntityException',
  'NoSuchEntity',
  'NoSuchBucket',
  'NotFound',
  'NotFoundException',
  'QueueDoesNotExist',
  'AWS.SimpleQueueService.NonExistentQueue',
]);

/** What a call answers, or undefined where the resource is not there. */
export async function ifThere<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof Error && absent.has(error.name)) return undefined;
    throw error;
  }
}

/** Whether the resource that a call asks for is there. */
export const answers = async (call: Promise<unknown>): Promise<boolean> =>
  (await ifThere(call)) !== undefined;
