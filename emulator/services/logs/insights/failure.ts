/** A query that cannot be compiled. Offsets count characters from the start of the query. */
export class QueryFailure extends Error {
  readonly start: number;
  readonly end: number;

  constructor(message: string, start: number, end: number) {
    super(message);
    this.name = 'QueryFailure';
    this.start = start;
    this.end = end;
  }

  /** What stands where it may not, worded as `MalformedQueryException` words it. */
  static unexpected(query: string, symbol: string, start: number): QueryFailure {
    const before = query.slice(0, start);
    const line = before.split('\n').length;
    const position = start - (before.lastIndexOf('\n') + 1) + 1;
    const shown = symbol === '' ? '<EOF>' : symbol;
    return new QueryFailure(
      `unexpected symbol found ${shown} at line ${line} and position ${position}`,
      start,
      Math.max(start + symbol.length - 1, start),
    );
  }
}
