import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createClock, type ClockPosition, type OwnedClock } from './moved-clock.ts';

const HOUR = 3_600_000;
let clock: OwnedClock;
afterEach(() => {
  clock.stop();
  vi.useRealTimers();
});

describe('moving the clock', () => {
  it('runs what fell due in order of time, each at its own time, with what those tasks set', async () => {
    clock = createClock();
    const start = clock.now();
    const ran: [string, number][] = [];
    const note = (name: string) => (): void =>
      void ran.push([name, Math.round((clock.now() - start) / HOUR)]);
    clock.after(3 * HOUR, note('third'));
    clock.after(1 * HOUR, () => {
      note('first')();
      clock.after(1 * HOUR, note('set by the first'));
    });
    clock.after(1 * HOUR, note('first too'));
    clock.after(5 * HOUR, note('not yet'));
    clock.after(2.5 * HOUR, note('cancelled')).cancel();
    await clock.advance(4 * HOUR);
    expect(ran).toEqual([
      ['first', 1],
      ['first too', 1],
      ['set by the first', 2],
      ['third', 3],
    ]);
    expect(clock.now() - start).toBeGreaterThanOrEqual(4 * HOUR);
    expect(clock.now() - start).toBeLessThan(4 * HOUR + 60_000);
  });

  it('gives a task its turn before time moves on, so that what it awaits may set the next timer', async () => {
    clock = createClock();
    const ran: number[] = [];
    const start = clock.now();
    const again = async (): Promise<void> => {
      ran.push(Math.round((clock.now() - start) / HOUR));
      await Promise.resolve();
      clock.after(HOUR, () => void again());
    };
    clock.after(HOUR, () => void again());
    await clock.advance(3.5 * HOUR);
    expect(ran).toEqual([1, 2, 3]);
  });

  it('adds up where it is moved twice at once', async () => {
    clock = createClock();
    const start = clock.now();
    await Promise.all([clock.advance(HOUR), clock.advance(HOUR)]);
    expect(clock.now() - start).toBeGreaterThanOrEqual(2 * HOUR);
  });

  it('goes on after a task that throws, and says what it threw', async () => {
    const failed = vi.fn();
    clock = createClock({ failed });
    const later = vi.fn();
    clock.after(1, () => {
      throw new Error('a task');
    });
    clock.after(2, later);
    await clock.advance(10);
    expect(failed).toHaveBeenCalledWith(new Error('a task'));
    expect(later).toHaveBeenCalledOnce();
  });

  it('refuses to go back', async () => {
    clock = createClock();
    for (const ms of [-1, Number.NaN, Infinity]) await expect(clock.advance(ms)).rejects.toThrow(RangeError);
    expect(() => clock.at(Number.NaN, () => undefined)).toThrow(TypeError);
  });
});

describe('what is kept', () => {
  it('is the offset, so that a restart does not take time back', async () => {
    let kept: ClockPosition | undefined;
    let host = 1_000_000;
    clock = createClock({ hostTime: () => host, keep: (position) => (kept = position) });
    await clock.advance(HOUR);
    clock.stop();
    host += 5;
    clock = createClock({ hostTime: () => host, ...(kept && { position: kept }) });
    expect(clock.now()).toBe(1_000_005 + HOUR);
  });

  it('never runs backwards, whatever becomes of the host’s clock', () => {
    let host = 1_000_000;
    clock = createClock({ hostTime: () => host });
    const before = clock.now();
    host -= 500_000;
    expect(clock.now()).toBe(before);
    host += 10;
    expect(clock.now()).toBe(before + 10);
    // Neither does a clock that starts on a host whose clock was set back while it was down.
    clock = createClock({ hostTime: () => host, position: { offset: 0, at: before + 99 } });
    expect(clock.now()).toBe(before + 99);
  });
});

describe('timers in real time', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });

  it('run when their time has come, in order', () => {
    clock = createClock();
    const ran: string[] = [];
    clock.after(20, () => ran.push('second'));
    clock.after(10, () => ran.push('first'));
    vi.advanceTimersByTime(9);
    expect(ran).toEqual([]);
    vi.advanceTimersByTime(11);
    expect(ran).toEqual(['first', 'second']);
  });

  it('may be longer than the host’s can be (2^31 ms)', () => {
    clock = createClock();
    const task = vi.fn();
    const far = 2 ** 31 + 5_000;
    clock.after(far, task);
    vi.advanceTimersByTime(far - 1);
    expect(task).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(task).toHaveBeenCalledOnce();
  });

  it('fire within a minute of a host clock that was set forward', () => {
    clock = createClock();
    const task = vi.fn();
    clock.after(10 * HOUR, task);
    vi.setSystemTime(Date.now() + 10 * HOUR);
    vi.advanceTimersByTime(60_000);
    expect(task).toHaveBeenCalledOnce();
  });

  it('hold nothing once the clock is stopped', () => {
    clock = createClock();
    const task = vi.fn();
    clock.after(10, task);
    clock.stop();
    clock.after(10, task);
    vi.advanceTimersByTime(100);
    expect(task).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });
});
