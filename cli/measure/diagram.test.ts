import { createColors } from 'picocolors';
import { describe, expect, it } from 'vitest';
import type { Measurement } from '../../grader/measurement/measurement.ts';
import { widthOf } from '../../grader/reporters/width.ts';
import { drawMeasurement, type DiagramText } from './diagram.ts';

const text: DiagramText = {
  title: (lab) => `Lab ${lab} · cold against warm`,
  cold: 'cold',
  warm: '웜',
  init: 'init',
  handler: 'handler',
  billed: 'billed',
  request: 'request id',
  calls: (cold, warm) => `${cold} cold and ${warm} warm calls.`,
  median: (cold, init, handler, warm) => `Median: ${cold} (${init} + ${handler}), ${warm}.`,
  times: (times) => `${times} times`,
  slower: 'slower',
};
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
    { requestId: '6e9a3c1e-0000-4000-8000-000000000001', initMs: 300, durationMs: 100, billedMs: 400 },
    { requestId: '6e9a3c1e-0000-4000-8000-000000000002', durationMs: 4, billedMs: 4 },
    { requestId: '6e9a3c1e-0000-4000-8000-000000000003', initMs: 150, durationMs: 50, billedMs: 200 },
    { requestId: '6e9a3c1e-0000-4000-8000-000000000004', durationMs: 0.1, billedMs: 1 },
  ],
};
const draw = (width: number, calls = measurement.calls) =>
  drawMeasurement({ ...measurement, calls }, { text, width, colors: createColors(false) });

describe('the diagram', () => {
  it('draws init and handler in their proportion, the longest call over the whole width', () => {
    const [first = '', second = '', third = '', fourth = ''] = draw(80)
      .split('\n')
      .filter((line) => / ms$/.test(line));
    const count = (line: string, block: string) => line.split(block).length - 1;
    expect(count(first, '█') / count(first, '░')).toBeCloseTo(3, 0);
    expect(count(first, '█') + count(first, '░')).toBeGreaterThan(50);
    expect(count(third, '█') * 2).toBeCloseTo(count(first, '█'), -1);
    expect(count(second, '░')).toBe(1);
    // A call that is too short for a block is still seen.
    expect(fourth).toMatch(/▏ +0\.1 ms$/);
  });

  it.each([40, 60, 80, 100])('stays within %d columns, and shows every request id whole', (width) => {
    const drawn = draw(width);
    for (const line of drawn.split('\n')) expect(widthOf(line), line).toBeLessThanOrEqual(width);
    for (const { requestId } of measurement.calls) expect(drawn).toContain(requestId);
  });

  it('says how many times, or that the work is not moved yet', () => {
    expect(draw(80)).toContain('2000.0 times');
    const calls = [
      { requestId: 'a', initMs: 60, durationMs: 400, billedMs: 460 },
      { requestId: 'b', durationMs: 350, billedMs: 350 },
    ];
    expect(draw(80, calls)).toContain('slower');
  });

  it('draws what there is where all calls were of one kind', () => {
    expect(draw(80, measurement.calls.slice(1, 2))).toContain('4.0 ms');
  });
});
