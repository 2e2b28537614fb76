/** Types of attributes, by the letters that DynamoDB has for them. */
export const types = ['S', 'N', 'B', 'BOOL', 'NULL', 'SS', 'NS', 'BS', 'L', 'M'] as const;
export type Type = (typeof types)[number];
/** Types that a key may have. */
export type KeyType = 'S' | 'N' | 'B';

/**
 * A value as it is kept: DynamoDB's own JSON, with bytes in base64 and numbers in their normal text, so that equal
 * values are equal texts.
 */
export type Value =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly B: string }
  | { readonly BOOL: boolean }
  | { readonly NULL: true }
  | { readonly SS: readonly string[] }
  | { readonly NS: readonly string[] }
  | { readonly BS: readonly string[] }
  | { readonly L: readonly Value[] }
  | { readonly M: Item };

/** An item, or a map in one. */
export interface Item {
  readonly [name: string]: Value;
}

export function typeOf(value: Value): Type {
  // A value has exactly one member.
  return Object.keys(value)[0] as Type;
}

/** The attribute of an item, and nothing that every object has. */
export function attribute(item: Item, name: string): Value | undefined {
  return Object.hasOwn(item, name) ? item[name] : undefined;
}

/** The members of a set with what tells its type, or undefined where the value is no set. */
export function setOf(
  value: Value,
): { readonly type: 'SS' | 'NS' | 'BS'; readonly members: readonly string[] } | undefined {
  if ('SS' in value) return { type: 'SS', members: value.SS };
  if ('NS' in value) return { type: 'NS', members: value.NS };
  if ('BS' in value) return { type: 'BS', members: value.BS };
  return undefined;
}

/** A set of a type. */
export function asSet(type: 'SS' | 'NS' | 'BS', members: readonly string[]): Value {
  if (type === 'SS') return { SS: members };
  return type === 'NS' ? { NS: members } : { BS: members };
}
