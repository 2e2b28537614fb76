import { bounded, TookTooLong } from '../../../bounded/bounded.ts';
import { TemplateFailure } from '../template/failure.ts';
import type { DeclaredParameter } from '../template/model.ts';
import { isListType, isNumberType, storedType } from '../template/parameters.ts';

/** Most bytes of a parameter's value, from AWS's page on quotas. */
const MOST_BYTES = 4096;

/**
 * Checks what was given for a parameter. Of a list each item is checked; of an SSM parameter its name is.
 * @throws TemplateFailure
 */
export function checkConstraints(name: string, parameter: DeclaredParameter, value: string): void {
  if (Buffer.byteLength(value) > MOST_BYTES)
    throw new TemplateFailure(
      `Parameter '${name}' exceeds the maximum parameter value length of ${MOST_BYTES} bytes.`,
    );
  const broken = items(parameter, value)
    .map((one) => brokenBy(parameter, one))
    .find((one) => one !== undefined);
  if (broken === undefined) return;
  throw new TemplateFailure(
    parameter.constraintDescription === undefined
      ? `Parameter '${name}' ${broken}`
      : `Parameter '${name}' failed to satisfy constraint: ${parameter.constraintDescription}`,
  );
}

function items(parameter: DeclaredParameter, value: string): readonly string[] {
  const list = isListType(parameter.type) && storedType(parameter.type) === undefined;
  return list ? value.split(',').map((one) => one.trim()) : [value];
}

/** What the value does not do that it must, in CloudFormation's words. */
function brokenBy(parameter: DeclaredParameter, value: string): string | undefined {
  const { allowedValues, allowedPattern, minLength, maxLength, minValue, maxValue } = parameter;
  if (allowedValues && !allowedValues.includes(value)) return 'must be one of AllowedValues';
  if (isNumberType(parameter.type)) {
    const number = value.trim() === '' ? Number.NaN : Number(value);
    if (!Number.isFinite(number)) return 'must be a number';
    if (minValue !== undefined && number < minValue) return `must be a number not less than ${minValue}`;
    if (maxValue !== undefined && number > maxValue) return `must be a number not greater than ${maxValue}`;
    return undefined;
  }
  if (minLength !== undefined && value.length < minLength)
    return `must contain at least ${minLength} characters`;
  if (maxLength !== undefined && value.length > maxLength)
    return `must contain at most ${maxLength} characters`;
  if (allowedPattern !== undefined && !matches(value, allowedPattern))
    return `must match pattern ${allowedPattern}`;
  return undefined;
}

/** How long a pattern may take, in ms: one that goes back and tries again could take for ever. */
const MOST_TIME = 250;

function matches(value: string, pattern: string): boolean {
  try {
    const expression = new RegExp(`^(?:${fromJava(pattern)})$`, 's');
    return bounded(() => expression.test(value), MOST_TIME);
  } catch (error) {
    throw new TemplateFailure(
      error instanceof TookTooLong
        ? `AllowedPattern ${pattern} takes too long to decide on the value.`
        : `AllowedPattern ${pattern} must be a valid regular expression.`,
    );
  }
}

/** CloudFormation's patterns are Java's: classes that JavaScript calls otherwise, and its ends of the whole text. */
function fromJava(pattern: string): string {
  const classes: Readonly<Record<string, string>> = {
    Alnum: 'A-Za-z0-9',
    Alpha: 'A-Za-z',
    Digit: '0-9',
    Lower: 'a-z',
    Upper: 'A-Z',
  };
  let inClass = false;
  return pattern.replace(/\\p\{(\w+)\}|\\A|\\z|\\[^]|\[|\]/g, (token, name: string | undefined) => {
    if (token === '[') inClass = true;
    if (token === ']') inClass = false;
    if (token === '\\A') return '^';
    if (token === '\\z') return '$';
    const letters = name === undefined ? undefined : classes[name];
    if (letters === undefined) return token;
    return inClass ? letters : `[${letters}]`;
  });
}
