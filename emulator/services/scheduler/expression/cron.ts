import { readField, readValue, type FieldRange } from './cron-field.ts';
import type { Zone } from './zone.ts';

/** A cron expression of AWS's: six fields, the last of them years. */
export interface Cron {
  /** The first tick after an instant (ms since 1970), or undefined where none follows. */
  next(after: number, zone: Zone): number | undefined;
}

const DAY = 86_400_000;
const minutes: FieldRange = { min: 0, max: 59 };
const hours: FieldRange = { min: 0, max: 23 };
const days: FieldRange = { min: 1, max: 31 };
const months: FieldRange = {
  min: 1,
  max: 12,
  names: ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'],
};
const weekdays: FieldRange = { min: 1, max: 7, names: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] };
const years: FieldRange = { min: 1970, max: 2199 };

/** A date as its fields judge it. `weekday`: 1 is Sunday. */
interface Day {
  readonly day: number;
  readonly weekday: number;
  /** Of the month. */
  readonly lastDay: number;
}
type DayTest = (day: Day) => boolean;

/**
 * Reads what stands between the brackets of `cron(…)`.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html#eb-cron-expressions
 * @returns undefined where it is no cron expression
 */
export function parseCron(text: string): Cron | undefined {
  const fields = text.trim().split(/\s+/);
  if (fields.length !== 6) return undefined;
  const [minute = '', hour = '', day = '', month = '', weekday = '', year = ''] = fields;
  // Exactly one of the two days is left open.
  if ((day === '?') === (weekday === '?')) return undefined;
  const inYears = readField(year, years);
  const inMonths = readField(month, months);
  const inHours = readField(hour, hours);
  const inMinutes = readField(minute, minutes);
  const onDay = day === '?' ? readWeekday(weekday) : readDay(day);
  if (!inYears || !inMonths || !inHours || !inMinutes || !onDay) return undefined;
  const times = [...inHours]
    .sort(ascending)
    .flatMap((hour) => [...inMinutes].sort(ascending).map((minute) => (hour * 60 + minute) * 60_000));

  return {
    next(after, zone) {
      const now = zone.wall(after);
      const { year, month, date } = partsOf(now);
      let best: number | undefined;
      for (let at = Math.max(year, years.min); at <= years.max; at++) {
        if (!inYears.has(at)) continue;
        for (let of = at === year ? month : 1; of <= 12; of++) {
          if (!inMonths.has(of)) continue;
          const lastDay = new Date(Date.UTC(at, of, 0)).getUTCDate();
          for (let on = at === year && of === month ? date : 1; on <= lastDay; on++) {
            const midnight = Date.UTC(at, of - 1, on);
            const weekday = new Date(midnight).getUTCDay() + 1;
            if (!onDay({ day: on, weekday, lastDay })) continue;
            best = firstOf(midnight, times, after, now, zone);
            if (best !== undefined) return best;
          }
        }
      }
      return best;
    },
  };
}

/** The first time of a day that comes after an instant. A time that a clock shows twice ticks the first time only. */
function firstOf(
  midnight: number,
  times: readonly number[],
  after: number,
  now: number,
  zone: Zone,
): number | undefined {
  for (const time of times) {
    // Where a clock is put back, what it showed up to a day ago may not have come yet.
    if (midnight + time < now - DAY) continue;
    const instant = zone.instant(midnight + time);
    if (instant !== undefined && instant > after) return instant;
  }
  return undefined;
}

/** Days of the month: numbers, `L` the last, `15W` the nearest weekday, `LW` the last weekday. */
function readDay(text: string): DayTest | undefined {
  return anyOf(text, (item) => {
    if (item === 'L') return ({ day, lastDay }) => day === lastDay;
    if (item === 'LW') return (date) => date.day === nearestWeekday(date.lastDay, date);
    if (item.endsWith('W')) {
      const wanted = readValue(item.slice(0, -1), days);
      if (wanted === undefined) return undefined;
      return (date) => wanted <= date.lastDay && date.day === nearestWeekday(wanted, date);
    }
    const values = readField(item, days);
    return values === undefined ? undefined : ({ day }) => values.has(day);
  });
}

/** Days of the week: numbers and names, `L` the last of a week, `5L` the last Thursday, `3#2` the second Tuesday. */
function readWeekday(text: string): DayTest | undefined {
  return anyOf(text, (item) => {
    if (item === 'L') return ({ weekday }) => weekday === 7;
    if (item.endsWith('L')) {
      const wanted = readValue(item.slice(0, -1), weekdays);
      if (wanted === undefined) return undefined;
      return ({ weekday, day, lastDay }) => weekday === wanted && day > lastDay - 7;
    }
    const [of = '', nth] = item.split('#');
    if (nth !== undefined) {
      const wanted = readValue(of, weekdays);
      if (wanted === undefined || !/^[1-5]$/.test(nth)) return undefined;
      return ({ weekday, day }) => weekday === wanted && Math.ceil(day / 7) === Number(nth);
    }
    const values = readField(item, weekdays);
    return values === undefined ? undefined : ({ weekday }) => values.has(weekday);
  });
}

function anyOf(text: string, read: (item: string) => DayTest | undefined): DayTest | undefined {
  const tests: DayTest[] = [];
  for (const item of text.toUpperCase().split(',')) {
    const test = read(item);
    if (test === undefined) return undefined;
    tests.push(test);
  }
  return (day) => tests.some((test) => test(day));
}

/** The day from Monday to Friday that is nearest to a day of the month, in the same month. */
function nearestWeekday(wanted: number, { day, weekday, lastDay }: Day): number {
  // The weekday of the wanted day follows from that of any other day.
  const of = ((((weekday - 1 + wanted - day) % 7) + 7) % 7) + 1;
  if (of === 7) return wanted > 1 ? wanted - 1 : wanted + 2;
  if (of === 1) return wanted < lastDay ? wanted + 1 : wanted - 2;
  return wanted;
}

function partsOf(wall: number): { year: number; month: number; date: number } {
  // A day earlier: where a clock was put back over midnight, that day may have times to come.
  const date = new Date(wall - DAY);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, date: date.getUTCDate() };
}

function ascending(a: number, b: number): number {
  return a - b;
}
