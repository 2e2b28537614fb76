import { describe, expect, it } from 'vitest';
import { readReport } from './report.ts';

const ids = new Set(['a', 'b']);
const read = (answer: unknown) => readReport(new TextEncoder().encode(JSON.stringify(answer)), ids);

describe('what a function reports', () => {
  it.each([null, {}, [], { batchItemFailures: null }, { batchItemFailures: [] }, { other: 1 }])(
    '%j: all went well',
    (answer) => expect(read(answer)).toEqual(new Set()),
  );

  it.each([
    'text',
    7,
    [1],
    { batchItemFailures: 'a' },
    { batchItemFailures: {} },
    { batchItemFailures: ['a'] },
    { batchItemFailures: [null] },
    { batchItemFailures: [{ itemIdentifier: '' }] },
    { batchItemFailures: [{ itemIdentifier: null }] },
    { batchItemFailures: [{ itemIdentifier: 'unknown' }] },
    { batchItemFailures: [{ itemIdentifier: 'a' }, { foo: 'b' }] },
  ])('%j: all failed', (answer) => expect(read(answer)).toBe('all'));

  it('may be some of the batch, and nothing at all', () => {
    expect(read({ batchItemFailures: [{ itemIdentifier: 'b' }] })).toEqual(new Set(['b']));
    expect(readReport(new Uint8Array(), ids)).toEqual(new Set());
    expect(readReport(new TextEncoder().encode('no json'), ids)).toBe('all');
  });
});
