/*
 * The district of one postcode, as `starter/src/districts.ts` unpacks it, without unpacking the table: a linear
 * congruential generator can be moved ahead by any number of rounds in a few steps (Knuth, The Art of Computer
 * Programming 2, 3.2.1).
 */
const multiplier = 1_664_525;
const increment = 1_013_904_223;
const seed = 20_250_801;
const rounds = 1400;

/** Postcodes are the numbers below this one, in five digits. */
export const postcodes = 100_000;

export const postcodeOf = (number: number): string => String(number).padStart(5, '0');

/** @param number the postcode as a number */
export function districtOf(number: number): string {
  // What one round does to a state, x → a·x + c, combined with itself by squaring.
  let [a, c] = [multiplier, increment];
  let state = seed;
  for (let left = (number + 1) * rounds; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) state = (Math.imul(state, a) + c) >>> 0;
    c = (Math.imul(c, a) + c) >>> 0;
    a = Math.imul(a, a) >>> 0;
  }
  return `D-${String((state >>> 8) % 1000)}`;
}
