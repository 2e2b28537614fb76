import { expect, it } from 'vitest';
import { reportLine } from './report-line.ts';

it('reads the REPORT line', () => {
  const log = 'START RequestId: r\nREPORT RequestId: r\tDuration: 1.50 ms\tBilled Duration: 2 ms\t\nend';
  expect(reportLine(log)).toBe('Duration: 1.50 ms · Billed Duration: 2 ms');
});

it('reads the event of a function that logs JSON, whatever the function prints', () => {
  const metrics = {
    durationMs: 1.5,
    billedDurationMs: 60,
    memorySizeMB: 128,
    maxMemoryUsedMB: 70,
    initDurationMs: 58.1,
  };
  const log = [
    't","type":"platform.report"}',
    'platform.report is what I print',
    JSON.stringify({ time: 't', type: 'platform.report', record: { requestId: 'r', metrics } }),
    JSON.stringify({ type: 'mine', text: 'platform.report' }),
    '',
  ].join('\n');
  expect(reportLine(log)).toBe(
    'Duration: 1.5 ms · Billed Duration: 60 ms · Memory Size: 128 MB · Max Memory Used: 70 MB · Init Duration: 58.1 ms',
  );
});

it('says nothing where there is no report', () => {
  expect(reportLine('{"type":"platform.start"}\n')).toBeUndefined();
  expect(reportLine('')).toBeUndefined();
});
