import { said } from '../../gateway/openapi/document.ts';

export { without } from '../../state/without.ts';

/** The given members over the ones that are kept; what was not given stays. */
export function changed<Row extends object>(row: Row, given: Partial<Row>): Row {
  return { ...row, ...said(given) };
}

/** The given entries over those that are kept; an empty value takes an entry away. */
export function merged<Value>(
  kept: Readonly<Record<string, Value>> | undefined,
  given: Readonly<Record<string, Value>> | undefined,
  isEmpty: (value: Value) => boolean = (value) => (value as unknown) === '',
): Record<string, Value> | undefined {
  if (given === undefined) return kept;
  const all = Object.entries({ ...kept, ...given });
  return Object.fromEntries(all.filter(([, value]) => !isEmpty(value)));
}
