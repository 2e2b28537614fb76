import type { ClockTimer } from '../../../clock/clock.ts';
import type { Scope } from '../../../service/call.ts';
import {
  nextTick,
  readRuleExpression,
  type ScheduleExpression,
} from '../../scheduler/expression/expression.ts';
import { utc } from '../../scheduler/expression/zone.ts';
import type { RuleRow } from '../rows.ts';
import { keyOf, type EventStore } from '../store.ts';

/** How late a tick may be before the ticks that came meanwhile count as missed: a host that slept. In ms. */
const LATE = 90_000;

/** Fires the schedules of rules on the cloud's clock: each tick once, also over a restart. */
export class Ticker {
  readonly #store: EventStore;
  readonly #fire: (scope: Scope, rule: RuleRow, tick: number) => void;
  readonly #timers = new Map<string, ClockTimer>();
  #stopped = false;

  /** @param fire acts at once: what it changes is kept together with the tick */
  constructor(store: EventStore, fire: (scope: Scope, rule: RuleRow, tick: number) => void) {
    this.#store = store;
    this.#fire = fire;
  }

  /** Sees to the ticks of a rule that is new or has changed. */
  follow(scope: Scope, rule: RuleRow): void {
    const place = { account: scope.account, region: scope.region };
    const expression = ticking(rule);
    if (expression === undefined) {
      this.forget(place, rule);
      return;
    }
    this.#set(place, rule, expression, this.#store.cloud.clock.now());
  }

  forget(scope: Scope, rule: RuleRow): void {
    this.#timers.get(timerKey(scope, rule))?.cancel();
    this.#timers.delete(timerKey(scope, rule));
    this.#store.ticks.in(scope).delete(keyOf(rule.bus, rule.name));
  }

  /** Takes up the schedules of an earlier run. Of the ticks that the cloud missed while it was off, one is made up. */
  resume(): void {
    for (const scope of this.#store.ticks.scopes()) {
      for (const [key, { at }] of [...this.#store.ticks.in(scope).entries()]) {
        const separator = key.indexOf(':');
        const rule = this.#store.rule(scope, key.slice(0, separator), key.slice(separator + 1));
        if (rule !== undefined && ticking(rule) !== undefined) this.#wait(scope, rule, at);
        else this.#store.ticks.in(scope).delete(key);
      }
    }
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers.values()) timer.cancel();
    this.#timers.clear();
  }

  #set(scope: Scope, rule: RuleRow, expression: ScheduleExpression, after: number): void {
    const at = nextTick(expression, after, rule.created, utc);
    if (at === undefined) {
      this.forget(scope, rule);
      return;
    }
    this.#store.ticks.in(scope).set(keyOf(rule.bus, rule.name), { at });
    this.#wait(scope, rule, at);
  }

  #wait(scope: Scope, { bus, name }: RuleRow, at: number): void {
    if (this.#stopped) return;
    const key = timerKey(scope, { bus, name });
    this.#timers.get(key)?.cancel();
    this.#timers.set(
      key,
      this.#store.cloud.clock.at(at, () => {
        this.#timers.delete(key);
        this.#tick(scope, bus, name, at);
      }),
    );
  }

  #tick(scope: Scope, bus: string, name: string, at: number): void {
    const rule = this.#store.rule(scope, bus, name);
    const expression = rule === undefined ? undefined : ticking(rule);
    if (rule === undefined || expression === undefined) return;
    const now = this.#store.cloud.clock.now();
    this.#fire(scope, rule, at);
    this.#set(scope, rule, expression, now - at > LATE ? now : at);
  }
}

/** The schedule of a rule that is on. */
function ticking({ schedule, state }: RuleRow): ScheduleExpression | undefined {
  return schedule === undefined || state === 'DISABLED' ? undefined : readRuleExpression(schedule);
}

function timerKey({ account, region }: Scope, { bus, name }: { bus: string; name: string }): string {
  return `${account}/${region}/${keyOf(bus, name)}`;
}
