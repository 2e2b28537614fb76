import { describe, expect, it } from 'vitest';
import { reportsIn } from './report.ts';

// Lines as AWS writes them, with tabs and the tab at the end.
const cold =
  'REPORT RequestId: 6e9a3c1e-0000-4000-8000-000000000001\tDuration: 3.01 ms\tBilled Duration: 114 ms\tMemory Size: 128 MB\tMax Memory Used: 36 MB\tInit Duration: 110.10 ms\t';
const warm =
  'REPORT RequestId: 6e9a3c1e-0000-4000-8000-000000000002\tDuration: 1.20 ms\tBilled Duration: 2 ms\tMemory Size: 128 MB\tMax Memory Used: 81 MB';

describe('reports in a log', () => {
  it('are read with and without an init', () => {
    expect(reportsIn(`START RequestId: x\n${cold}\n\nEND\n${warm}\n`)).toEqual([
      {
        requestId: '6e9a3c1e-0000-4000-8000-000000000001',
        durationMs: 3.01,
        billedMs: 114,
        initMs: 110.1,
        memoryMB: 128,
        line: cold,
      },
      {
        requestId: '6e9a3c1e-0000-4000-8000-000000000002',
        durationMs: 1.2,
        billedMs: 2,
        initMs: undefined,
        memoryMB: 128,
        line: warm,
      },
    ]);
  });

  it('are read where they are followed by more, and as JSON', () => {
    const timeout = `${warm}\tStatus: timeout`;
    expect(reportsIn(timeout)).toMatchObject([{ durationMs: 1.2, initMs: undefined }]);
    const json =
      '{"time":"2026-11-23T00:00:00.000Z","type":"platform.report","record":{"requestId":"r","metrics":{"durationMs":3.014,"billedDurationMs":114,"memorySizeMB":128,"maxMemoryUsedMB":36,"initDurationMs":110.1},"status":"success"}}';
    expect(reportsIn(json)).toMatchObject([
      { requestId: 'r', durationMs: 3.014, billedMs: 114, initMs: 110.1, memoryMB: 128 },
    ]);
  });

  it.each([
    'INIT_REPORT Init Duration: 1236.04 ms\tPhase: init\tStatus: timeout',
    '2026-11-23T00:00:00.000Z\tid\tINFO\tREPORT RequestId: made-up\tDuration: 1 ms\tBilled Duration: 1 ms',
    'REPORT RequestId: r',
    '{"type":"platform.report","record":{"requestId":"r"}}',
    '{broken',
    '{"type":"platform.start","record":{}}',
    'null',
  ])('are not made of %s', (line) => {
    expect(reportsIn(line)).toEqual([]);
  });
});
