import type { Statement } from './statement.ts';

/** A function's policy document as `GetPolicy` answers it. */
export function policyText(statements: readonly Statement[]): string {
  return JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement: statements });
}
