import { QueryFailure } from '../failure.ts';
import type { Expression, Named } from '../syntax/tree.ts';
import { asText, Instant, type Value } from '../value.ts';
import { makeAggregate, type Aggregate } from './aggregates.ts';
import { compile, wrongInputs, type Evaluate, type Surroundings } from './compile.ts';
import { Row } from './row.ts';

/** A `stats` command at work: rows go in, one row a group comes out. */
export interface Stats {
  add(row: Row): void;
  rows(): Row[];
}

interface Group {
  readonly keys: readonly Value[];
  readonly aggregates: readonly Aggregate[];
}

interface Slot {
  readonly make: () => Aggregate;
  readonly value: Evaluate;
}

/** @throws QueryFailure */
export function compileStats(
  items: readonly Named[],
  by: readonly Named[],
  around: Surroundings,
): () => Stats {
  const slots: Slot[] = [];
  const keys = by.map(({ expression }) => compile(expression, around));
  // The expressions of the results are evaluated over the group's aggregations, which stand in a row by number.
  const results = items.map(({ expression, name }) => {
    const before = slots.length;
    const evaluate = compile(expression, {
      ...around,
      aggregate: (call) => {
        slots.push(slotOf(call, around));
        const at = String(slots.length - 1);
        return (row) => row.get(`\u0000${at}`);
      },
    });
    if (slots.length === before)
      throw new QueryFailure(`${name} is no aggregation.`, expression.at, expression.at + name.length - 1);
    return { name, evaluate };
  });
  const inOrderOfTime = by.some(({ expression }) => isBin(expression));

  return () => {
    const groups = new Map<string, Group>();
    // Without `by` there is one group, even of no events.
    const groupOf = (values: readonly Value[]): Group => {
      const key = values.length === 1 ? keyOf(values[0] ?? null) : JSON.stringify(values.map(keyOf));
      let group = groups.get(key);
      if (group === undefined) {
        group = { keys: values, aggregates: slots.map(({ make }) => make()) };
        groups.set(key, group);
      }
      return group;
    };
    return {
      add: (row) => {
        const { aggregates } = groupOf(keys.map((key) => key(row)));
        const time = row.source?.event.t;
        for (const [index, slot] of slots.entries()) aggregates[index]?.add(slot.value(row), time);
      },
      rows: () => {
        if (by.length === 0) groupOf([]);
        const rows = [...groups.values()].map((group) => {
          const over = new Row(undefined);
          group.aggregates.forEach((aggregate, index) => over.set(`\u0000${index}`, aggregate.result()));
          const made = new Map<string, Value>();
          by.forEach(({ name }, index) => made.set(name, group.keys[index] ?? null));
          for (const { name, evaluate } of results) made.set(name, evaluate(over));
          return new Row(undefined, made);
        });
        if (!inOrderOfTime) return rows;
        // The latest bin first, as events themselves come.
        const time = (row: Row): number =>
          Math.max(
            ...by.map(({ name }) => row.get(name)).map((value) => (value instanceof Instant ? value.ms : 0)),
          );
        return rows.sort((a, b) => time(b) - time(a));
      },
    };
  };
}

function keyOf(value: Value): string {
  return value === null ? '\u0000' : asText(value);
}

function isBin(expression: Expression): boolean {
  return (
    expression.kind === 'call' && ['bin', 'datefloor', 'dateceil'].includes(expression.name.toLowerCase())
  );
}

function slotOf(call: Expression & { kind: 'call' }, around: Surroundings): Slot {
  const name = call.name.toLowerCase();
  const [first, second] = call.inputs;
  if (name === 'count' && (first === undefined || first.kind === 'everything'))
    return { make: () => makeAggregate(name, 0), value: () => 1 };
  const wanted = name === 'pct' ? 2 : 1;
  if (first === undefined || first.kind === 'everything' || call.inputs.length !== wanted)
    throw wrongInputs(call);
  const percent = second?.kind === 'number' ? second.value : NaN;
  if (name === 'pct' && !(percent >= 0 && percent <= 100)) throw wrongInputs(call);
  // An aggregation of an aggregation is no expression of a row.
  const { query, now } = around;
  return { make: () => makeAggregate(name, percent), value: compile(first, { query, now }) };
}
