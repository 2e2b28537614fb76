import { describe, expect, it } from 'vitest';
import { passes, streamName } from './environment-log.ts';
import { systemLine } from './system-events.ts';
import type { Finished, SystemEvent } from './system-events.ts';
import type { FunctionVersion, LoggingSettings } from '../execution.ts';

const text: LoggingSettings = { format: 'Text', group: '/g' };
const json = (systemLevel: 'DEBUG' | 'INFO' | 'WARN'): LoggingSettings => ({
  format: 'JSON',
  group: '/g',
  applicationLevel: 'INFO',
  systemLevel,
});
const finished: Finished = {
  durationMs: 3.014,
  billedMs: 114,
  memoryMB: 128,
  maxMemoryMB: 36,
  initMs: 110.1,
  producedBytes: 4,
  status: 'success',
  errorType: undefined,
};
const failed: Finished = { ...finished, initMs: undefined, status: 'error', errorType: 'Runtime.ExitError' };
const line = (event: SystemEvent, logging: LoggingSettings = text) =>
  systemLine(event, logging, Date.UTC(2026, 10, 23));

describe('text', () => {
  it.each<[string, SystemEvent, string | undefined]>([
    ['start', { type: 'start', requestId: 'r', version: '3' }, 'START RequestId: r Version: 3\n'],
    ['end', { type: 'end', requestId: 'r', result: finished }, 'END RequestId: r\n'],
    [
      // As recorded on AWS.
      'report, cold',
      { type: 'report', requestId: 'r', result: finished },
      'REPORT RequestId: r\tDuration: 3.01 ms\tBilled Duration: 114 ms\tMemory Size: 128 MB\tMax Memory Used: 36 MB\tInit Duration: 110.10 ms\t\n',
    ],
    [
      'report, warm',
      { type: 'report', requestId: 'r', result: { ...finished, initMs: undefined } },
      'REPORT RequestId: r\tDuration: 3.01 ms\tBilled Duration: 114 ms\tMemory Size: 128 MB\tMax Memory Used: 36 MB\t\n',
    ],
    [
      'report, crashed',
      { type: 'report', requestId: 'r', result: failed },
      'REPORT RequestId: r\tDuration: 3.01 ms\tBilled Duration: 114 ms\tMemory Size: 128 MB\tMax Memory Used: 36 MB\tStatus: error\tError Type: Runtime.ExitError\t\n',
    ],
    [
      'init report, good',
      { type: 'initReport', phase: 'init', ms: 1, status: 'success', errorType: undefined },
      undefined,
    ],
    [
      'init report, timeout',
      { type: 'initReport', phase: 'init', ms: 10_000, status: 'timeout', errorType: 'Sandbox.Timedout' },
      'INIT_REPORT Init Duration: 10000.00 ms\tPhase: init\tStatus: timeout\n',
    ],
  ])('%s', (_, event, expected) => {
    expect(line(event)).toBe(expected);
  });
});

describe('JSON', () => {
  it.each<[SystemEvent, string[]]>([
    [{ type: 'start', requestId: 'r', version: '1' }, ['DEBUG', 'INFO']],
    [{ type: 'end', requestId: 'r', result: finished }, ['DEBUG']],
    [{ type: 'end', requestId: 'r', result: failed }, ['DEBUG', 'INFO', 'WARN']],
    [{ type: 'report', requestId: 'r', result: finished }, ['DEBUG', 'INFO']],
    [{ type: 'report', requestId: 'r', result: failed }, ['DEBUG', 'INFO', 'WARN']],
    [{ type: 'initReport', phase: 'init', ms: 1, status: 'success', errorType: undefined }, ['DEBUG']],
    [{ type: 'fault', requestId: 'r', message: 'm', errorType: 'e' }, []],
  ])('%j is told at %j', (event, levels) => {
    const told = (['DEBUG', 'INFO', 'WARN'] as const).filter(
      (level) => line(event, json(level)) !== undefined,
    );
    expect(told).toEqual(levels);
  });

  it('a report as recorded on AWS', () => {
    expect(
      JSON.parse(line({ type: 'report', requestId: 'r', result: finished }, json('INFO')) ?? ''),
    ).toEqual({
      time: '2026-11-23T00:00:00.000Z',
      type: 'platform.report',
      record: {
        requestId: 'r',
        metrics: {
          durationMs: 3.014,
          billedDurationMs: 114,
          memorySizeMB: 128,
          maxMemoryUsedMB: 36,
          initDurationMs: 110.1,
        },
        status: 'success',
      },
    });
  });
});

describe('the application level', () => {
  const at = (
    applicationLevel: 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'FATAL',
  ): LoggingSettings => ({
    format: 'JSON',
    group: '/g',
    applicationLevel,
    systemLevel: 'INFO',
  });
  it.each<[string, LoggingSettings, boolean]>([
    ['plain', text, true],
    ['plain', at('INFO'), true],
    ['plain', at('WARN'), false],
    ['{"level":"error"}', at('ERROR'), true],
    ['{"level":"WARNING"}', at('WARN'), true],
    ['{"level":"CRITICAL"}', at('FATAL'), true],
    ['{"level":"debug"}', at('INFO'), false],
    ['{"level":7}', at('WARN'), false],
    ['{broken', at('WARN'), false],
    ['{"level":"constructor"}', at('WARN'), false],
    ['plain', at('TRACE'), true],
  ])('%s', (message, logging, expected) => {
    expect(passes(message, logging)).toBe(expected);
  });
});

it('a stream is named by day, function where the group is shared, version and environment', () => {
  const version = { name: 'fn', version: '7', logging: text } as FunctionVersion;
  const own: FunctionVersion = { ...version, logging: { format: 'Text', group: '/aws/lambda/fn' } };
  const at = Date.UTC(2026, 0, 2, 23, 59);
  expect(streamName(version, at)).toMatch(/^2026\/01\/02\/fn\[7\][0-9a-f]{32}$/);
  expect(streamName(own, at)).toMatch(/^2026\/01\/02\/\[7\][0-9a-f]{32}$/);
});
