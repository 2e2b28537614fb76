import { evenRanges } from '../hash-key.ts';
import type { ShardRow } from '../rows.ts';

/** Closes an open shard and opens two in its place, the second from `at` on. */
export function split(shards: readonly ShardRow[], index: number, at: bigint, now: number): ShardRow[] {
  const shard = shards[index];
  if (shard === undefined) throw new Error('There is no such shard.');
  const child = { created: now, closed: undefined, parents: [index] };
  return [
    ...shards.with(index, { ...shard, closed: now }),
    { ...child, firstHashKey: shard.firstHashKey, lastHashKey: (at - 1n).toString() },
    { ...child, firstHashKey: at.toString(), lastHashKey: shard.lastHashKey },
  ];
}

/** Closes two open shards that lie side by side and opens one in their place. */
export function merge(shards: readonly ShardRow[], lower: number, upper: number, now: number): ShardRow[] {
  const [first, second] = [shards[lower], shards[upper]];
  if (first === undefined || second === undefined) throw new Error('There is no such shard.');
  return [
    ...shards.with(lower, { ...first, closed: now }).with(upper, { ...second, closed: now }),
    {
      firstHashKey: first.firstHashKey,
      lastHashKey: second.lastHashKey,
      created: now,
      closed: undefined,
      parents: [lower, upper],
    },
  ];
}

/**
 * Makes so many even shards of those that are open: splits them where a new one begins, then merges what lies
 * in one. Shards between the first and the last are closed as soon as they are opened, as on AWS.
 */
export function rescale(before: readonly ShardRow[], count: number, now: number): ShardRow[] {
  let shards = [...before];
  const open = (): number[] =>
    [...shards.keys()]
      .filter((index) => shards[index]?.closed === undefined)
      .sort((a, b) => (BigInt(shards[a]?.firstHashKey ?? 0) < BigInt(shards[b]?.firstHashKey ?? 0) ? -1 : 1));
  const ranges = evenRanges(count);
  for (const { first } of ranges) {
    const inside = open().find((index) => {
      const shard = shards[index];
      return shard !== undefined && BigInt(shard.firstHashKey) < first && first <= BigInt(shard.lastHashKey);
    });
    if (inside !== undefined) shards = split(shards, inside, first, now);
  }
  for (const { first, last } of ranges) {
    for (;;) {
      const [lower, upper] = open().filter((index) => {
        const from = BigInt(shards[index]?.firstHashKey ?? -1);
        return first <= from && from <= last;
      });
      if (lower === undefined || upper === undefined) break;
      shards = merge(shards, lower, upper, now);
    }
  }
  return shards;
}
