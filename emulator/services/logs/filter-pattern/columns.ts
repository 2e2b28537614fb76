import { readComparison, satisfies, type Comparison } from './comparison.ts';
import { FilterPatternFailure } from './failure.ts';
import { fieldsOf } from './line-fields.ts';
import type { PatternReader } from './reader.ts';

/** One field of a space-delimited pattern. `anyOf` holds groups of comparisons: `a && b || c` is `[[a, b], [c]]`. */
export interface Column {
  readonly name: string | undefined;
  readonly anyOf: readonly (readonly Comparison[])[];
}

/** The form between square brackets. */
export interface Columns {
  readonly leading: readonly Column[];
  /** The fields behind `...`; undefined where the pattern has no ellipsis. */
  readonly trailing: readonly Column[] | undefined;
}

/** Reads what stands between `[` and `]`. */
export function readColumns(reader: PatternReader): Columns {
  const leading: Column[] = [];
  let trailing: Column[] | undefined;
  const names = new Set<string>();
  if (!reader.skipSpace()) return { leading, trailing: [] };
  for (;;) {
    reader.skipSpace();
    const start = reader.position;
    if (reader.take('...')) {
      if (trailing !== undefined)
        throw FilterPatternFailure.structure(start, 'A pattern may hold one ellipsis.');
      trailing = [];
    } else {
      const column = readColumn(reader);
      if (column.name !== undefined && names.has(column.name))
        throw FilterPatternFailure.structure(start, `Two fields are named ${column.name}.`);
      if (column.name !== undefined) names.add(column.name);
      (trailing ?? leading).push(column);
    }
    if (!reader.skipSpace()) return { leading, trailing };
    if (!reader.take(',')) throw reader.unexpected("a ',' or a ']'");
  }
}

function readColumn(reader: PatternReader): Column {
  const name = readName(reader);
  if (name === undefined) return { name, anyOf: [] };
  reader.skipSpace();
  const first = readComparison(reader);
  if (first === undefined) return { name, anyOf: [] };
  let group = [first];
  const anyOf = [group];
  for (;;) {
    reader.skipSpace();
    const and = reader.take('&&');
    if (!and && !reader.take('||')) return { name, anyOf };
    reader.skipSpace();
    const start = reader.position;
    if (readName(reader) !== name)
      throw FilterPatternFailure.structure(start, `A condition on ${name} names ${name} again.`);
    reader.skipSpace();
    const next = readComparison(reader);
    if (next === undefined) throw reader.unexpected('= != < <= > or >=');
    if (and) group.push(next);
    else anyOf.push((group = [next]));
  }
}

function readName(reader: PatternReader): string | undefined {
  if (!/[A-Za-z_]/.test(reader.peek())) return undefined;
  return reader.run(/[A-Za-z0-9_-]/);
}

/** The fields of a line by `$name` and `$number`, where the line fits the pattern. */
export function matchColumns(
  { leading, trailing }: Columns,
  line: string,
): { readonly extracted: Record<string, string>; readonly all: readonly string[] } | undefined {
  const fields = fieldsOf(line);
  const texts = fields.map(({ text }) => text);
  const named = leading.length + (trailing?.length ?? 0);
  if (texts.length < named) return undefined;
  // Without an ellipsis the last field takes the rest of the line: `[w1=ERROR, w2]` matches lines of any length.
  if (trailing === undefined && texts.length > named) {
    const last = fields[named - 1];
    texts.splice(named - 1, Infinity, last === undefined ? '' : line.slice(last.start).trimEnd());
  }
  const columns = new Map<number, Column>();
  leading.forEach((column, index) => columns.set(index, column));
  trailing?.forEach((column, index) => columns.set(texts.length - trailing.length + index, column));
  const extracted: Record<string, string> = {};
  for (const [index, text] of texts.entries()) {
    const column = columns.get(index);
    if (column !== undefined && !fits(column, text)) return undefined;
    extracted[`$${column?.name ?? index + 1}`] = text;
  }
  return { extracted, all: texts };
}

function fits({ anyOf }: Column, text: string): boolean {
  return (
    anyOf.length === 0 || anyOf.some((group) => group.every((comparison) => satisfies(comparison, text)))
  );
}
