import { InvalidPattern } from './invalid.ts';

/** An IPv4 or IPv6 address as a number of so many bits. */
interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

/** A block of addresses, its ends included. */
export interface Block {
  readonly bits: 32 | 128;
  readonly first: bigint;
  readonly last: bigint;
}

/** Reads an address, or answers undefined where the text is none. */
export function parseAddress(text: string): Address | undefined {
  if (/^\d+\.\d+\.\d+\.\d+$/.test(text)) {
    const parts = text.split('.').map(Number);
    if (parts.some((part) => part > 255)) return undefined;
    return { bits: 32, value: parts.reduce((value, part) => value * 256n + BigInt(part), 0n) };
  }
  if (!/^[0-9a-fA-F:]*:[0-9a-fA-F:]*$/.test(text)) return undefined;
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  if (groups.some((group) => !/^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  return {
    bits: 128,
    value: groups.reduce((value, group) => value * 65536n + BigInt(`0x${group}`), 0n),
  };
}

/** Reads `10.0.0.0/24`. @throws InvalidPattern in AWS's words, which say no place */
export function parseBlock(cidr: string): Block {
  // As AWS splits it: nothing behind the last slash does not count.
  const parts = cidr.replace(/\/+$/, '').split('/');
  const [ip = '', mask = ''] = parts;
  if (parts.length !== 2) throw new InvalidPattern("Malformed CIDR, one '/' required");
  if (!/^[+-]?\d{1,9}$/.test(mask)) throw new InvalidPattern('Malformed CIDR, mask bits must be an integer');
  const bits = Number(mask);
  if (bits < 0) throw new InvalidPattern('Malformed CIDR, mask bits must not be negative');
  const address = parseAddress(ip);
  if (address === undefined) throw new InvalidPattern(`Nonstandard IP address: ${ip}`);
  if (bits >= address.bits)
    throw new InvalidPattern(`IPv${address.bits === 32 ? 4 : 6} mask bits must be < ${address.bits}`);
  // AWS's block begins at the address that is written, even inside a network.
  const host = (1n << BigInt(address.bits - bits)) - 1n;
  return { bits: address.bits, first: address.value, last: address.value | host };
}

/** Whether a text is an address of a block. */
export function inBlock({ bits, first, last }: Block, text: string): boolean {
  const address = parseAddress(text);
  return address !== undefined && address.bits === bits && address.value >= first && address.value <= last;
}

/** The block of one address, or undefined where the text is none. */
export function blockOf(text: string): Block | undefined {
  const address = parseAddress(text);
  return address === undefined
    ? undefined
    : { bits: address.bits, first: address.value, last: address.value };
}
