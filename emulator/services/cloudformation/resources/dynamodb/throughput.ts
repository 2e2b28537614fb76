/** What a table or an index may read and write in a second. */
export interface Throughput {
  readonly ReadCapacityUnits?: number | undefined;
  readonly WriteCapacityUnits?: number | undefined;
}

/** Whether two allow the same; nothing is as much as none. */
export const isSameThroughput = (one: Throughput = {}, other: Throughput = {}): boolean =>
  (one.ReadCapacityUnits ?? 0) === (other.ReadCapacityUnits ?? 0) &&
  (one.WriteCapacityUnits ?? 0) === (other.WriteCapacityUnits ?? 0);
