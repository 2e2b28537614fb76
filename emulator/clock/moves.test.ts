import { expect, it } from 'vitest';
import { trackMoves } from './moves.ts';

it('tells which time the cloud had when the host had another', () => {
  const moves = trackMoves(100);
  expect(moves.cloudTime(1_000)).toBe(1_100);
  moves.moved(2_000, 5_100);
  moves.moved(3_000, 6_100);
  expect([1_999, 2_000, 2_999, 3_000, 9_000].map((host) => moves.cloudTime(host))).toEqual([
    2_099, 7_100, 8_099, 9_100, 15_100,
  ]);
  // Older moves are forgotten one by one; the latest always count.
  for (let at = 0; at < 3_000; at += 1) moves.moved(10_000 + at, 10_000 + at);
  expect(moves.cloudTime(20_000)).toBe(32_999);
  expect(moves.cloudTime(0)).toBe(100);
});
