/** A timer that has been set on a {@link Clock}. */
export interface ClockTimer {
  cancel(): void;
}

/**
 * The cloud's time: the host's time plus what it was moved forward. Retries, schedules, expiry and retention
 * are set on it, so that they follow when it is moved. It never runs backwards.
 */
export interface Clock {
  /** Milliseconds since 1970 in the cloud's time. */
  now(): number;
  /** Runs `task` when the cloud's time reaches `time` (ms since 1970). Does not keep the process alive. */
  at(time: number, task: () => void): ClockTimer;
  /** Runs `task` after `ms` milliseconds of the cloud's time. */
  after(ms: number, task: () => void): ClockTimer;
  /** Moves the clock forward and runs what fell due, in order of time. Resolves when those tasks have been started. */
  advance(ms: number): Promise<void>;
}
