import { expect, it } from 'vitest';
import { reportKey, reportOn } from './report.ts';

const time = '2026-11-23T07:00:00Z';

it('counts files and bytes, and names the newest', () => {
  const files = [
    { key: 'incoming/a.csv', size: 10, changed: new Date('2026-11-22') },
    { key: 'incoming/c.csv', size: 0, changed: new Date('2026-11-23') },
    { key: 'incoming/b.csv', size: 5, changed: new Date('2026-11-21') },
  ];
  expect(reportOn(files, time)).toEqual({ time, files: 3, bytes: 15, newest: 'incoming/c.csv' });
});

it('is a report where there is nothing, too', () => {
  expect(reportOn([], time)).toEqual({ time, files: 0, bytes: 0 });
});

it('has a name that sorts by time, and the same for the same time', () => {
  expect(reportKey(time)).toBe('reports/2026-11-23T0700Z.json');
});
