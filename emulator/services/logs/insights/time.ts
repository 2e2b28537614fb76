import type { Duration } from './syntax/tree.ts';

const FIXED: Readonly<Partial<Record<Duration['unit'], number>>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};
/** 1970 began on a Thursday; weeks begin on Mondays. */
const FIRST_MONDAY = 4 * 86_400_000;
const MONTHS: Readonly<Partial<Record<Duration['unit'], number>>> = { mo: 1, q: 3, y: 12 };

/** The beginning of the span in which a moment (ms since 1970) lies, in UTC. */
export function floorTo(time: number, { count, unit }: Duration): number {
  const fixed = FIXED[unit];
  if (fixed !== undefined) {
    const step = fixed * count;
    const origin = unit === 'w' ? FIRST_MONDAY : 0;
    return Math.floor((time - origin) / step) * step + origin;
  }
  return monthStart(Math.floor(monthOf(time) / monthsIn(count, unit)) * monthsIn(count, unit));
}

/** The beginning of the next span, or the moment itself where it begins one. */
export function ceilTo(time: number, span: Duration): number {
  const floor = floorTo(time, span);
  if (floor === time) return time;
  const fixed = FIXED[span.unit];
  if (fixed !== undefined) return floor + fixed * span.count;
  return monthStart(monthOf(floor) + monthsIn(span.count, span.unit));
}

const monthsIn = (count: number, unit: Duration['unit']): number => count * (MONTHS[unit] ?? 1);
function monthOf(time: number): number {
  const date = new Date(time);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}
const monthStart = (month: number): number => Date.UTC(Math.floor(month / 12), month % 12);
