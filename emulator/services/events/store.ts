import type { Cloud } from '../../cloud.ts';
import type { Scope } from '../../service/call.ts';
import type { Table } from '../../state/state.ts';
import { noSuchBus, noSuchRule } from './failures.ts';
import { busNamed, DEFAULT_BUS, type BusPlace } from './names.ts';
import { readEventPattern, type EventPattern } from './pattern/pattern.ts';
import type { BusRow, RuleRow } from './rows.ts';

/** Buses, rules and their targets, of every account and region. */
export class EventStore {
  readonly cloud: Cloud;
  readonly #buses: Table<BusRow>;
  readonly #rules: Table<RuleRow>;
  /** A row is replaced when it changes, and its pattern with it. */
  readonly #patterns = new WeakMap<RuleRow, EventPattern>();

  constructor(cloud: Cloud) {
    this.cloud = cloud;
    this.#buses = cloud.state.table<BusRow>('events.buses');
    this.#rules = cloud.state.table<RuleRow>('events.rules');
  }

  bus(scope: Scope, name: string): BusRow | undefined {
    const rows = this.#buses.in(scope);
    // Every account has the default bus; its row is made when it is looked for.
    if (name === DEFAULT_BUS && !rows.has(name)) {
      const now = this.cloud.clock.now();
      rows.set(name, { name, created: now, modified: now, tags: {} });
    }
    return rows.get(name);
  }

  buses(scope: Scope): BusRow[] {
    this.bus(scope, DEFAULT_BUS);
    return [...this.#buses.in(scope).values()].sort(byName);
  }

  setBus(scope: Scope, row: BusRow): void {
    this.#buses.in(scope).set(row.name, row);
  }

  deleteBus(scope: Scope, name: string): void {
    this.#buses.in(scope).delete(name);
  }

  /** The bus that a request names. @throws ResourceNotFoundException */
  named(scope: Scope, nameOrArn: string | undefined): { readonly place: BusPlace; readonly row: BusRow } {
    const place = busNamed(scope, nameOrArn);
    const row = this.bus(place, place.name);
    if (row === undefined) throw noSuchBus(place.name);
    return { place, row };
  }

  rule(scope: Scope, bus: string, name: string): RuleRow | undefined {
    return this.#rules.in(scope).get(keyOf(bus, name));
  }

  /** @throws ResourceNotFoundException for the bus or the rule */
  ruleNamed(
    scope: Scope,
    nameOrArn: string | undefined,
    name: string,
  ): { readonly place: BusPlace; readonly rule: RuleRow } {
    const { place } = this.named(scope, nameOrArn);
    const rule = this.rule(place, place.name, name);
    if (rule === undefined) throw noSuchRule(name, place.name);
    return { place, rule };
  }

  rules(scope: Scope, bus: string): RuleRow[] {
    return [...this.#rules.in(scope).values()].filter((rule) => rule.bus === bus).sort(byName);
  }

  setRule(scope: Scope, rule: RuleRow): void {
    this.#rules.in(scope).set(keyOf(rule.bus, rule.name), rule);
  }

  deleteRule(scope: Scope, { bus, name }: RuleRow): void {
    this.#rules.in(scope).delete(keyOf(bus, name));
  }

  /** Whether a rule is on and wants an event. */
  wants(rule: RuleRow, event: unknown): boolean {
    if (rule.pattern === undefined || rule.state === 'DISABLED') return false;
    let pattern = this.#patterns.get(rule);
    if (pattern === undefined) {
      pattern = readEventPattern(rule.pattern);
      this.#patterns.set(rule, pattern);
    }
    return pattern.matches(event);
  }
}

/** No bus has a `:` in its name. */
export function keyOf(bus: string, rule: string): string {
  return `${bus}:${rule}`;
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1;
}
