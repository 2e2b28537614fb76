/** The object without some of its members. */
export function without<Row extends object, Name extends keyof Row>(
  row: Row,
  ...names: readonly Name[]
): Omit<Row, Name> {
  const gone: readonly PropertyKey[] = names;
  return Object.fromEntries(Object.entries(row).filter(([name]) => !gone.includes(name))) as Omit<Row, Name>;
}
