import { randomUUID } from 'node:crypto';
import type { Scope } from '../../../service/call.ts';
import type { TrailId } from '../../../trail/trail.ts';
import { takesFrom } from '../buses/permissions.ts';
import { TargetCarrier, type Forward } from '../delivery/carrier.ts';
import { Deliveries } from '../delivery/deliveries.ts';
import { ruleArn, type BusPlace } from '../names.ts';
import { MOST_AGE_SECONDS, MOST_RETRIES, type DeliveryRow, type RuleRow, type TargetRow } from '../rows.ts';
import type { EventStore } from '../store.ts';
import { inputFor } from '../targets/input.ts';
import { parseJsonPath, valueAt } from '../targets/json-path.ts';
import { targetKind } from '../targets/kind.ts';
import { makeEvent, type BusEvent } from './event.ts';

/** An event that comes over more buses than this goes in a circle: it is dropped. AWS forwards without end. */
const MOST_HOPS = 16;

/** Takes events to the rules of a bus, and keeps what is to be delivered. */
export class Router {
  readonly #store: EventStore;
  readonly deliveries: Deliveries<DeliveryRow>;

  constructor(store: EventStore) {
    this.#store = store;
    const { clock, state } = store.cloud;
    this.deliveries = new Deliveries(
      clock,
      state.table<DeliveryRow>('events.deliveries'),
      new TargetCarrier(store.cloud, this.#forward),
    );
  }

  /** Acts at once: when it returns, every delivery that follows is kept. */
  put(place: BusPlace, event: BusEvent, cause?: TrailId, hops = 0): void {
    const rules = this.#store.rules(place, place.name).filter((rule) => this.#store.wants(rule, event));
    for (const rule of rules) this.trigger(place, rule, event, cause, hops);
    const names = rules.map(({ name }) => name).join(', ');
    this.#store.cloud.trail.record(
      place,
      'decision',
      {
        by: 'events',
        outcome: rules.length === 0 ? 'no rule matched' : `matched ${names}`,
        why: `Event ${event.id} (${event.source}, ${event['detail-type']}) on the bus ${place.name}`,
      },
      cause,
    );
  }

  /** Gives an event to the targets of a rule. */
  trigger(place: Scope, rule: RuleRow, event: BusEvent, cause?: TrailId, hops = 0): void {
    const arn = ruleArn(place, rule.bus, rule.name);
    const now = this.#store.cloud.clock.now();
    for (const target of rule.targets) {
      const material = { event: { ...event }, ruleArn: arn, ruleName: rule.name, ingested: now };
      const toBus = targetKind(target.arn)?.kind === 'bus';
      const mostRetries = target.mostRetries ?? MOST_RETRIES;
      this.deliveries.add(place, {
        id: randomUUID(),
        // Another bus gets the event as it is, whatever input a target states.
        body: toBus ? JSON.stringify(event) : inputFor(target, material),
        ruleArn: arn,
        targetArn: target.arn,
        ...(target.role === undefined ? {} : { role: target.role }),
        ...(target.groupId === undefined ? {} : { groupId: target.groupId }),
        partitionKey: partitionKey(target, event),
        hops,
        ...(target.deadLetters === undefined ? {} : { deadLetters: target.deadLetters }),
        mostRetries,
        mostAgeMs: (target.mostAgeSeconds ?? MOST_AGE_SECONDS) * 1_000,
        acceptedAt: now,
        dueAt: now,
        failures: 0,
        ...(cause === undefined ? {} : { cause }),
      });
    }
  }

  /** The event of a schedule's tick. */
  tick(scope: Scope, rule: RuleRow, time: number): void {
    const event = makeEvent(scope, {
      source: 'aws.events',
      detailType: 'Scheduled Event',
      detail: {},
      resources: [ruleArn(scope, rule.bus, rule.name)],
      time,
    });
    const cause = this.#store.cloud.trail.record(scope, 'decision', {
      by: ruleArn(scope, rule.bus, rule.name),
      outcome: 'ticked',
      why: `${rule.schedule ?? ''} was due at ${event.time}`,
    });
    this.trigger(scope, rule, event, cause);
  }

  readonly #forward: Forward = (from, to, event, hops, cause) => {
    const row = this.#store.bus(to, to.name);
    if (row === undefined) return 'no bus';
    if (!takesFrom(to, row, from.account)) return 'not permitted';
    if (hops > MOST_HOPS) {
      const facts = { by: 'events', outcome: 'dropped', why: `Event ${event.id} came over ${hops} buses.` };
      this.#store.cloud.trail.record(to, 'decision', facts, cause);
      return 'taken';
    }
    // Forwarded events have an id of their own (recorded); account and region stay those of the first bus.
    this.put(to, { ...event, id: randomUUID() }, cause, hops);
    return 'taken';
  };
}

/** What decides the shard of a stream: the value that the target names, or else the event's id. */
function partitionKey({ partitionKeyPath }: TargetRow, event: BusEvent): string {
  const path = partitionKeyPath === undefined ? undefined : parseJsonPath(partitionKeyPath);
  const found = path === undefined ? undefined : valueAt(path, event);
  if (found === undefined || found === null || found === '') return event.id;
  return (typeof found === 'string' ? found : JSON.stringify(found)).slice(0, 256);
}
