/**
 * Freezes a value through and through, so that nobody changes a row in place behind the journal's back, and
 * makes sure that the journal can give the same value back after a restart.
 * @throws TypeError naming the member, if the value holds anything but plain JSON
 */
export function frozen<T>(value: T): T {
  freeze(value, '');
  return value;
}

function freeze(value: unknown, path: string): void {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return;
    case 'number':
      if (!Number.isFinite(value)) throw notJson(path, String(value));
      return;
    case 'object':
      if (value === null) return;
      break;
    default:
      throw notJson(path, typeof value);
  }
  if (Array.isArray(value)) {
    value.forEach((item, index) => freeze(item, `${path}[${String(index)}]`));
    Object.freeze(value);
    return;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw notJson(path, value.constructor.name);
  for (const [key, member] of Object.entries(value)) {
    // JSON leaves a member out that is undefined, which reads back as the same.
    if (member !== undefined) freeze(member, path === '' ? key : `${path}.${key}`);
  }
  Object.freeze(value);
}

function notJson(path: string, what: string): TypeError {
  return new TypeError(`State keeps plain JSON only: ${path === '' ? 'the row' : path} is ${what}.`);
}
