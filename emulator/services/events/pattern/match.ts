import type { Branch } from './compile.ts';
import type { Operator } from './operators.ts';

/** The rest of a path below the value that is looked at, and what is wanted there. `''`: the value itself. */
interface Wish {
  readonly rest: string;
  readonly operators: readonly Operator[];
}

/** Whether an event fulfils every wish of a branch. */
export function holds(branch: Branch, event: unknown): boolean {
  const wishes = [...branch].map(([rest, operators]) => ({ rest, operators }));
  return all(
    event,
    wishes.sort((a, b) => (a.rest < b.rest ? -1 : 1)),
  );
}

/**
 * Wishes that lead into the same array must be fulfilled by the same one of its members: a pattern that wants
 * `{"tags": {"k": ["a"], "v": ["1"]}}` does not match where one tag has the key and another the value. Each
 * value is looked at once for each wish, so that time is proportional to event times pattern.
 */
function all(value: unknown, wishes: readonly Wish[]): boolean {
  if (Array.isArray(value)) return someMember(value, wishes);
  if (typeof value !== 'object' || value === null) return wishes.every((wish) => ofScalar(value, wish));
  const below = new Map<string, Wish[]>();
  for (const wish of wishes) {
    const steps = stepsInto(value, wish.rest);
    const [only] = steps;
    if (only === undefined) {
      if (!mayBeAbsent(wish)) return false;
    } else if (steps.length > 1) {
      // A name that itself holds dots, beside nested ones: either may be meant.
      if (!steps.some((step) => all(member(value, step), [under(wish, step)]))) return false;
    } else below.set(only, [...(below.get(only) ?? []), under(wish, only)]);
  }
  return [...below].every(([step, group]) => all(member(value, step), group));
}

function someMember(members: readonly unknown[], wishes: readonly Wish[]): boolean {
  if (members.length === 0) return wishes.every(mayBeAbsent);
  return members.some((one) => {
    if (!all(one, wishes)) return false;
    // What must be absent is looked for in this member once a wish before it has been fulfilled here, and until
    // then in all members.
    for (const { rest } of wishes) {
      if (present(one, rest)) return true;
      if (members.some((other) => present(other, rest))) return false;
    }
    return true;
  });
}

function ofScalar(value: unknown, wish: Wish): boolean {
  if (wish.rest !== '') return mayBeAbsent(wish);
  const scalar = value as string | number | boolean | null;
  return wish.operators.some((operator) => operator !== 'absent' && operator(scalar));
}

/** Whether there is a value at the end of a path: objects are none, nor are empty arrays. */
function present(value: unknown, rest: string): boolean {
  if (Array.isArray(value)) return value.some((one) => present(one, rest));
  if (typeof value !== 'object' || value === null) return rest === '';
  return stepsInto(value, rest).some((step) => present(member(value, step), rest.slice(step.length + 1)));
}

function mayBeAbsent({ operators }: Wish): boolean {
  return operators.includes('absent');
}

function under({ rest, operators }: Wish, step: string): Wish {
  return { rest: rest.slice(step.length + 1), operators };
}

function member(value: object, step: string): unknown {
  return (value as Readonly<Record<string, unknown>>)[step];
}

/** The names in an object that a path begins with. */
function stepsInto(value: object, rest: string): string[] {
  if (rest === '') return [];
  const steps: string[] = [];
  for (let dot = rest.indexOf('.'); dot >= 0; dot = rest.indexOf('.', dot + 1)) {
    const step = rest.slice(0, dot);
    if (Object.hasOwn(value, step)) steps.push(step);
  }
  if (Object.hasOwn(value, rest)) steps.push(rest);
  return steps;
}
