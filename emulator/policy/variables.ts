import { literal, pattern } from './pattern.ts';
import type { Pattern } from './pattern.ts';
import type { PolicyVersion } from './policy.ts';

/** A request's condition keys, in lower case, each with its values. */
export type Context = ReadonlyMap<string, readonly string[]>;

/** Prepares a request's condition keys: their names have no case. */
export function contextOf(keys: Readonly<Record<string, string | readonly string[]>>): Context {
  return new Map(
    Object.entries(keys).map(([key, value]) => [
      key.toLowerCase(),
      typeof value === 'string' ? [value] : value,
    ]),
  );
}

/**
 * Compiles policy text with its variables: `${aws:username}`, a default as in `${aws:PrincipalTag/team, 'none'}`,
 * and the escapes `${*}`, `${?}`, `${$}`. What a variable stands for is literal text.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 * @returns undefined where a variable has no single value: such text matches nothing
 */
export function expand(text: string, version: PolicyVersion, context: Context): Pattern | undefined {
  if (version === '2008-10-17' || !text.includes('${')) return pattern(text);
  const units: number[] = [];
  for (let at = 0; at < text.length;) {
    const open = text.indexOf('${', at);
    const close = open < 0 ? -1 : text.indexOf('}', open);
    if (close < 0) {
      units.push(...pattern(text.slice(at)));
      break;
    }
    units.push(...pattern(text.slice(at, open)));
    const value = valueOf(text.slice(open + 2, close), context);
    if (value === undefined) return undefined;
    units.push(...literal(value));
    at = close + 1;
  }
  return units;
}

/** {@link expand} for operators that take no wildcards: every character stands for itself. */
export function expandLiteral(text: string, version: PolicyVersion, context: Context): string | undefined {
  if (version === '2008-10-17' || !text.includes('${')) return text;
  let result = '';
  for (let at = 0; at < text.length;) {
    const open = text.indexOf('${', at);
    const close = open < 0 ? -1 : text.indexOf('}', open);
    if (close < 0) return result + text.slice(at);
    const value = valueOf(text.slice(open + 2, close), context);
    if (value === undefined) return undefined;
    result += text.slice(at, open) + value;
    at = close + 1;
  }
  return result;
}

function valueOf(variable: string, context: Context): string | undefined {
  if (variable === '*' || variable === '?' || variable === '$') return variable;
  const comma = variable.indexOf(',');
  const name = (comma < 0 ? variable : variable.slice(0, comma)).trim().toLowerCase();
  const values = context.get(name);
  if (values?.length === 1) return values[0];
  if (comma < 0 || (values?.length ?? 0) > 1) return undefined;
  return /^\s*'(.*)'\s*$/s.exec(variable.slice(comma + 1))?.[1];
}
