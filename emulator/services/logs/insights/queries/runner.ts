import { randomUUID } from 'node:crypto';
import type { Scope } from '../../../../service/call.ts';
import type { Rows, Table } from '../../../../state/state.ts';
import type { LogStore } from '../../store.ts';
import { TookTooLong } from '../../../../bounded/bounded.ts';
import { planQuery, type Execution, type ResultRow } from '../run/plan.ts';
import { scan, type ScanFigures } from '../run/scan.ts';
import { parseQuery } from '../syntax/parse.ts';
import type { Command, Expression } from '../syntax/tree.ts';
import type { QueryRow } from './rows.ts';

/** What a query found. */
export interface Found {
  readonly rows: readonly ResultRow[];
  readonly figures: ScanFigures;
}

/** "Results are available for seven days"; here of the last so many queries of an account and region. */
const MOST_KEPT = 200;
/** Rows of results that memory holds, of all queries together. What is not held is found again by running the query again. */
const MOST_ROWS_HELD = 100_000;

/** Runs queries and keeps what they found. */
export class QueryRunner {
  readonly #store: LogStore;
  readonly #queries: Table<QueryRow>;
  readonly #found = new Map<string, Found>();
  readonly #running = new Map<string, Promise<void>>();
  #held = 0;
  #stopped = false;

  constructor(store: LogStore) {
    this.#store = store;
    this.#queries = store.cloud.state.table<QueryRow>('logs.queries');
  }

  in(scope: Scope): Rows<QueryRow> {
    return this.#queries.in(scope);
  }

  /** @throws QueryFailure where the query cannot be compiled */
  start(scope: Scope, query: Omit<QueryRow, 'id' | 'created' | 'status'>): QueryRow {
    const created = this.#store.cloud.clock.now();
    const begin = this.#plan(query, created);
    const row: QueryRow = { ...query, id: randomUUID(), created, status: 'Running' };
    const rows = this.in(scope);
    rows.set(row.id, row);
    for (const [id] of [...rows.entries()].slice(0, Math.max(0, rows.size - MOST_KEPT))) {
      rows.delete(id);
      this.#forget(id);
    }
    this.#run(scope, row, begin.make(), begin.risky);
    return row;
  }

  /**
   * What a query found so far: undefined while it runs. Where a restart has taken what it had found, it is run again.
   */
  found(scope: Scope, row: QueryRow): Found | undefined {
    const known = this.#found.get(row.id);
    if (
      known !== undefined ||
      row.status === 'Cancelled' ||
      row.status === 'Timeout' ||
      row.status === 'Failed'
    )
      return known;
    if (!this.#running.has(row.id)) {
      const { make, risky } = this.#plan(row, row.created);
      this.#run(scope, row, make(), risky);
    }
    return undefined;
  }

  /** Stops a query. False: it was not running. */
  cancel(scope: Scope, row: QueryRow): boolean {
    if (row.status !== 'Running') return false;
    this.#end(scope, row.id, 'Cancelled');
    return true;
  }

  /** Resolves when no query runs any more. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#running.values());
  }

  #plan(query: Pick<QueryRow, 'text' | 'limit'>, now: number): { make: () => Execution; risky: boolean } {
    const parsed = parseQuery(query.text);
    return { make: planQuery(parsed, now, query.limit ?? undefined), risky: parsed.commands.some(hasRegex) };
  }

  #run({ account, region }: Scope, row: QueryRow, execution: Execution, risky: boolean): void {
    const scope = { account, region };
    const work = this.#scan(scope, row, execution, risky).finally(() => this.#running.delete(row.id));
    this.#running.set(row.id, work);
  }

  async #scan(scope: Scope, row: QueryRow, execution: Execution, risky: boolean): Promise<void> {
    const { groups, from, to } = row;
    const stopped = (): boolean => this.#stopped || this.in(scope).get(row.id)?.status === 'Cancelled';
    try {
      // The answer to StartQuery goes first.
      await new Promise(setImmediate);
      const found = await scan({ store: this.#store, scope, groups, from, to, execution, risky, stopped });
      if (this.#stopped || !this.in(scope).has(row.id)) return;
      this.#hold(row.id, found);
      if (this.in(scope).get(row.id)?.status === 'Running') this.#end(scope, row.id, 'Complete');
    } catch (error) {
      this.#end(scope, row.id, error instanceof TookTooLong ? 'Timeout' : 'Failed');
      this.#store.cloud.trail.record(scope, 'decision', {
        by: 'logs insights',
        outcome: `query ${row.id} ended without results`,
        why: error instanceof TookTooLong ? 'a regular expression of it takes too long' : String(error),
      });
    }
  }

  #end(scope: Scope, id: string, status: QueryRow['status']): void {
    const row = this.in(scope).get(id);
    if (row !== undefined && row.status !== status) this.in(scope).set(id, { ...row, status });
  }

  #hold(id: string, found: Found): void {
    this.#forget(id);
    this.#found.set(id, found);
    this.#held += found.rows.length;
    for (const oldest of this.#found.keys()) {
      if (this.#held <= MOST_ROWS_HELD || oldest === id) break;
      this.#forget(oldest);
    }
  }

  #forget(id: string): void {
    this.#held -= this.#found.get(id)?.rows.length ?? 0;
    this.#found.delete(id);
  }
}

function hasRegex(command: Command): boolean {
  switch (command.kind) {
    case 'parse':
      return 'regex' in command.pattern;
    case 'filter':
      return inExpression(command.condition);
    case 'fields':
    case 'display':
      return command.items.some(({ expression }) => inExpression(expression));
    case 'stats':
      return [...command.items, ...command.by].some(({ expression }) => inExpression(expression));
    case 'sort':
      return command.by.some(({ expression }) => inExpression(expression));
    case 'dedup':
      return command.by.some(inExpression);
    case 'limit':
      return false;
  }
}

function inExpression(expression: Expression): boolean {
  switch (expression.kind) {
    case 'like':
      return typeof expression.pattern !== 'string' || inExpression(expression.value);
    case 'arithmetic':
    case 'compare':
    case 'and':
    case 'or':
      return inExpression(expression.left) || inExpression(expression.right);
    case 'not':
      return inExpression(expression.of);
    case 'in':
      return [expression.value, ...expression.list].some(inExpression);
    case 'call':
      return expression.inputs.some(inExpression);
    default:
      return false;
  }
}
