import { required } from '../../../service/required.ts';
import type { KinesisOperations } from '../client.ts';
import { invalidArgument } from '../failures.ts';
import type { KinesisStore } from '../store.ts';

/** Hours that records may be kept: a day to a year. */
const SHORTEST = 24;
const LONGEST = 8_760;

export function retentionOperations(store: KinesisStore) {
  const checked = (hours: number): number => {
    if (hours < SHORTEST)
      throw invalidArgument(
        `Minimum allowed retention period is ${SHORTEST} hours. Requested retention period (${hours} hours) is too short.`,
      );
    if (hours > LONGEST)
      throw invalidArgument(
        `Maximum allowed retention period is ${LONGEST} hours. Requested retention period (${hours} hours) is too long.`,
      );
    return hours;
  };

  return {
    IncreaseStreamRetentionPeriod(input, call) {
      const found = store.active(call, input);
      const { name, retentionHours } = found.row;
      const hours = checked(required(input.RetentionPeriodHours, 'RetentionPeriodHours'));
      if (hours < retentionHours)
        throw invalidArgument(
          `Requested retention period (${hours} hours) for stream ${name} can not be shorter than existing retention period (${retentionHours} hours). Use DecreaseRetentionPeriod API.`,
        );
      // What has expired by the shorter period does not come back.
      for (const index of found.row.shards.keys()) store.expire(found, index);
      store.update(found, { retentionHours: hours });
      return {};
    },

    DecreaseStreamRetentionPeriod(input, call) {
      const found = store.active(call, input);
      const { name, retentionHours } = found.row;
      const hours = checked(required(input.RetentionPeriodHours, 'RetentionPeriodHours'));
      if (hours > retentionHours)
        throw invalidArgument(
          `Requested retention period (${hours} hours) for stream ${name} can not be longer than existing retention period (${retentionHours} hours). Use IncreaseRetentionPeriod API.`,
        );
      store.update(found, { retentionHours: hours });
      return {};
    },
  } satisfies KinesisOperations;
}
