/** What stands at the end of a path in an event. */
export type Scalar = string | number | boolean | null;

/** A test of one value. Values of objects and arrays are tested one by one. */
export type ValueTest = (value: Scalar) => boolean;

/** Without regard to case, letter by letter: a letter whose other case has another length stays as it is. */
export function folded(text: string): string {
  return Array.from(text, (letter) => {
    const upper = letter.toUpperCase();
    const lower = (upper.length === letter.length ? upper : letter).toLowerCase();
    return lower.length === letter.length ? lower : letter;
  }).join('');
}

/** A test that only texts can pass. */
export function ofText(test: (text: string) => boolean): ValueTest {
  return (value) => typeof value === 'string' && test(value);
}

/** A test that only numbers can pass. */
export function ofNumber(test: (number: number) => boolean): ValueTest {
  return (value) => typeof value === 'number' && test(value);
}

/** What any of these values fails and all else passes, of whatever type it is. */
export function noneOf(tests: readonly ValueTest[]): ValueTest {
  return (value) => !tests.some((test) => test(value));
}
