import { invalid } from '../failures.ts';

/*
 * DynamoDB's numbers: up to 38 significant digits, kept exactly, magnitudes from 1E-130 to 9.99…E+125.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html
 */
const MOST_DIGITS = 38;
const HIGHEST_EXPONENT = 126;
const LOWEST_EXPONENT = -129;

/** `0.digits × 10^exponent`, without zeros at either end of the digits. Zero has no digits. */
export interface Decimal {
  readonly negative: boolean;
  readonly digits: string;
  readonly exponent: number;
}

const zero: Decimal = { negative: false, digits: '', exponent: 0 };
const form = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/** @throws ServiceFailure for what is no number, has too many digits or is out of range */
export function decimalOf(text: string): Decimal {
  const match = form.exec(text);
  const [, sign = '', whole = '', fraction = '', power = '0'] = match ?? [];
  if (match === null || (whole === '' && fraction === '')) {
    const shown = text === '' ? '' : `: ${text}`;
    throw invalid(`The parameter cannot be converted to a numeric value${shown}`);
  }
  return decimal(sign === '-', whole + fraction, whole.length + Number(power));
}

/** Trims zeros and holds the number to DynamoDB's range. */
function decimal(negative: boolean, digits: string, exponent: number): Decimal {
  let start = 0;
  while (digits[start] === '0') start += 1;
  let end = digits.length;
  while (end > start && digits[end - 1] === '0') end -= 1;
  if (start === end) return zero;
  const trimmed = digits.slice(start, end);
  const at = exponent - start;
  if (at > HIGHEST_EXPONENT)
    throw invalid('Number overflow. Attempting to store a number with magnitude larger than supported range');
  if (at < LOWEST_EXPONENT)
    throw invalid(
      'Number underflow. Attempting to store a number with magnitude smaller than supported range',
    );
  if (trimmed.length > MOST_DIGITS)
    throw invalid('Attempting to store more than 38 significant digits in a Number');
  return { negative, digits: trimmed, exponent: at };
}

/** The number as DynamoDB gives it back: all digits, no exponent. */
export function numberText({ negative, digits, exponent }: Decimal): string {
  if (digits === '') return '0';
  const sign = negative ? '-' : '';
  if (exponent <= 0) return `${sign}0.${'0'.repeat(-exponent)}${digits}`;
  if (digits.length <= exponent) return sign + digits.padEnd(exponent, '0');
  return `${sign}${digits.slice(0, exponent)}.${digits.slice(exponent)}`;
}

/** The one text of a number: equal numbers have equal texts. */
export function normalNumber(text: string): string {
  // Most numbers are small and whole, and are their own text.
  if (/^(?:0|[1-9]\d{0,14})$/.test(text)) return text;
  return numberText(decimalOf(text));
}

/** A text that orders as the numbers do. */
export function orderOfNumber(text: string): string {
  const { negative, digits, exponent } = decimalOf(text);
  if (digits === '') return '1';
  const place = exponent + 500;
  if (!negative) return `2${String(place)}${digits}`;
  const complement = digits.replace(/\d/g, (digit) => String(9 - Number(digit)));
  // The last sign lies above all digits: of two negative numbers the one with more digits is the smaller.
  return `0${String(999 - place)}${complement}~`;
}

/** Negative, zero or positive as `left` lies before, at or after `right`. Both are normal texts. */
export function compareNumbers(left: string, right: string): number {
  // Fifteen digits survive a double exactly.
  if (left.length <= 15 && right.length <= 15) return Number(left) - Number(right);
  const [a, b] = [orderOfNumber(left), orderOfNumber(right)];
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * The exact sum of two numbers, as a normal text.
 * @throws ServiceFailure where it has too many digits or is out of range
 */
export function addNumbers(left: string, right: string): string {
  const [a, b] = [scaled(decimalOf(left)), scaled(decimalOf(right))];
  const scale = Math.min(a.scale, b.scale);
  const sum = a.value * 10n ** BigInt(a.scale - scale) + b.value * 10n ** BigInt(b.scale - scale);
  const negative = sum < 0n;
  const digits = String(negative ? -sum : sum);
  return numberText(decimal(negative, digits, digits.length + scale));
}

/** `right` with the other sign. */
export function negated(text: string): string {
  if (text === '0') return text;
  return text.startsWith('-') ? text.slice(1) : `-${text}`;
}

/** `value × 10^scale` */
function scaled({ negative, digits, exponent }: Decimal): { value: bigint; scale: number } {
  if (digits === '') return { value: 0n, scale: 0 };
  const value = BigInt(digits);
  return { value: negative ? -value : value, scale: exponent - digits.length };
}
