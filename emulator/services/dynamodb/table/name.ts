import type { Scope } from '../../../service/call.ts';
import { invalid, notFound } from '../failures.ts';

/**
 * The name of a table that a request names by its name or its ARN.
 * @throws ServiceFailure for what can be no name, and for tables of other accounts and regions
 */
export function tableNameOf(scope: Scope, nameOrArn: string | undefined): string {
  const name = nameOrArn ?? '';
  const [, region, account, table] = /^arn:[^:]+:dynamodb:([^:]*):([^:]*):table\/([^/]+)$/.exec(name) ?? [];
  if (table !== undefined) {
    // A table of another account would need a resource-based policy.
    if (region !== scope.region || account !== scope.account) throw notFound();
    return table;
  }
  checkName(name);
  return name;
}

/** @throws ServiceFailure for what can be no name of a table or an index */
export function checkName(name: string): void {
  if (!/^[a-zA-Z0-9_.-]{3,255}$/.test(name))
    throw invalid(
      "Invalid table/index name.  Table/index names must be between 3 and 255 characters long, and may contain only the characters a-z, A-Z, 0-9, '_', '-', and '.'",
    );
}
