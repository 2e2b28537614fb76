import type { QuotaSettings } from '@aws-sdk/client-api-gateway';

const DAY = 86_400_000;

/** The day of a time in UTC: `2026-11-23`. */
export function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** Midnight UTC at the beginning of a day, in ms since 1970. */
export function startOfDay(time: number): number {
  return Math.floor(time / DAY) * DAY;
}

/** The days from one to another, both included. @param most how many at most */
export function daysBetween(first: number, last: number, most: number): string[] {
  const days: string[] = [];
  for (let day = startOfDay(first); day <= last && days.length < most; day += DAY) days.push(dayOf(day));
  return days;
}

/**
 * When the period of a quota began that a time is in: midnight UTC, of the first day of the week or month. The offset
 * is the day that a week (0 is Sunday) or month (0 is the 1st) begins with, as the console asks for it.
 * https://docs.aws.amazon.com/apigateway/latest/api/API_QuotaSettings.html
 */
export function periodStart({ period, offset = 0 }: QuotaSettings, time: number): number {
  const today = startOfDay(time);
  if (period === 'WEEK') {
    const weekday = new Date(today).getUTCDay();
    return today - ((weekday - offset + 7) % 7) * DAY;
  }
  if (period === 'MONTH') {
    const date = new Date(today);
    const late = date.getUTCDate() > offset;
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + (late ? 0 : -1), 1 + offset);
  }
  return today;
}

/** The day before one. */
export function dayBefore(time: number): number {
  return startOfDay(time) - DAY;
}
