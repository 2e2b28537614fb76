import { createHash } from 'node:crypto';
import type { ShardRow } from './rows.ts';

/** The greatest hash key: 2^128 - 1. */
export const LAST_HASH_KEY = 2n ** 128n - 1n;

/** The MD5 of a partition key as a number, which decides its shard. */
export function hashKeyOf(partitionKey: string): bigint {
  return BigInt(`0x${createHash('md5').update(partitionKey, 'utf8').digest('hex')}`);
}

/** The ranges of so many shards, as even as they can be. */
export function evenRanges(count: number): { readonly first: bigint; readonly last: bigint }[] {
  const size = (LAST_HASH_KEY + 1n) / BigInt(count);
  return Array.from({ length: count }, (_, index) => ({
    first: size * BigInt(index),
    last: index === count - 1 ? LAST_HASH_KEY : size * BigInt(index + 1) - 1n,
  }));
}

/** The index of the open shard that takes a hash key. Open shards cover all of them. */
export function shardFor(shards: readonly ShardRow[], hashKey: bigint): number {
  return shards.findIndex(
    ({ closed, firstHashKey, lastHashKey }) =>
      closed === undefined && hashKey >= BigInt(firstHashKey) && hashKey <= BigInt(lastHashKey),
  );
}
