import type { Operator } from './ast.ts';
import type { Budget } from './budget.ts';
import { javaText } from './java-text.ts';
import { Double, Entry, Host, integer, List, numberOf, type Value } from './value.ts';

/** Only null and false are false (Velocity 1.7): empty text, zero and an empty list are not. */
export const truthy = (value: Value): boolean => value !== null && value !== false;

/** As Velocity compares: numbers by value, objects of one class by `equals`, others by their text. */
export function equal(left: Value, right: Value, budget: Budget): boolean {
  budget.step();
  // What is not there is empty text as well, as recorded on AWS for `$input.path` of a path that leads nowhere.
  if (left === null || right === null) return (left ?? '') === (right ?? '');
  const [one, other] = [numberOf(left), numberOf(right)];
  if (one !== undefined && other !== undefined) {
    return typeof one === typeof other ? one === other : Number(one) === Number(other);
  }
  if (left instanceof List && right instanceof List) {
    return (
      left.items.length === right.items.length &&
      budget.nested(() => left.items.every((item, index) => equal(item, right.items[index] ?? null, budget)))
    );
  }
  if (left instanceof Map && right instanceof Map) {
    return (
      left.size === right.size &&
      budget.nested(() =>
        [...left].every(([key, item]) => right.has(key) && equal(item, right.get(key) ?? null, budget)),
      )
    );
  }
  if (left instanceof Host || right instanceof Host) return left === right;
  if (left instanceof Entry || right instanceof Entry) return left === right;
  if (typeof left === 'string' && typeof right === 'string') budget.step(left.length / 1000);
  if (typeof left === typeof right && typeof left !== 'object') return left === right;
  return javaText(left, budget) === javaText(right, budget);
}

/** All but `||` and `&&`, whose right side is not always wanted. */
export function binary(
  operator: Exclude<Operator, '||' | '&&'>,
  left: Value,
  right: Value,
  budget: Budget,
): Value {
  switch (operator) {
    case '==':
      return equal(left, right, budget);
    case '!=':
      return !equal(left, right, budget);
    case '+':
      if (typeof left === 'string' || typeof right === 'string') {
        return budget.text(javaText(left, budget) + javaText(right, budget));
      }
      return arithmetic(operator, left, right);
    case '-':
    case '*':
    case '/':
    case '%':
      return arithmetic(operator, left, right);
    case '<':
    case '<=':
    case '>':
    case '>=':
      return compared(operator, left, right);
  }
}

function compared(operator: '<' | '<=' | '>' | '>=', left: Value, right: Value): boolean {
  const [one, other] = [numberOf(left), numberOf(right)];
  if (one === undefined || other === undefined) return false;
  switch (operator) {
    case '<':
      return one < other;
    case '<=':
      return one <= other;
    case '>':
      return one > other;
    case '>=':
      return one >= other;
  }
}

/** Integers stay integers; what has no answer is null. */
function arithmetic(operator: '+' | '-' | '*' | '/' | '%', left: Value, right: Value): Value {
  const [one, other] = [numberOf(left), numberOf(right)];
  if (one === undefined || other === undefined) return null;
  if (left instanceof Double || right instanceof Double) {
    return new Double(ofDoubles(operator, Number(one), Number(other)));
  }
  const [first, second] = [BigInt(one), BigInt(other)];
  switch (operator) {
    case '+':
      return bounded(first + second);
    case '-':
      return bounded(first - second);
    case '*':
      return bounded(first * second);
    case '/':
      return second === 0n ? null : bounded(first / second);
    case '%':
      return second === 0n ? null : bounded(first % second);
  }
}

/** Java's BigInteger grows without end; here a number beyond a few hundred digits becomes a double. */
function bounded(value: bigint): Value {
  const limit = 10n ** 300n;
  return value > limit || value < -limit ? new Double(Number(value)) : integer(value);
}

function ofDoubles(operator: '+' | '-' | '*' | '/' | '%', one: number, other: number): number {
  switch (operator) {
    case '+':
      return one + other;
    case '-':
      return one - other;
    case '*':
      return one * other;
    case '/':
      return one / other;
    case '%':
      return one % other;
  }
}
