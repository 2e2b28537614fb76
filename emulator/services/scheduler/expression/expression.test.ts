import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  nextTick,
  readRuleExpression,
  readScheduleExpression,
  type ScheduleExpression,
} from './expression.ts';
import { utc, zoneNamed, type Zone } from './zone.ts';

const required = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('Nothing was read.');
  return value;
};
function ticks(text: string, from: string, count: number, zone: Zone = utc): string[] {
  const expression = required(readScheduleExpression(text));
  const found: string[] = [];
  let at: number | undefined = Date.parse(from);
  const start = at;
  while (found.length < count && at !== undefined) {
    at = nextTick(expression, at, start, zone);
    found.push(at === undefined ? 'never' : new Date(at).toISOString().slice(0, 16));
  }
  return found;
}

describe('cron', () => {
  it.each<[string, string, string[]]>([
    ['cron(0 10 * * ? *)', '2026-11-23T10:00:00Z', ['2026-11-24T10:00', '2026-11-25T10:00']],
    ['cron(15 12 * * ? *)', '2026-11-23T12:14:59Z', ['2026-11-23T12:15']],
    ['cron(0 18 ? * MON-FRI *)', '2026-11-27T18:00:00Z', ['2026-11-30T18:00', '2026-12-01T18:00']],
    ['cron(0 8 1 * ? *)', '2026-11-23T00:00:00Z', ['2026-12-01T08:00', '2027-01-01T08:00']],
    ['cron(0/15 * * * ? *)', '2026-11-23T23:44:00Z', ['2026-11-23T23:45', '2026-11-24T00:00']],
    ['cron(0/30 20-2 ? * MON-FRI *)', '2026-11-23T02:30:00Z', ['2026-11-23T20:00', '2026-11-23T20:30']],
    [
      'cron(5,10 0 1 JAN,JUL ? *)',
      '2026-11-23T00:00:00Z',
      ['2027-01-01T00:05', '2027-01-01T00:10', '2027-07-01T00:05'],
    ],
    [
      'cron(0 0 L * ? *)',
      '2027-02-01T00:00:00Z',
      ['2027-02-28T00:00', '2027-03-31T00:00', '2027-04-30T00:00'],
    ],
    ['cron(0 0 L 2 ? 2028)', '2026-11-23T00:00:00Z', ['2028-02-29T00:00', 'never']],
    // 2026-08-15 is a Saturday, 2026-11-15 a Sunday, 2026-08-01 a Saturday, 2027-02-28 a Sunday.
    ['cron(0 9 15W * ? *)', '2026-08-01T00:00:00Z', ['2026-08-14T09:00', '2026-09-15T09:00']],
    ['cron(0 9 15W 11 ? *)', '2026-08-01T00:00:00Z', ['2026-11-16T09:00']],
    ['cron(0 9 1W 8 ? *)', '2026-07-01T00:00:00Z', ['2026-08-03T09:00']],
    ['cron(0 9 LW 2 ? *)', '2027-01-01T00:00:00Z', ['2027-02-26T09:00']],
    ['cron(0 9 31W * ? *)', '2026-09-01T00:00:00Z', ['2026-10-30T09:00']],
    ['cron(0 12 ? * 3#2 *)', '2026-11-01T00:00:00Z', ['2026-11-10T12:00', '2026-12-08T12:00']],
    ['cron(0 12 ? * 6L *)', '2026-11-01T00:00:00Z', ['2026-11-27T12:00', '2026-12-25T12:00']],
    ['cron(0 12 ? * L *)', '2026-11-23T00:00:00Z', ['2026-11-28T12:00']],
    ['cron(0 12 ? * SUN#5 *)', '2026-11-01T00:00:00Z', ['2026-11-29T12:00', '2027-01-31T12:00']],
    [
      'cron(0 0 ? * FRI-MON 2026)',
      '2026-11-23T00:00:00Z',
      ['2026-11-27T00:00', '2026-11-28T00:00', '2026-11-29T00:00', '2026-11-30T00:00', '2026-12-04T00:00'],
    ],
    ['cron(0 0 1 1 ? 2020-2025)', '2026-11-23T00:00:00Z', ['never']],
    ['cron(0 0 30 2 ? *)', '2026-11-23T00:00:00Z', ['never']],
  ])('%s from %s', (text, from, expected) => {
    expect(ticks(text, from, expected.length)).toEqual(expected);
  });

  it.each([
    'cron(0 1 * * * *)',
    'cron(7 20 * * NOT *)',
    'cron(INVALID)',
    'cron(0 dummy ? * MON-FRI *)',
    'cron(71 8 1 * ? *)',
    'cron()',
    'cron(0 0 ? * ? *)',
    'cron(0 0 * * ?)',
    'cron(0 0 0 * ? *)',
    'cron(0 0 32 * ? *)',
    'cron(0 24 * * ? *)',
    'cron(0 0 ? * 8 *)',
    'cron(0 0 ? * 3#6 *)',
    'cron(0 0 ? * W *)',
    'cron(0/0 0 * * ? *)',
    'cron(0 0 * * ? 1969)',
    'cron(- 0 * * ? *)',
    'rate(10 seconds)',
    'rate(10 years)',
    'rate()',
    'rate(10)',
    'rate(10 minutess)',
    'rate(foo minutes)',
    'rate(-10 minutes)',
    'rate(0 minutes)',
    'rate( 10 minutes )',
    ' rate(10 minutes)',
    'at(2021-12-31T23:59:59Z)',
    'at(2021-12-31)',
    'at(2026-02-30T00:00:00)',
  ])('%s is refused, as on AWS', (text) => {
    expect(readScheduleExpression(text)).toBeUndefined();
    expect(readRuleExpression(text)).toBeUndefined();
  });

  it('has no tick between an instant and the tick that it finds', () => {
    const field = (max: number) =>
      fc.oneof(
        fc.constant('*'),
        fc.nat(max).map(String),
        fc.nat(max).map((at) => `${at}/7`),
      );
    fc.assert(
      fc.property(
        fc.tuple(
          field(59),
          field(23),
          fc.constantFrom('*', '28', 'L', '15W', 'LW', '1-7'),
          fc.constantFrom('*', '2', 'MAR-MAY'),
          fc.date({ min: new Date('2026-01-01'), max: new Date('2028-12-31'), noInvalidDate: true }),
        ),
        ([minute, hour, day, month, from]) => {
          const expression = required(readScheduleExpression(`cron(${minute} ${hour} ${day} ${month} ? *)`));
          const tick = required(nextTick(expression, from.getTime(), 0, utc));
          expect(tick).toBeGreaterThan(from.getTime());
          expect(tick % 60_000).toBe(0);
          // Nothing lies between: every earlier tick is found from where it would be.
          expect(nextTick(expression, tick - 1, 0, utc)).toBe(tick);
          const between = from.getTime() + Math.floor((tick - from.getTime()) / 2);
          expect(nextTick(expression, between, 0, utc)).toBe(tick);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('rate', () => {
  it('counts from its start', () => {
    const rate = required(readRuleExpression('rate(5 minutes)'));
    expect([0, 1, 299_999, 300_000].map((after) => nextTick(rate, 1_000 + after, 1_000, utc))).toEqual([
      301_000, 301_000, 301_000, 601_000,
    ]);
    expect(nextTick(rate, 0, 1_000, utc)).toBe(1_000);
    expect(required(readRuleExpression('rate(1 day)'))).toEqual({ kind: 'rate', ms: 86_400_000 });
  });

  it('of a rule has the number that its unit says', () => {
    expect(readRuleExpression('rate(1 minutes)')).toBeUndefined();
    expect(readRuleExpression('rate(2 hour)')).toBeUndefined();
    expect(readScheduleExpression('rate(1 minutes)')).toEqual({ kind: 'rate', ms: 60_000 });
    expect(readRuleExpression('at(2026-12-24T18:00:00)')).toBeUndefined();
  });
});

describe('time zones', () => {
  const newYork = required(zoneNamed('America/New_York'));

  it('leave out what a clock that is put forward does not show', () => {
    // 2027-03-14: 02:00 becomes 03:00.
    expect(ticks('cron(30 2 * * ? *)', '2027-03-12T12:00:00Z', 3, newYork)).toEqual([
      '2027-03-13T07:30',
      '2027-03-15T06:30',
      '2027-03-16T06:30',
    ]);
  });

  it('do not repeat what a clock that is put back shows twice', () => {
    // 2027-11-07: 02:00 becomes 01:00.
    expect(ticks('cron(30 1 * * ? *)', '2027-11-06T12:00:00Z', 2, newYork)).toEqual([
      '2027-11-07T05:30',
      '2027-11-08T06:30',
    ]);
    expect(ticks('cron(0 * * * ? *)', '2027-11-07T04:30:00Z', 3, newYork)).toEqual([
      '2027-11-07T05:00',
      '2027-11-07T07:00',
      '2027-11-07T08:00',
    ]);
  });

  it('hold for a single time, too', () => {
    expect(
      ticks('at(2026-12-24T18:00:00)', '2026-11-23T00:00:00Z', 2, required(zoneNamed('Asia/Seoul'))),
    ).toEqual(['2026-12-24T09:00', 'never']);
    expect(ticks('at(2027-03-14T02:30:00)', '2026-11-23T00:00:00Z', 1, newYork)).toEqual([
      '2027-03-14T07:30',
    ]);
  });

  it('are those of the IANA database', () => {
    expect(zoneNamed('Mars/Olympus')).toBeUndefined();
    expect(zoneNamed('+09:00')).toBeUndefined();
    const lordHowe = required(zoneNamed('Australia/Lord_Howe'));
    const zones = [
      newYork,
      lordHowe,
      required(zoneNamed('Asia/Kathmandu')),
      required(zoneNamed('America/St_Johns')),
    ];
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.integer({ min: 1.7e12, max: 2e12 }), (zone, instant) => {
        const again = required(zone.instant(zone.wall(instant)));
        expect(zone.wall(again)).toBe(zone.wall(instant));
        expect(again).toBeLessThanOrEqual(instant);
        expect(instant - again).toBeLessThanOrEqual(3_600_000);
      }),
    );
  });

  it('are no slower than a clock needs', () => {
    const never: ScheduleExpression = required(readScheduleExpression('cron(* * 30 2 ? *)'));
    const started = process.cpuUsage();
    for (let run = 0; run < 20; run++) expect(nextTick(never, 0, 0, newYork)).toBeUndefined();
    expect(process.cpuUsage(started).user / 1_000).toBeLessThan(2_000);
  });
});
