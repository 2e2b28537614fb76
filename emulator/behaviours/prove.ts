import { it } from 'vitest';
import { rows, type RowName } from './rows.ts';

/**
 * A test that shows a row of the matrix: the coverage page says “yes” to rows that such a test names, and to no other.
 * There is no way to skip one.
 */
export function prove(row: RowName, test: () => Promise<void>): void {
  it(rows[row].behaviour, test);
}
