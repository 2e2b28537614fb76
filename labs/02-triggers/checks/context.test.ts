import { describe, expect, it } from 'vitest';
import { isReport } from './context.ts';

describe('a report of failures', () => {
  it('is what Lambda can read', () => {
    expect(isReport({ batchItemFailures: [] })).toBe(true);
    expect(isReport({ batchItemFailures: [{ itemIdentifier: 'a' }] })).toBe(true);
  });

  it.each([
    [null],
    [undefined],
    ['{"batchItemFailures":[]}'],
    [{}],
    [{ batchItemFailures: null }],
    [{ batchItemFailures: ['a'] }],
    [{ batchItemFailures: [{ itemIdentifier: '' }] }],
    [{ batchItemFailures: [{ itemidentifier: 'a' }] }],
    [{ statusCode: 200, body: '{"batchItemFailures":[]}' }],
  ])('is not %j', (answer) => {
    expect(isReport(answer)).toBe(false);
  });
});
