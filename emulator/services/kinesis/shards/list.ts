import type { Shard, ShardFilter } from '@aws-sdk/client-kinesis';
import { ServiceFailure } from '../../../service/failure.ts';
import type { KinesisOperations } from '../client.ts';
import { invalidArgument, noSuchShard } from '../failures.ts';
import { HOUR, type ShardRow, type StreamRow } from '../rows.ts';
import type { Found, KinesisStore } from '../store.ts';
import { shardIndex, shown } from './shard.ts';

/** "Tokens expire after 300 seconds." */
const TOKEN_LIFE = 300_000;
const PAGE = 1_000;

/** Shards with their index, in order. Those whose last records have expired are gone. */
export function keptShards(store: KinesisStore, row: StreamRow): (readonly [number, ShardRow])[] {
  const oldest = store.cloud.clock.now() - row.retentionHours * HOUR;
  return [...row.shards.entries()].filter(([, { closed }]) => closed === undefined || closed > oldest);
}

/** The index of a shard that a request names to begin behind. @throws ResourceNotFoundException */
export function startBehind({ scope, row }: Found, id: string): number {
  const index = shardIndex(id);
  if (index === undefined) throw noSuchShard(id, row.name, scope.account);
  return index;
}

interface Token {
  readonly stream: string;
  readonly after: number;
  readonly issued: number;
  readonly filter: ShardFilter | undefined;
}

export function listOperations(store: KinesisStore) {
  const readToken = (text: string): Token => {
    const token = tokenOf(text);
    if (token === undefined) throw invalidArgument('Invalid NextToken.');
    const age = store.cloud.clock.now() - token.issued;
    if (age > TOKEN_LIFE)
      throw new ServiceFailure(
        'ExpiredNextTokenException',
        `The nextToken was created ${age} milliseconds ago, which is longer than the tolerated ${TOKEN_LIFE} milliseconds.`,
      );
    return token;
  };

  return {
    ListShards(input, call) {
      const { NextToken, MaxResults = PAGE, ExclusiveStartShardId, ShardFilter } = input;
      if (NextToken !== undefined && (input.StreamName ?? input.StreamARN) !== undefined)
        throw invalidArgument('NextToken and StreamName cannot be provided together.');
      const token = NextToken === undefined ? undefined : readToken(NextToken);
      const found = store.named(call, token === undefined ? input : { StreamName: token.stream });
      const filter = token === undefined ? ShardFilter : token.filter;
      const behind =
        token?.after ??
        (ExclusiveStartShardId === undefined ? -1 : startBehind(found, ExclusiveStartShardId));
      const all = filtered(store, found, filter).filter(([index]) => index > behind);
      const page = all.slice(0, MaxResults);
      const last = page.at(-1);
      const next: Token | undefined =
        last === undefined || all.length <= MaxResults
          ? undefined
          : {
              stream: found.row.name,
              after: last[0],
              issued: store.cloud.clock.now(),
              filter,
            };
      return {
        Shards: page.map(([index, shard]): Shard => shown(shard, index)),
        ...(next === undefined ? {} : { NextToken: Buffer.from(JSON.stringify(next)).toString('base64') }),
      };
    },
  } satisfies KinesisOperations;
}

function tokenOf(text: string): Token | undefined {
  try {
    const token = JSON.parse(Buffer.from(text, 'base64').toString()) as Partial<Token> | null;
    const { stream, after, issued, filter } = token ?? {};
    if (typeof stream !== 'string' || typeof after !== 'number' || typeof issued !== 'number')
      return undefined;
    return { stream, after, issued, filter };
  } catch {
    return undefined;
  }
}

function filtered(
  store: KinesisStore,
  found: Found,
  filter: ShardFilter | undefined,
): (readonly [number, ShardRow])[] {
  const shards = keptShards(store, found.row);
  const oldest = store.cloud.clock.now() - found.row.retentionHours * HOUR;
  const openAt = (time: number) =>
    shards.filter(
      ([, { created, closed }]) =>
        created <= Math.max(time, found.row.created) && (closed ?? Infinity) > time,
    );
  // In a token the time is text.
  const time = filter?.Timestamp === undefined ? undefined : new Date(filter.Timestamp).getTime();
  switch (filter?.Type) {
    case undefined:
    case 'FROM_TRIM_HORIZON':
      return shards;
    case 'AT_TRIM_HORIZON':
      return openAt(oldest);
    case 'AT_LATEST':
      return shards.filter(([, { closed }]) => closed === undefined);
    case 'AFTER_SHARD_ID': {
      if (filter.ShardId === undefined)
        throw invalidArgument('ShardId must be specified for the shard filter AFTER_SHARD_ID.');
      const behind = startBehind(found, filter.ShardId);
      return shards.filter(([index]) => index > behind);
    }
    case 'AT_TIMESTAMP':
    case 'FROM_TIMESTAMP': {
      if (time === undefined)
        throw invalidArgument(`Timestamp must be specified for the shard filter ${filter.Type}.`);
      return filter.Type === 'AT_TIMESTAMP'
        ? openAt(time)
        : shards.filter(([, { closed }]) => (closed ?? Infinity) > time);
    }
  }
}
