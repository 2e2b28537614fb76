import { isIPv4, isIPv6 } from 'node:net';

/** An address range as the first and last address, in the number of its family. */
interface Range {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

/** Whether an address lies in a range such as `203.0.113.0/24` or `2001:db8::/32`. Malformed text matches nothing. */
export function inRange(range: string, address: string): boolean {
  const wanted = parseRange(range);
  const given = parseAddress(address);
  return (
    wanted !== undefined &&
    given !== undefined &&
    wanted.family === given.family &&
    given.value >= wanted.first &&
    given.value <= wanted.last
  );
}

function parseRange(text: string): Range | undefined {
  const [base = '', prefix, ...rest] = text.split('/');
  const address = parseAddress(base);
  if (address === undefined || rest.length > 0) return undefined;
  const width = address.family === 4 ? 32 : 128;
  if (prefix !== undefined && !/^\d{1,3}$/.test(prefix)) return undefined;
  const bits = prefix === undefined ? width : Number(prefix);
  if (bits > width) return undefined;
  const size = 1n << BigInt(width - bits);
  const first = (address.value / size) * size;
  return { family: address.family, first, last: first + size - 1n };
}

function parseAddress(text: string): { family: 4 | 6; value: bigint } | undefined {
  if (isIPv4(text)) return { family: 4, value: quad(text) };
  if (!isIPv6(text) || text.includes('%')) return undefined;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(text)?.[1];
  // A dual-stack socket reports IPv4 clients this way.
  if (mapped !== undefined) return { family: 4, value: quad(mapped) };
  const [head = '', tail] = text.split('::');
  const left = groups(head);
  const right = tail === undefined ? [] : groups(tail);
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => 0n);
  const value = [...left, ...zeros, ...right].reduce((sum, group) => (sum << 16n) | group, 0n);
  return { family: 6, value };
}

function quad(text: string): bigint {
  return text.split('.').reduce((sum, part) => (sum << 8n) | BigInt(part), 0n);
}

function groups(text: string): bigint[] {
  if (text === '') return [];
  return text.split(':').flatMap((group) => {
    if (!group.includes('.')) return [BigInt(`0x${group}`)];
    const value = quad(group);
    return [value >> 16n, value & 0xffffn];
  });
}
