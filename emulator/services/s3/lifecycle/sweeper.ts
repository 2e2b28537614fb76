import type { ClockTimer } from '../../../clock/clock.ts';
import type { Cloud } from '../../../cloud.ts';
import { endUpload } from '../multipart/uploads.ts';
import type { Notifier } from '../notification/notifier.ts';
import { serviceOrigin } from '../notification/notifier.ts';
import { deletionOf } from '../object/deletion.ts';
import { deleteKey } from '../object/versions.ts';
import { storeOf, wholeSeconds } from '../rows.ts';
import type { BucketRow, KeyRow, Store } from '../rows.ts';
import { expiryOf, markerExpires, nextMidnight, noncurrentExpired, uploadExpired } from './expiry.ts';
import type { RuleRow } from './configuration.ts';

/** A bucket's lifecycle, in a table of its own: where it has rows, S3 starts with the cloud. */
export interface LifecycleRow {
  readonly bucket: string;
  readonly rules: readonly RuleRow[];
  /** `TransitionDefaultMinimumObjectSize` */
  readonly least: string;
  /** ms since 1970, cloud time: when the bucket was last gone through, or the rules were put. */
  readonly sweptAt: number;
}

/** Goes through buckets with a lifecycle at each midnight (UTC), as all that expires does so then. */
export class Sweeper {
  readonly #cloud: Cloud;
  readonly #notifier: Notifier;
  readonly #table;
  #timer: ClockTimer | undefined;
  #stopped = false;

  constructor(cloud: Cloud, notifier: Notifier) {
    this.#cloud = cloud;
    this.#notifier = notifier;
    this.#table = cloud.state.table<LifecycleRow>('s3.lifecycles');
  }

  /** Sees to it that the next midnight finds somebody awake; takes up what a cloud that was off has missed. */
  wake(): void {
    if (this.#stopped || this.#timer !== undefined) return;
    let soonest: number | undefined;
    for (const scope of this.#table.scopes())
      for (const { sweptAt } of this.#table.in(scope).values()) {
        const next = nextMidnight(sweptAt + 1);
        soonest = soonest === undefined ? next : Math.min(soonest, next);
      }
    if (soonest === undefined) return;
    this.#timer = this.#cloud.clock.at(soonest, () => {
      this.#timer = undefined;
      this.#sweep();
      this.wake();
    });
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.cancel();
  }

  #sweep(): void {
    const now = this.#cloud.clock.now();
    for (const { account } of this.#table.scopes()) {
      const store = storeOf(this.#cloud)(account);
      for (const [name, row] of [...store.lifecycles.entries()]) {
        const bucket = store.buckets.get(name);
        if (bucket === undefined) store.lifecycles.delete(name);
        else {
          this.#expire(store, bucket, row.rules, now);
          store.lifecycles.set(name, { ...row, sweptAt: now });
        }
      }
    }
  }

  #expire(store: Store, bucket: BucketRow, rules: readonly RuleRow[], now: number): void {
    for (const row of [...store.keys.values()]) {
      if (row.bucket !== bucket.name) continue;
      for (const version of noncurrentExpired(rules, row, now)) this.#delete(store, bucket, row, version.id);
      const [newest] = row.versions;
      const expired = newest?.kind === 'object' && (expiryOf(rules, row.key, newest)?.at ?? Infinity) <= now;
      if (expired) this.#delete(store, bucket, row, undefined);
      else if (markerExpires(rules, row) && newest !== undefined) this.#delete(store, bucket, row, newest.id);
    }
    for (const { id, bucket: of, key, initiated } of [...store.uploads.values()])
      if (of === bucket.name && uploadExpired(rules, key, initiated, now)) endUpload(store, id);
  }

  #delete(store: Store, bucket: BucketRow, { key }: KeyRow, versionId: string | undefined): void {
    const deletion = deleteKey(store, bucket, key, versionId, wholeSeconds(this.#cloud.clock.now()));
    const told = deletionOf('LifecycleExpiration', key, deletion);
    if (told !== undefined) this.#notifier.tell(serviceOrigin(store.account, {}), bucket, told);
  }
}
