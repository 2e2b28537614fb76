import { bounded, TookTooLong } from '../../../bounded/bounded.ts';
import { ServiceFailure } from '../../../service/failure.ts';

/** How long a student's expression may look at a value, in ms. */
const PATIENCE = 100;

/** Holds a value to the pattern it must match. @throws InvalidAllowedPatternException, ParameterPatternMismatchException */
export function checkPattern(pattern: string, value: string): void {
  if (!matches(compiled(pattern), value))
    throw new ServiceFailure(
      'ParameterPatternMismatchException',
      `Parameter value, cannot be validated against allowedPattern: ${pattern}`,
    );
}

function compiled(pattern: string): RegExp {
  try {
    return new RegExp(pattern);
  } catch {
    throw new ServiceFailure(
      'InvalidAllowedPatternException',
      "The request doesn't meet the regular expression requirement.",
    );
  }
}

function matches(expression: RegExp, value: string): boolean {
  try {
    return bounded(() => expression.test(value), PATIENCE);
  } catch (error) {
    if (error instanceof TookTooLong) return false;
    throw error;
  }
}
