import type { Clock, ClockTimer } from './clock.ts';

/** How far a clock was moved, as it is kept. */
export interface ClockPosition {
  /** ms that the cloud's time is ahead of the host's. */
  readonly offset: number;
  /** The cloud's time when this was kept, in ms since 1970: the clock never starts before it. */
  readonly at: number;
}

export interface ClockOptions {
  /** Where the clock stood before a restart. */
  readonly position?: ClockPosition;
  /** Keeps a new position. */
  readonly keep?: (position: ClockPosition) => void;
  /** Told of what a task threw. */
  readonly failed?: (error: unknown) => void;
  /** The host's time in ms since 1970. */
  readonly hostTime?: () => number;
}

/** A clock with what only its owner does. */
export interface OwnedClock extends Clock {
  /** Cancels every timer. Timers that are set afterwards never run. */
  stop(): void;
}

interface Timer {
  readonly time: number;
  readonly task: () => void;
}

/**
 * The host is asked again at least this often while a timer is set (in ms): its timers cannot be longer than
 * 2^31 ms, stand still while a laptop sleeps, and know nothing of a host clock that was set.
 */
const LONGEST_WAIT = 60_000;

/** Makes the cloud's clock. It holds no process alive. */
export function createClock(options: ClockOptions = {}): OwnedClock {
  const hostTime = options.hostTime ?? Date.now;
  const failed = options.failed ?? (() => undefined);
  let offset = options.position?.offset ?? 0;
  let latest = options.position?.at ?? 0;
  /** Soonest first; of the same time, in the order in which they were set. */
  let timers: Timer[] = [];
  let wake: NodeJS.Timeout | undefined;
  let stopped = false;
  let advancing: Promise<void> = Promise.resolve();

  const now = (): number => {
    const time = hostTime() + offset;
    // The host's clock was set back: the cloud's goes on from where it was.
    if (time < latest) offset += latest - time;
    else latest = time;
    return latest;
  };

  const runFirst = (): void => {
    const timer = timers.shift();
    try {
      timer?.task();
    } catch (error) {
      failed(error);
    }
  };

  const schedule = (): void => {
    clearTimeout(wake);
    const first = timers[0];
    if (first === undefined || stopped) return;
    const wait = Math.min(Math.max(first.time - now(), 1), LONGEST_WAIT);
    wake = setTimeout(() => {
      // Only what is due now: a task that sets itself again at once must not keep the process from its other work.
      const due = now();
      while (timers[0] !== undefined && timers[0].time <= due) runFirst();
      schedule();
    }, wait).unref();
  };

  const at = (time: number, task: () => void): ClockTimer => {
    if (Number.isNaN(time)) throw new TypeError('A timer needs a time.');
    const timer: Timer = { time, task };
    if (!stopped) {
      timers.splice(placeFor(timers, time), 0, timer);
      if (timers[0] === timer) schedule();
    }
    return {
      cancel: () => {
        timers = timers.filter((other) => other !== timer);
      },
    };
  };

  const moveTo = (time: number): void => {
    const ahead = time - now();
    if (ahead <= 0) return;
    offset += ahead;
    options.keep?.({ offset, at: now() });
  };

  const advance = async (ms: number): Promise<void> => {
    const target = now() + ms;
    while (timers[0] !== undefined && timers[0].time <= target) {
      moveTo(timers[0].time);
      runFirst();
      // What the task awaits may set the next timer: it gets its turn before time moves on.
      await new Promise(setImmediate);
    }
    moveTo(target);
    schedule();
  };

  return {
    now,
    at,
    after: (ms, task) => at(now() + ms, task),
    advance: async (ms) => {
      if (!(ms >= 0 && Number.isFinite(ms))) throw new RangeError('A clock moves forward only.');
      // One after the other: each moves the clock by its own span.
      advancing = advancing.then(async () => await advance(ms));
      await advancing;
    },
    stop: () => {
      stopped = true;
      timers = [];
      clearTimeout(wake);
    },
  };
}

/* The place after every timer of the same time or sooner. */
function placeFor(timers: readonly Timer[], time: number): number {
  let low = 0;
  let high = timers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((timers[middle]?.time ?? Infinity) <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}
