/**
 * A member that the wire layer has checked to be there. The SDK types its inputs for callers, so that they say
 * `undefined` where a server never sees it.
 * @throws Error where it is missing: a defect of the wire layer, answered 500
 */
export function required<T>(value: T | undefined, member: string): T {
  if (value === undefined) throw new Error(`The wire layer let a request through without ${member}.`);
  return value;
}
