import type { Expectation, Finding } from '../api.ts';
import type { EngineText } from '../text.ts';
import { display } from './display.ts';
import { CheckFailed } from './verdicts.ts';

/** Makes the matchers for one value. */
export type Expect = (actual: unknown, finding: Omit<Finding, 'expected' | 'actual'>) => Expectation;

/**
 * The matchers decide by `@vitest/expect`; what was expected is said in words of the language, because a diff of
 * two objects is no sentence for a beginner. Read from disk at the first run.
 */
export async function loadExpect(text: EngineText): Promise<Expect> {
  const { chai, equals, iterableEquality, JestChaiExpect } = await import('@vitest/expect');
  chai.use(JestChaiExpect);
  const said = text.matcher;

  return (actual, finding) => {
    const judge = (matches: () => unknown, expected: string, same?: unknown) => {
      try {
        matches();
      } catch {
        // A value of a kind that the matcher cannot take at all is as wrong as one that does not match.
        const alike = lookAlike(actual, same);
        throw new CheckFailed({
          ...finding,
          expected,
          actual: actual === undefined ? said.nothing : display(actual),
          evidence: [
            ...(finding.evidence ?? []),
            ...(alike ? [{ label: said.alikeLabel, value: said.alike }] : []),
          ],
        });
      }
    };
    // chai's own types know nothing of the plugin; these are the plugin's.
    const matcher = chai.expect(actual) as unknown as Omit<Expectation, 'toBeOneOf'>;
    return {
      toBe(expected) {
        judge(
          () => {
            matcher.toBe(expected);
          },
          display(expected),
          expected,
        );
      },
      toEqual(expected) {
        judge(
          () => {
            matcher.toEqual(expected);
          },
          display(expected),
          expected,
        );
      },
      toMatch(expected) {
        const shown =
          typeof expected === 'string' ? said.contains(display(expected)) : said.matches(display(expected));
        judge(() => {
          matcher.toMatch(expected);
        }, shown);
      },
      toContain(expected) {
        judge(
          () => {
            matcher.toContain(expected);
          },
          said.contains(display(expected)),
        );
      },
      toBeOneOf(expected) {
        judge(
          () => {
            if (!expected.some((one) => equals(actual, one, [iterableEquality]))) throw new Error('none');
          },
          said.oneOf(expected.map(display).join(', ')),
        );
      },
      toBeLessThanOrEqual(expected) {
        judge(
          () => {
            matcher.toBeLessThanOrEqual(expected);
          },
          said.atMost(display(expected)),
        );
      },
      toBeGreaterThanOrEqual(expected) {
        judge(
          () => {
            matcher.toBeGreaterThanOrEqual(expected);
          },
          said.atLeast(display(expected)),
        );
      },
      toBeDefined() {
        judge(() => {
          matcher.toBeDefined();
        }, said.something);
      },
      toMatchObject(expected) {
        judge(() => {
          matcher.toMatchObject(expected);
        }, display(expected));
      },
    };
  };
}

/** macOS writes 한글 in pieces (NFD) where others write it whole: equal to the eye, not to a program. */
const lookAlike = (actual: unknown, expected: unknown): boolean =>
  typeof actual === 'string' &&
  typeof expected === 'string' &&
  actual !== expected &&
  actual.normalize('NFC') === expected.normalize('NFC');
