import type { Scope } from '../../../service/call.ts';
import {
  nextTick,
  readRuleExpression,
  type ScheduleExpression,
} from '../../scheduler/expression/expression.ts';
import { utc } from '../../scheduler/expression/zone.ts';
import { Ticks, type TickRow } from '../../scheduler/ticking/ticks.ts';
import type { RuleRow } from '../rows.ts';
import { keyOf, type EventStore } from '../store.ts';

/** Fires the schedules of rules. */
export class Ticker {
  readonly #store: EventStore;
  readonly #fire: (scope: Scope, rule: RuleRow, tick: number) => void;
  readonly #ticks: Ticks;

  /** @param fire acts at once: what it changes is kept together with the tick */
  constructor(store: EventStore, fire: (scope: Scope, rule: RuleRow, tick: number) => void) {
    this.#store = store;
    this.#fire = fire;
    const { clock, state } = store.cloud;
    this.#ticks = new Ticks(clock, state.table<TickRow>('events.ticks'), (scope, key, at, after) =>
      this.#tick(scope, key, at, after),
    );
  }

  /** Sees to the ticks of a rule that is new or has changed. */
  follow(scope: Scope, rule: RuleRow): void {
    this.#follow(scope, rule, this.#store.cloud.clock.now());
  }

  forget(scope: Scope, rule: RuleRow): void {
    this.#ticks.forget(scope, keyOf(rule.bus, rule.name));
  }

  /** Takes up the schedules of an earlier run. */
  resume(): void {
    this.#ticks.resume();
  }

  stop(): void {
    this.#ticks.stop();
  }

  #follow(scope: Scope, rule: RuleRow, after: number): void {
    const expression = ticking(rule);
    const at = expression === undefined ? undefined : nextTick(expression, after, rule.created, utc);
    if (at === undefined) this.forget(scope, rule);
    else this.#ticks.set(scope, keyOf(rule.bus, rule.name), at);
  }

  #tick(scope: Scope, key: string, at: number, after: number): void {
    const separator = key.indexOf(':');
    const rule = this.#store.rule(scope, key.slice(0, separator), key.slice(separator + 1));
    if (rule === undefined) {
      this.#ticks.forget(scope, key);
      return;
    }
    if (ticking(rule) !== undefined) this.#fire(scope, rule, at);
    this.#follow(scope, rule, after);
  }
}

/** The schedule of a rule that is on. */
function ticking({ schedule, state }: RuleRow): ScheduleExpression | undefined {
  return schedule === undefined || state === 'DISABLED' ? undefined : readRuleExpression(schedule);
}
