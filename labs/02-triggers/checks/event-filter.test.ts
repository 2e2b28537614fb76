import { describe, expect, it } from 'vitest';
import { eventNames, passes } from './event-filter.ts';

const names = (...patterns: object[]) =>
  eventNames.map((name) =>
    passes(
      patterns.map((pattern) => JSON.stringify(pattern)),
      name,
    ),
  );

describe('what filters pass', () => {
  it.each([
    ['no pattern', [], [true, true, true]],
    ['two names', [{ eventName: ['INSERT', 'MODIFY'] }], [true, true, false]],
    ['two patterns', [{ eventName: ['INSERT'] }, { eventName: ['MODIFY'] }], [true, true, false]],
    ['all but one', [{ eventName: [{ 'anything-but': 'REMOVE' }] }], [true, true, false]],
    ['all but some', [{ eventName: [{ 'anything-but': ['REMOVE', 'MODIFY'] }] }], [true, false, false]],
    ['a beginning', [{ eventName: [{ prefix: 'IN' }, 'MODIFY'] }], [true, true, false]],
    ['an end', [{ eventName: [{ suffix: 'T' }] }], [true, false, false]],
    ['any case', [{ eventName: [{ 'equals-ignore-case': 'remove' }] }], [false, false, true]],
    ['a name that must be there', [{ eventName: [{ exists: true }] }], [true, true, true]],
    ['nothing about the name', [{ dynamodb: { NewImage: { status: { S: ['paid'] } } } }], [true, true, true]],
    ['what is not known here', [{ eventName: [{ wildcard: '*O*' }] }], [undefined, undefined, undefined]],
    ['alternatives', [{ $or: [{ eventName: ['INSERT'] }] }], [undefined, undefined, undefined]],
    [
      'a known and an unknown one',
      [{ eventName: ['INSERT', { wildcard: 'M*' }] }],
      [true, undefined, undefined],
    ],
  ])('%s', (_, patterns, expected) => {
    expect(names(...patterns)).toEqual(expected);
  });
});
