/**
 * A record whose keys a client chose. It has no prototype, so that `constructor` is not a member it seems to have
 * and `__proto__` is a key like any other.
 */
export function clientRecord<T>(): Record<string, T> {
  return Object.create(null) as Record<string, T>;
}
