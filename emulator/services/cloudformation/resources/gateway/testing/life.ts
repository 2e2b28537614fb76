import { expect } from 'vitest';
import type { Kept, Properties, ResourceType } from '../../resource-type.ts';
import { refusal, stackId, type TrialStack } from '../../testing/trial-stack.ts';

/** One resource from its making to its end, in a test. */
export interface Life {
  readonly type: ResourceType;
  readonly logicalId: string;
  readonly properties: Properties;
  /** What it is changed to; absent where every change makes another resource. */
  readonly changed?: Properties;
  /** What is read after the change where that is not what was asked for. */
  readonly readAs?: Properties;
  /** Whether a finished make can be found again by `find`; else by `nameOf`. */
  readonly found: 'find' | 'name' | 'neither';
  /** Whether it is never gone: a setting of the account. */
  readonly stays?: boolean;
}

/** The tags by which a stack's resources are known. */
export const marks = (logicalId: string) => ({
  'aws:cloudformation:stack-name': 'trial',
  'aws:cloudformation:stack-id': stackId,
  'aws:cloudformation:logical-id': logicalId,
  project: 'trial',
});

/** What a type works with, with the tags of a stack. */
export const workOf = (stack: TrialStack, logicalId: string) =>
  stack.work(logicalId, undefined, marks(logicalId));

/** Makes a resource that a test then has. */
export async function made(stack: TrialStack, type: ResourceType, logicalId: string, properties: Properties) {
  return { ...(await type.create(properties, workOf(stack, logicalId))), properties } satisfies Kept;
}

/**
 * Makes, reads, finds, changes (twice, as after a kill) and removes (twice) a resource.
 * @returns what `create` gave
 */
export async function live(stack: TrialStack, life: Life): Promise<Kept> {
  const { type, properties, changed } = life;
  const work = workOf(stack, life.logicalId);
  if (life.found === 'find') expect(await type.find?.(properties, work)).toBeUndefined();
  const kept = await made(stack, type, life.logicalId, properties);
  expect(await type.read?.(kept, work)).toEqual(properties);
  if (life.found === 'find') expect(await type.find?.(properties, work)).toMatchObject({ id: kept.id });
  if (life.found === 'name') expect(type.nameOf?.(properties, work)).toBe(kept.id);

  let last = kept;
  if (changed === undefined) {
    expect('update' in type).toBe(false);
  } else {
    const after = await type.update?.(kept, changed, work);
    expect(after).toEqual({ id: kept.id, attributes: kept.attributes });
    // As an engine does whose cloud ended before it kept what it had done.
    expect(await type.update?.(kept, changed, work)).toEqual(after);
    last = { ...kept, properties: changed };
    expect(await type.read?.(last, work)).toEqual(life.readAs ?? changed);
  }

  await type.delete(last, work);
  if (life.stays !== true) expect(await type.read?.(last, work)).toBeUndefined();
  await type.delete(last, work);
  return kept;
}

/** Whether something refused with these words. */
export async function expectRefusal(work: Promise<unknown>, words: RegExp): Promise<void> {
  expect((await refusal(work)).message).toMatch(words);
}
