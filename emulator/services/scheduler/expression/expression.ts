import { parseCron, type Cron } from './cron.ts';
import type { Zone } from './zone.ts';

/** When something happens. */
export type ScheduleExpression =
  | { readonly kind: 'rate'; readonly ms: number }
  | { readonly kind: 'cron'; readonly cron: Cron }
  /** Once, at a wall time (ms since 1970 as if it were UTC). */
  | { readonly kind: 'at'; readonly wall: number };

const UNITS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * Reads `rate(5 minutes)` or `cron(0 12 * * ? *)`, as rules have it: one of a unit is written in the singular.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 * @returns undefined where it is neither
 */
export function readRuleExpression(text: string): ScheduleExpression | undefined {
  const [, count, unit = ''] = /^rate\((\d+) (\w+)\)$/.exec(text) ?? [];
  if (count !== undefined && unit.endsWith('s') === (Number(count) === 1)) return undefined;
  return readRate(text) ?? readCron(text);
}

/**
 * Reads a schedule's expression: as a rule's, or `at(2026-12-24T18:00:00)`; a unit may be written either way.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 * @returns undefined where it is none of these
 */
export function readScheduleExpression(text: string): ScheduleExpression | undefined {
  return readRate(text) ?? readCron(text) ?? readAt(text);
}

function readRate(text: string): ScheduleExpression | undefined {
  const [, count = '0', unit = ''] = /^rate\((\d{1,9}) (minute|hour|day)s?\)$/.exec(text) ?? [];
  const ms = Number(count) * (UNITS[unit] ?? 0);
  return ms > 0 ? { kind: 'rate', ms } : undefined;
}

function readCron(text: string): ScheduleExpression | undefined {
  const inner = /^cron\((.*)\)$/.exec(text)?.[1];
  const cron = inner === undefined ? undefined : parseCron(inner);
  return cron === undefined ? undefined : { kind: 'cron', cron };
}

function readAt(text: string): ScheduleExpression | undefined {
  const time = /^at\((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\)$/.exec(text)?.[1];
  const wall = time === undefined ? NaN : Date.parse(`${time}Z`);
  // What the calendar does not have (February 30) is read as another day.
  if (Number.isNaN(wall) || !new Date(wall).toISOString().startsWith(time ?? '')) return undefined;
  return { kind: 'at', wall };
}

/**
 * The first tick after an instant, or undefined where none follows. Times are ms since 1970.
 * @param start what a rate counts from
 */
export function nextTick(
  expression: ScheduleExpression,
  after: number,
  start: number,
  zone: Zone,
): number | undefined {
  switch (expression.kind) {
    case 'rate': {
      if (after < start) return start;
      return start + (Math.floor((after - start) / expression.ms) + 1) * expression.ms;
    }
    case 'cron':
      return expression.cron.next(after, zone);
    case 'at': {
      // A time that a clock leaves out comes when the clock has been put forward.
      const instant = zone.instant(expression.wall) ?? zone.instant(expression.wall + 3_600_000);
      return instant !== undefined && instant > after ? instant : undefined;
    }
  }
}
