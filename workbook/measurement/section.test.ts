import { describe, expect, it } from 'vitest';
import type { Measurement } from '../../grader/measurement/measurement.ts';
import { measurementSection } from './section.ts';

const measurement: Measurement = {
  format: 'coldstart-measurement',
  version: 1,
  lab: 4,
  target: 'embedded',
  region: 'us-east-1',
  takenAt: '2026-11-23T00:00:00.000Z',
  functionName: 'lab04-<b>lifecycle</b>',
  runtime: 'nodejs24.x',
  memoryMB: 512,
  logGroup: '/aws/lambda/lab04-lifecycle',
  calls: [
    { requestId: 'id-cold', initMs: 300, durationMs: 100, billedMs: 400 },
    { requestId: 'id-warm', durationMs: 4, billedMs: 4 },
  ],
};

describe('the figures of a student on the page', () => {
  it('are bars for the eye and a table for everybody', () => {
    const { markup } = measurementSection('en', 4, measurement);
    expect(markup).toContain('A cold call takes 100.0 times as long as a warm one.');
    expect(markup).toContain('class="init" style="width:75.00%"');
    expect(markup).toContain('class="handler" style="width:25.00%"');
    expect(markup).toContain('class="handler" style="width:1.00%"');
    for (const { requestId } of measurement.calls) expect(markup).toContain(`<code>${requestId}</code>`);
    expect(markup.match(/<th scope="row">/g)).toHaveLength(2);
    // The bars say nothing that the table does not.
    expect(markup).toMatch(/class="bars" aria-hidden="true"/);
  });

  it('let no markup of a name through', () => {
    expect(measurementSection('en', 4, measurement).markup).not.toContain('<b>');
  });

  it('say what to do where there are none, in both languages', () => {
    expect(measurementSection('en', 4, undefined).markup).toContain('<code>npm run measure 4</code>');
    expect(measurementSection('ko', 4, undefined).markup).toMatch(/아직 측정한 것이 없어요/);
  });

  it('say so where the work is not moved yet', () => {
    const calls = [
      { requestId: 'a', initMs: 60, durationMs: 400, billedMs: 460 },
      { requestId: 'b', durationMs: 350, billedMs: 350 },
    ];
    expect(measurementSection('en', 4, { ...measurement, calls }).markup).toContain(
      'A warm call takes longer than an init',
    );
  });
});
