import { ifThere } from './gone.ts';

/** How things of one kind come and go. */
interface Ways<T> {
  /** What makes one thing another than the next. */
  readonly key: (one: T) => string;
  readonly put: (one: T) => Promise<unknown>;
  /** One that is gone already is no failure. */
  readonly remove: (one: T) => Promise<unknown>;
}

/**
 * Puts what is wanted, then removes what was there before and is wanted no more. Where one cannot be put, those that were
 * not there before go again.
 * @throws what could not be done
 */
export async function exchange<T>(
  wanted: readonly T[],
  before: readonly T[],
  { key, put, remove }: Ways<T>,
): Promise<void> {
  const without = (some: readonly T[], others: readonly T[]): T[] => {
    const keys = new Set(others.map(key));
    return some.filter((one) => !keys.has(key(one)));
  };
  const removeAll = async (some: readonly T[]): Promise<void> => {
    for (const one of some) await ifThere(remove(one));
  };
  const done: T[] = [];
  try {
    for (const one of wanted) {
      await put(one);
      done.push(one);
    }
  } catch (error) {
    await removeAll(without(done, before));
    throw error;
  }
  await removeAll(without(before, wanted));
}
