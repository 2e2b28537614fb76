/**
 * Where `seen` lacks something of `sent`, or has it otherwise; undefined where all of it is there. Clients add members
 * of their own (checksums, lengths, tokens), so `seen` may have more.
 */
export function difference(sent: unknown, seen: unknown, path = ''): string | undefined {
  if (sent === undefined || sent === null) return undefined;
  if (sent instanceof Uint8Array) {
    const same = seen instanceof Uint8Array && Buffer.compare(sent, seen) === 0;
    return same ? undefined : told(path, sent, seen);
  }
  if (sent instanceof Date)
    return seen instanceof Date && seen.getTime() === sent.getTime() ? undefined : told(path, sent, seen);
  if (typeof sent !== 'object')
    return sent === seen || (Number.isNaN(sent) && Number.isNaN(seen)) ? undefined : told(path, sent, seen);
  if (typeof seen !== 'object' || seen === null || Array.isArray(sent) !== Array.isArray(seen))
    return told(path, sent, seen);
  if (Array.isArray(sent) && Array.isArray(seen) && sent.length !== seen.length)
    return told(path, sent, seen);
  for (const [key, value] of Object.entries(sent)) {
    const other: unknown = Object.hasOwn(seen, key) ? (seen as Record<string, unknown>)[key] : undefined;
    const found = difference(value, other, `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function told(path: string, sent: unknown, seen: unknown): string {
  return `${path}: sent ${JSON.stringify(sent)}, seen ${JSON.stringify(seen)}`;
}
