import type { Cloud } from '../../../cloud.ts';
import type { Scope } from '../../../service/call.ts';
import type { Table } from '../../../state/state.ts';

/** An account's settings in a region. */
export interface AccountRow {
  readonly cloudwatchRoleArn?: string | undefined;
  readonly features: readonly string[];
}

const OWN = 'account';

export class AccountStore {
  readonly #rows: Table<AccountRow>;

  constructor(cloud: Cloud) {
    this.#rows = cloud.state.table<AccountRow>('apigateway.account');
  }

  /** Accounts of today have usage plans from the beginning. */
  get(scope: Scope): AccountRow {
    return this.#rows.in(scope).get(OWN) ?? { features: ['UsagePlans'] };
  }

  set(scope: Scope, row: AccountRow): void {
    this.#rows.in(scope).set(OWN, row);
  }
}
