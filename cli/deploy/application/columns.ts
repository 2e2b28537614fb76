/** Columns of a terminal that the name and the type of a resource get. 0: the type is left out. */
export interface NameAndType {
  readonly name: number;
  readonly type: number;
  /** A type is written without `AWS::`. */
  readonly short: boolean;
}

/** Between two columns. */
export const gap = 2;
/** Less says nothing any more. */
const least = { name: 16, type: 14 };
export const leastName = 10;

/** A resource's type as it stands in a table. */
export const typeIn = (type: string, { short }: Pick<NameAndType, 'short'>): string =>
  short ? type.replace(/^AWS::/, '') : type;

/**
 * Parts what there is between names and types: first types lose `AWS::`, then the wider of the two is shortened, then
 * types are left out.
 * @param name columns of the longest name
 * @param type columns of the longest type
 * @param columns what there is for both and the gap between them
 */
export function parted(name: number, type: number, columns: number): NameAndType {
  const both = columns - gap;
  if (name + type <= both) return { name, type, short: false };
  const short = Math.max(0, type - 'AWS::'.length);
  if (name + short <= both) return { name, type: short, short: true };
  if (both < Math.min(name, least.name) + Math.min(short, least.type))
    return { name: Math.max(0, Math.min(name, columns)), type: 0, short: true };
  const half = Math.floor(both / 2);
  if (name <= Math.max(half, least.name)) return { name, type: both - name, short: true };
  if (short <= Math.max(both - half, least.type)) return { name: both - short, type: short, short: true };
  return { name: half, type: both - half, short: true };
}
