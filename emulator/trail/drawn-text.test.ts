import { expect, it } from 'vitest';
import { drawnText } from './drawn-text.ts';

it('drawn texts are of the length that is asked for, and none comes twice', () => {
  const ids = Array.from({ length: 2000 }, (_, index) => drawnText(8 + (index % 5), 'hex'));
  expect(ids.map((id) => id.length)).toEqual(ids.map((_, index) => 16 + 2 * (index % 5)));
  expect(new Set(ids.map((id) => id.slice(0, 16))).size).toBe(2000);
});
