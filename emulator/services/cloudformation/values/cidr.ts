import { isIPv4, isIPv6 } from 'node:net';
import { templateError } from '../template/failure.ts';

/**
 * `Fn::Cidr`: the first `count` blocks of addresses in a block, each with `bits` bits of hosts.
 * @throws TemplateFailure where the block is none, or does not have that many
 */
export function cidrBlocks(block: string, count: number, bits: number): readonly string[] {
  const [address = '', mask = '', ...more] = block.split('/');
  const width = isIPv4(address) ? 32 : isIPv6(address) ? 128 : 0;
  const prefix = /^\d{1,3}$/.test(mask) ? Number(mask) : -1;
  if (width === 0 || more.length > 0 || prefix < 0 || prefix > width)
    throw templateError(`Fn::Cidr ipBlock ${block} is not a valid CIDR block`);
  if (
    !Number.isInteger(count) ||
    count < 1 ||
    count > 256 ||
    !Number.isInteger(bits) ||
    bits < 1 ||
    bits > width
  )
    throw templateError('Fn::Cidr count must be between 1 and 256 and cidrBits must be an integer');
  const room = width - bits - prefix;
  if (room < 0 || (room < 9 && count > 2 ** room))
    throw templateError(`Fn::Cidr cannot fit ${count} blocks with ${bits} CIDR bits in ${block}`);
  const size = 1n << BigInt(width - prefix);
  const start = (numberOf(address) / size) * size;
  return Array.from({ length: count }, (_, at) => {
    const from = start + (BigInt(at) << BigInt(bits));
    return `${width === 32 ? dotted(from) : colons(from)}/${width - bits}`;
  });
}

function numberOf(address: string): bigint {
  if (isIPv4(address)) return address.split('.').reduce((sum, one) => (sum << 8n) + BigInt(one), 0n);
  const [head = '', tail] = address.split('::');
  const groups = (text: string | undefined): string[] => (text ? text.split(':') : []);
  const before = groups(head);
  const after = groups(tail);
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length;
  const all = [...before, ...Array.from({ length: Math.max(zeros, 0) }, () => '0'), ...after];
  return all.reduce((sum, one) => (sum << 16n) + BigInt(`0x${one}`), 0n);
}

const dotted = (value: bigint): string =>
  [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join('.');

/** Written as AWS does: the longest run of zeros is left out. */
function colons(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, at) =>
    ((value >> BigInt(112 - 16 * at)) & 65535n).toString(16),
  );
  const text = groups.join(':');
  const runs = [...text.matchAll(/(?:^|:)0(?::0)+(?=:|$)/g)].sort((a, b) => b[0].length - a[0].length);
  const longest = runs[0];
  if (!longest) return text;
  const head = text.slice(0, longest.index);
  const tail = text.slice(longest.index + longest[0].length);
  return `${head}::${tail.replace(/^:/, '')}`;
}
