import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readMeasurement, summaryOf, type Measurement } from './measurement.ts';
import { loadMeasurement, saveMeasurement } from './store.ts';

const measurement: Measurement = {
  format: 'coldstart-measurement',
  version: 1,
  lab: 4,
  target: 'embedded',
  region: 'us-east-1',
  takenAt: '2026-11-23T00:00:00.000Z',
  functionName: 'lab04-lifecycle',
  runtime: 'nodejs24.x',
  memoryMB: 512,
  logGroup: '/aws/lambda/lab04-lifecycle',
  calls: [
    { requestId: 'a', initMs: 400, durationMs: 40, billedMs: 440 },
    { requestId: 'b', durationMs: 4, billedMs: 4 },
    { requestId: 'c', initMs: 900, durationMs: 90, billedMs: 990 },
    { requestId: 'd', durationMs: 5, billedMs: 5 },
    { requestId: 'e', initMs: 410, durationMs: 38, billedMs: 448 },
    { requestId: 'f', durationMs: 80, billedMs: 80 },
  ],
};

describe('the summary', () => {
  it('takes medians, so that one slow call does not decide', () => {
    expect(summaryOf(measurement.calls)).toEqual({
      cold: { calls: 3, initMs: 410, durationMs: 40 },
      warm: { calls: 3, durationMs: 5 },
      times: 90,
    });
  });

  it('is none without both kinds of calls', () => {
    expect(summaryOf([])).toBeUndefined();
    expect(summaryOf(measurement.calls.filter(({ initMs }) => initMs === undefined))).toBeUndefined();
    expect(summaryOf(measurement.calls.filter(({ initMs }) => initMs !== undefined))).toBeUndefined();
  });
});

describe('the file', () => {
  const workspace = mkdtempSync(join(tmpdir(), 'coldstart-measurement-'));
  afterAll(() => rmSync(workspace, { recursive: true, force: true }));

  it('is read as it was written, and is none where it is absent or changed', () => {
    expect(loadMeasurement(workspace)).toBeUndefined();
    saveMeasurement(workspace, measurement);
    expect(loadMeasurement(workspace)).toEqual(measurement);
    writeFileSync(join(workspace, '.coldstart', 'last-measurement.json'), '{"format":');
    expect(loadMeasurement(workspace)).toBeUndefined();
  });

  it.each([
    { ...measurement, calls: [{ requestId: 'a', durationMs: -1, billedMs: 0 }] },
    { ...measurement, calls: [{ requestId: 'a', durationMs: Infinity, billedMs: 0 }] },
    { ...measurement, version: 2 },
    { ...measurement, functionName: 7 },
  ])('is not taken from anything else', (value) => {
    expect(() => readMeasurement(value)).toThrow();
  });
});
