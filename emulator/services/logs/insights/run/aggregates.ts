import { asNumber, asText, compareValues, type Value } from '../value.ts';

/** Gathers the values of one group. `time` is the event's timestamp in ms, where it has one. */
export interface Aggregate {
  add(value: Value, time: number | undefined): void;
  result(): Value;
}

type Make = (option: number) => Aggregate;

/** CloudWatch Logs User Guide, "Aggregation functions". */
const AGGREGATES: Readonly<Record<string, Make>> = {
  count: () => {
    let count = 0;
    return {
      add: (value) => {
        if (value !== null) count += 1;
      },
      result: () => count,
    };
  },
  count_distinct: () => {
    const seen = new Set<string>();
    return {
      add: (value) => {
        if (value !== null) seen.add(asText(value));
      },
      result: () => seen.size,
    };
  },
  sum: () => over((state) => (state.count === 0 ? null : state.sum)),
  avg: () => over((state) => (state.count === 0 ? null : state.sum / state.count)),
  stddev: () =>
    over((state) => (state.count === 0 ? null : Math.sqrt(Math.max(0, state.squares / state.count)))),
  min: () => extreme((order) => order < 0),
  max: () => extreme((order) => order > 0),
  pct: (percent) => {
    const values: number[] = [];
    return {
      add: (value) => {
        const number = asNumber(value);
        if (number !== undefined) values.push(number);
      },
      result: () => {
        values.sort((a, b) => a - b);
        return values[Math.max(0, Math.ceil((percent / 100) * values.length) - 1)] ?? null;
      },
    };
  },
  earliest: () => byTime((time, best) => time < best),
  latest: () => byTime((time, best) => time >= best),
  sortsfirst: () => extreme((order) => order < 0),
  sortslast: () => extreme((order) => order > 0),
};

export function isAggregate(name: string): boolean {
  return Object.hasOwn(AGGREGATES, name);
}

/** @param option the percent of `pct` */
export function makeAggregate(name: string, option: number): Aggregate {
  const make = AGGREGATES[name];
  if (make === undefined) throw new Error(`${name} is no aggregation.`);
  return make(option);
}

interface Moments {
  count: number;
  sum: number;
  mean: number;
  /** Of the distances from the mean, as Welford's method adds them up. */
  squares: number;
}

function over(result: (state: Moments) => number | null): Aggregate {
  const state: Moments = { count: 0, sum: 0, mean: 0, squares: 0 };
  return {
    add: (value) => {
      const number = asNumber(value);
      if (number === undefined) return;
      state.count += 1;
      state.sum += number;
      const distance = number - state.mean;
      state.mean += distance / state.count;
      state.squares += distance * (number - state.mean);
    },
    result: () => result(state),
  };
}

function extreme(better: (order: number) => boolean): Aggregate {
  let best: Value = null;
  return {
    add: (value) => {
      if (value !== null && (best === null || better(compareValues(value, best)))) best = value;
    },
    result: () => best,
  };
}

function byTime(better: (time: number, best: number) => boolean): Aggregate {
  let best: { readonly value: Value; readonly time: number } | undefined;
  return {
    add: (value, time = 0) => {
      if (value !== null && (best === undefined || better(time, best.time))) best = { value, time };
    },
    result: () => best?.value ?? null,
  };
}
