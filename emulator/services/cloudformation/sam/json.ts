import { createHash } from 'node:crypto';

/** A part of a template: what its author wrote, so anything may stand anywhere. */
export type Obj = Record<string, unknown>;

export const isObj = (value: unknown): value is Obj =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const obj = (value: unknown): Obj => (isObj(value) ? value : {});

export const isList = (value: unknown): value is unknown[] => Array.isArray(value);

export const isText = (value: unknown): value is string => typeof value === 'string';

/** Whether nothing was said: absent or null. */
export const isNothing = (value: unknown): value is null | undefined => value === undefined || value === null;

/** What Python counts as true, since the transform decides by it. */
export const truthy = (value: unknown): boolean => {
  if (isList(value)) return value.length > 0;
  if (isObj(value)) return Object.keys(value).length > 0;
  return Boolean(value);
};

/** A call of a CloudFormation function: the only member of its map. */
export function isIntrinsic(value: unknown): value is Obj {
  if (!isObj(value)) return false;
  const [name, ...more] = Object.keys(value);
  return (
    name !== undefined &&
    more.length === 0 &&
    (name === 'Ref' || name === 'Condition' || name.startsWith('Fn::'))
  );
}

export const isNoValue = (value: unknown): boolean => isObj(value) && value['Ref'] === 'AWS::NoValue';

/** The object without what was not said. */
export function said(value: Obj): Obj {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => !isNothing(one)));
}

/** The object without some of its members. */
export const without = (value: Obj, ...names: readonly string[]): Obj =>
  Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));

/** A value as text, where a text is wanted and anything may stand. */
export const shown = (value: unknown): string => (typeof value === 'string' ? value : printed(value));

export const copy = <T>(value: T): T => structuredClone(value);

export const ref = (id: string): Obj => ({ Ref: id });

export const getAtt = (id: string, attribute: string): Obj => ({ 'Fn::GetAtt': [id, attribute] });

export const sub = (text: string, variables?: Obj): Obj => ({
  'Fn::Sub': variables ? [text, variables] : text,
});

/** JSON as hashes of generated ids are made of it: sorted keys, no spaces, nothing but ASCII. */
export function canonical(value: unknown): string {
  if (isList(value)) return `[${value.map(canonical).join(',')}]`;
  if (isObj(value))
    return `{${Object.keys(value)
      .sort()
      .map((key) => `${ascii(key)}:${canonical(value[key])}`)
      .join(',')}}`;
  return typeof value === 'string' ? ascii(value) : JSON.stringify(value ?? null);
}

const ascii = (text: string): string =>
  JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

export const sha1 = (text: string): string => createHash('sha1').update(text).digest('hex');

/** The id of a generated resource that is made anew when `data` changes. A text is hashed as it is. */
export const hashedId = (prefix: string, data: unknown): string => prefix + hashOf(data);

export const hashOf = (data: unknown): string =>
  sha1(typeof data === 'string' ? data : canonical(data)).slice(0, 10);

/** A value as Python prints it, for the messages that quote one. */
export function printed(value: unknown): string {
  if (isList(value)) return `[${value.map(printed).join(', ')}]`;
  if (isObj(value))
    return `{${Object.entries(value)
      .map(([key, one]) => `'${key}': ${printed(one)}`)
      .join(', ')}}`;
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (isNothing(value)) return 'None';
  return typeof value === 'string' ? `'${value}'` : JSON.stringify(value);
}
