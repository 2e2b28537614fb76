/**
 * Sequence numbers as AWS makes them: decimals of 56 digits that say when the shard was made, the record's
 * place, when it arrived and which shard it is in. Those of one shard grow with the place.
 */
export interface SequenceNumber {
  /** Seconds since 1970. */
  readonly shardCreated: number;
  readonly shardIndex: number;
  /** 1 is the shard's first record; 0 its beginning; {@link LAST_PLACE} its end. */
  readonly place: bigint;
  /** Seconds since 1970. */
  readonly arrived: number;
}

/** The place in a closed shard's ending sequence number. */
export const LAST_PLACE = 0x7fff_ffff_ffff_ffffn;

const VERSION = '2';

export function sequenceNumber({ shardCreated, shardIndex, place, arrived }: SequenceNumber): string {
  const hex = [
    '2',
    digits(shardCreated, 9),
    digits(shardIndex, 8).slice(-1),
    digits(place, 16),
    '00',
    digits(arrived, 9),
    digits(shardIndex, 8),
    VERSION,
  ];
  return BigInt(`0x${hex.join('')}`).toString();
}

/** What a sequence number says, or undefined where it is none. */
export function parseSequenceNumber(text: string): SequenceNumber | undefined {
  if (!/^[1-9]\d{0,127}$/.test(text)) return undefined;
  const hex = BigInt(text).toString(16);
  const found =
    /^2([0-9a-f]{9})([0-9a-f])([0-7][0-9a-f]{15})[0-9a-f]{2}([0-9a-f]{9})([0-7][0-9a-f]{7})2$/.exec(hex);
  if (found === null) return undefined;
  const [, created = '', nibble = '', place = '', arrived = '', shard = ''] = found;
  if (!shard.endsWith(nibble)) return undefined;
  return {
    shardCreated: Number.parseInt(created, 16),
    shardIndex: Number.parseInt(shard, 16),
    place: BigInt(`0x${place}`),
    arrived: Number.parseInt(arrived, 16),
  };
}

function digits(value: number | bigint, length: number): string {
  return value.toString(16).padStart(length, '0');
}
