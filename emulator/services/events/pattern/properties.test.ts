import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidPattern, parsePattern } from './pattern.ts';
import { matchesWildcard, parseWildcard } from './wildcard.ts';

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
const name = fc.stringMatching(/^[a-d]{1,2}$/);
const scalar = fc.oneof(fc.string({ maxLength: 5 }), fc.integer(), fc.boolean(), fc.constant(null));
const { event } = fc.letrec<{ event: Json; value: Json }>((tie) => ({
  event: fc.dictionary(name, tie('value'), { minKeys: 1, maxKeys: 4 }),
  value: fc.oneof(
    { depthSize: 'small' },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(name, tie('value'), { maxKeys: 3 }),
  ),
}));

/** Every value with the steps that lead to it, the members of arrays told apart. */
function leaves(
  value: Json,
  path: string[] = [],
  members: string[] = [],
): { path: string[]; at: string; value: Json }[] {
  if (Array.isArray(value))
    return value.flatMap((one, index) => leaves(one, path, [...members, `${path.join('.')}#${index}`]));
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, one]) => leaves(one, [...path, key], members));
  return [{ path, at: members.join(), value }];
}
const nested = (fields: [string[], unknown][]): unknown => {
  const pattern: Record<string, unknown> = {};
  for (const [path, values] of fields) pattern[path.join('.')] = values;
  return pattern;
};

describe('patterns', () => {
  it('match every event that they were made of, and not where one value differs', () => {
    fc.assert(
      fc.property(event, fc.nat(), (made, choice) => {
        const all = leaves(made).filter(({ path }) => path.length > 0);
        const chosen = all[choice % Math.max(all.length, 1)];
        if (chosen === undefined) return;
        // All values beside it in the same members of the same arrays, so that one choice of members has them all.
        const beside = all.filter(({ at }) => at === chosen.at);
        const pattern = nested(beside.map(({ path, value }) => [path, [value]]));
        expect(parsePattern(JSON.stringify(pattern)).matches(made)).toBe(true);
        const other = nested(
          beside.map(({ path, value }) => [path, [value]]).concat([[['zz'], ['no']]]) as never,
        );
        expect(parsePattern(JSON.stringify(other)).matches(made)).toBe(false);
      }),
    );
  });

  it('find a single value exactly where an event has it', () => {
    fc.assert(
      fc.property(event, fc.array(name, { minLength: 1, maxLength: 3 }), scalar, (made, path, wanted) => {
        const found = leaves(made).some(
          (leaf) => leaf.path.join('.') === path.join('.') && leaf.value === wanted,
        );
        const there = leaves(made).some((leaf) => leaf.path.join('.') === path.join('.'));
        const test = (value: unknown): boolean =>
          parsePattern(JSON.stringify(nested([[path, [value]]]))).matches(made);
        expect(test(wanted)).toBe(found);
        expect(test({ exists: true })).toBe(there);
        expect(test({ exists: false })).toBe(!there);
      }),
    );
  });

  it('are read or refused, whatever the text is', () => {
    const mark = fc.constantFrom(
      ...Array.from('{}[]:,"'),
      '"a"',
      '"prefix"',
      '"$or"',
      '"anything-but"',
      '1',
      'true',
      ' ',
    );
    fc.assert(
      fc.property(
        fc.array(mark).map((marks) => marks.join('')),
        (text) => {
          try {
            parsePattern(text);
          } catch (error) {
            expect(error).toBeInstanceOf(InvalidPattern);
            return;
          }
          // A pattern ends where its object does, as AWS reads it.
          expect(text.trimStart().startsWith('{')).toBe(true);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('wildcards', () => {
  it('mean what a regular expression would', () => {
    const piece = fc.stringMatching(/^[ab.]{0,3}$/);
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: 1, maxLength: 5 }),
        fc.stringMatching(/^[ab.]{0,12}$/),
        (pieces, text) => {
          const wildcard = pieces
            .filter((one, at) => one !== '' || at === 0 || at === pieces.length - 1)
            .join('*');
          fc.pre(!wildcard.includes('**'));
          const regex = new RegExp(`^${wildcard.replaceAll('.', '\\.').replaceAll('*', '.*')}$`);
          expect(matchesWildcard(parseWildcard(wildcard), text)).toBe(regex.test(text));
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('take time in proportion to the text', () => {
    const wildcard = parseWildcard(`*${'a'.repeat(1_000)}b*${'a'.repeat(1_000)}c*`);
    const text = 'a'.repeat(1_000_000);
    const started = process.cpuUsage();
    for (let run = 0; run < 5; run++) expect(matchesWildcard(wildcard, text)).toBe(false);
    expect(process.cpuUsage(started).user / 1_000).toBeLessThan(2_000);
  });
});
