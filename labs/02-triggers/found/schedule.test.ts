import { expect, it } from 'vitest';
import { minutesOf } from './schedule.ts';

it.each([
  ['rate(5 minutes)', 5],
  ['rate(1 minute)', 1],
  [' rate(10 minutes) ', 10],
  ['cron(0/5 * * * ? *)', 5],
  ['cron(*/3 * * * ? *)', 3],
  ['cron(* * * * ? *)', 1],
  ['cron(0/5 * ? * * *)', 5],
  ['rate(1 hour)', undefined],
  ['rate(1 day)', undefined],
  ['cron(0 9 * * ? *)', undefined],
  ['cron(5,10 * * * ? *)', undefined],
  ['at(2026-12-24T18:00:00)', undefined],
])('%s ticks every %s minutes', (expression, minutes) => {
  expect(minutesOf(expression)).toBe(minutes);
});
