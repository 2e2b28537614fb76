/**
 * Wall clocks of time zones. A wall time is written as the ms since 1970 that it would be in UTC, so that it can be
 * calculated with.
 */
export interface Zone {
  /** The wall time at an instant (both ms since 1970). */
  wall(instant: number): number;
  /**
   * The first instant at which the clock shows a wall time; undefined where it never does, because the clock is put
   * forward over it.
   */
  instant(wall: number): number | undefined;
}

const DAY = 86_400_000;

/** UTC, which needs no tables. */
export const utc: Zone = { wall: (instant) => instant, instant: (wall) => wall };

/** The clock of a zone of the IANA database, or undefined where it does not know the name. */
export function zoneNamed(name: string): Zone | undefined {
  if (name === 'UTC') return utc;
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    return undefined;
  }
  // Offsets such as +09:00 are taken by Intl, but are no names.
  if (/^[+-]/.test(name)) return undefined;
  const wall = (instant: number): number => {
    const whole = Math.floor(instant / 1000) * 1000;
    const part: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
    for (const { type, value } of format.formatToParts(whole)) part[type] = Number(value);
    const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
    return Date.UTC(year, month - 1, day, hour, minute, second) + (instant - whole);
  };
  return {
    wall,
    instant(time) {
      // A clock is put forward or back at most once in two days: the offsets before and after are all there are.
      const offsets = [time - DAY, time + DAY].map((near) => wall(near) - near);
      const shown = offsets.map((offset) => time - offset).filter((instant) => wall(instant) === time);
      return shown.length === 0 ? undefined : Math.min(...shown);
    },
  };
}
