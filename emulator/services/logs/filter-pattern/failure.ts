/**
 * A pattern that CloudWatch Logs would not take. The message is the service's own (seen in public reports of
 * FilterLogEvents, PutMetricFilter and StartLiveTail); `reason` says what is wrong in this pattern.
 */
export class FilterPatternFailure extends Error {
  /** Offset of the first character that does not fit, from the start of the pattern as it was given. */
  readonly position: number;
  /** A sentence for people: what stands there, and what may. */
  readonly reason: string;

  constructor(position: number, message: string, reason: string) {
    super(message);
    this.name = 'FilterPatternFailure';
    this.position = position;
    this.reason = reason;
  }

  /** Characters that may not stand where they stand. */
  static characters(position: number, characters: string, reason: string): FilterPatternFailure {
    return new FilterPatternFailure(position, `Invalid character(s) in term '${characters}'`, reason);
  }

  /** A pattern whose characters are fine and whose structure is not. */
  static structure(position: number, reason: string): FilterPatternFailure {
    return new FilterPatternFailure(position, 'Invalid filter pattern', reason);
  }

  /** A bracket or brace that stays open. */
  static unclosed(position: number, open: string, close: string): FilterPatternFailure {
    const message = `If a filter pattern starts with '${open}' it must end with '${close}'`;
    return new FilterPatternFailure(position, message, `The pattern does not end with '${close}'.`);
  }
}
