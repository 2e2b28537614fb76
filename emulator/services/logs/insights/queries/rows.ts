/** A query that was started, as it is kept. Times are ms since 1970. */
export interface QueryRow {
  readonly id: string;
  readonly text: string;
  readonly groups: readonly string[];
  readonly from: number;
  readonly to: number;
  readonly limit: number | null;
  readonly created: number;
  readonly status: 'Running' | 'Complete' | 'Cancelled' | 'Timeout' | 'Failed';
}

export interface DefinitionRow {
  readonly id: string;
  readonly name: string;
  readonly text: string;
  readonly groups: readonly string[];
  readonly modified: number;
}
