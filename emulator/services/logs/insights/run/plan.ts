import type { Command, Query } from '../syntax/tree.ts';
import { MOST_ROWS } from '../syntax/parse.ts';
import { asText, compareValues, isTrue, type Value } from '../value.ts';
import { compile, type Evaluate, type Surroundings } from './compile.ts';
import type { Row } from './row.ts';
import { compileStats } from './stats.ts';

/** What one row of results shows. */
export type ResultRow = readonly { readonly field: string; readonly value: string }[];

/** A query at work. Events go in, latest first; when all are in, the results are asked for. */
export interface Execution {
  add(row: Row): void;
  /** Events that came through every filter before the first command that sees rows together. */
  readonly matched: number;
  results(): ResultRow[];
}

type Step =
  /** False: the row is dropped. */
  | { readonly kind: 'each'; readonly apply: (row: Row) => boolean }
  | { readonly kind: 'all'; readonly start: () => Gathering };

/** A command that needs to see rows together. */
interface Gathering {
  add(row: Row): void;
  rows(): readonly Row[];
}

/**
 * Compiles a query's commands.
 * @param limit of StartQuery, for queries without `limit`
 * @throws QueryFailure
 */
export function planQuery(query: Query, now: number, limit: number | undefined): () => Execution {
  const around: Surroundings = { query: query.text, now };
  const steps = query.commands.map((command) => stepOf(command, around));
  const shown = shownFields(query.commands);
  const most = query.commands.some(({ kind }) => kind === 'limit') ? MOST_ROWS : (limit ?? MOST_ROWS);

  return () => {
    const started = steps.map((step) => (step.kind === 'all' ? step.start() : undefined));
    const last: Gathering = firstRows(most);
    let matched = 0;
    /** Sends a row through the commands from one on, until one gathers it. False: a filter dropped it. */
    const send = (row: Row, from: number): boolean => {
      for (let at = from; at < steps.length; at += 1) {
        const gathering = started[at];
        if (gathering !== undefined) {
          gathering.add(row);
          return true;
        }
        const step = steps[at];
        if (step?.kind === 'each' && !step.apply(row)) return false;
      }
      last.add(row);
      return true;
    };
    return {
      add: (row) => {
        if (send(row, 0)) matched += 1;
      },
      get matched() {
        return matched;
      },
      results: () => {
        started.forEach((gathering, at) => {
          for (const row of gathering?.rows() ?? []) send(row, at + 1);
        });
        return last.rows().map((row) => show(row, shown));
      },
    };
  };
}

function stepOf(command: Command, around: Surroundings): Step {
  switch (command.kind) {
    case 'fields':
    case 'display': {
      const made = command.items.filter(
        ({ expression, name }) => expression.kind !== 'field' || expression.name !== name,
      );
      const parts = made.map(({ expression, name }) => [name, compile(expression, around)] as const);
      return each((row) => {
        for (const [name, evaluate] of parts) row.set(name, evaluate(row));
        return true;
      });
    }
    case 'filter': {
      const holds = compile(command.condition, around);
      return each((row) => isTrue(holds(row)));
    }
    case 'parse': {
      const source = compile(command.source, around);
      const read = parser(command);
      return each((row) => {
        const text = source(row);
        const found = text === null ? undefined : read(asText(text));
        if (found !== undefined) command.names.forEach((name, index) => row.set(name, found[index] ?? null));
        return true;
      });
    }
    case 'stats': {
      const start = compileStats(command.items, command.by, around);
      return { kind: 'all', start };
    }
    case 'sort': {
      const by = command.by.map(({ expression, descending }) => ({
        key: compile(expression, around),
        descending,
      }));
      return { kind: 'all', start: () => sorting(by) };
    }
    case 'limit': {
      const { count } = command;
      return { kind: 'all', start: () => firstRows(count) };
    }
    case 'dedup': {
      const keys = command.by.map((expression) => compile(expression, around));
      return { kind: 'all', start: () => distinct(keys) };
    }
  }
}

const each = (apply: (row: Row) => boolean): Step => ({ kind: 'each', apply });

function firstRows(count: number): Gathering {
  const kept: Row[] = [];
  return {
    add: (row) => {
      if (kept.length < count) kept.push(row);
    },
    rows: () => kept,
  };
}

function sorting(by: readonly { readonly key: Evaluate; readonly descending: boolean }[]): Gathering {
  const kept: { readonly row: Row; readonly keys: readonly Value[] }[] = [];
  return {
    add: (row) => void kept.push({ row, keys: by.map(({ key }) => key(row)) }),
    rows: () =>
      kept
        .sort((a, b) => {
          for (const [index, { descending }] of by.entries()) {
            const [x = null, y = null] = [a.keys[index], b.keys[index]];
            const order = compareValues(x, y);
            // What is missing stands last, whichever way.
            if (order !== 0) return descending && x !== null && y !== null ? -order : order;
          }
          return 0;
        })
        .map(({ row }) => row),
  };
}

/** "Null values are not considered duplicates: all log events with null values … are retained." */
function distinct(keys: readonly Evaluate[]): Gathering {
  const seen = new Set<string>();
  const kept: Row[] = [];
  return {
    add: (row) => {
      const values = keys.map((key) => key(row));
      if (!values.includes(null)) {
        const text = JSON.stringify(values.map(asText));
        if (seen.has(text)) return;
        seen.add(text);
      }
      kept.push(row);
    },
    rows: () => kept,
  };
}

function parser({
  pattern,
  names,
}: Command & { kind: 'parse' }): (text: string) => (string | null)[] | undefined {
  if ('regex' in pattern) {
    const { regex } = pattern;
    return (text) => {
      const found = regex.exec(text);
      if (found === null) return undefined;
      return found.groups === undefined
        ? names.map((_name, index) => found[index + 1] ?? null)
        : names.map((name) => found.groups?.[name] ?? null);
    };
  }
  const { literals } = pattern;
  return (text) => matchGlob(literals, text);
}

/** Each `*` takes as little as it can; one at the end takes the rest. */
function matchGlob(literals: readonly string[], text: string): string[] | undefined {
  const [first = '', ...rest] = literals;
  const start = text.indexOf(first);
  if (start < 0) return undefined;
  const found: string[] = [];
  let at = start + first.length;
  for (const [index, literal] of rest.entries()) {
    const isLast = index === rest.length - 1;
    const next = literal === '' ? (isLast ? text.length : at) : text.indexOf(literal, at);
    if (next < 0) return undefined;
    found.push(text.slice(at, next));
    at = next + literal.length;
  }
  return found;
}

/** Which fields results show, in order; undefined stands for the usual ones. */
function shownFields(commands: readonly Command[]): {
  readonly names: readonly string[];
  readonly events: boolean;
} {
  let names: string[] = [];
  let parsed: string[] = [];
  let events = true;
  let displayed = false;
  const add = (list: readonly string[]): void => {
    for (const name of list) if (!names.includes(name)) names.push(name);
  };
  for (const command of commands)
    switch (command.kind) {
      case 'fields':
        if (!displayed) add(command.items.map(({ name }) => name));
        break;
      case 'display':
        names = command.items.map(({ name }) => name);
        displayed = true;
        break;
      case 'parse':
        parsed.push(...command.names);
        break;
      case 'stats':
        names = [...command.by, ...command.items].map(({ name }) => name);
        parsed = [];
        events = false;
        displayed = false;
        break;
      default:
    }
  if (names.length === 0 && events) names = ['@timestamp', '@message'];
  if (!displayed) add(parsed);
  return { names, events };
}

function show(
  row: Row,
  { names, events }: { readonly names: readonly string[]; readonly events: boolean },
): ResultRow {
  const shown = names.flatMap((field) => {
    const value = row.get(field);
    return value === null ? [] : [{ field, value: asText(value) }];
  });
  return events && !names.includes('@ptr')
    ? [...shown, { field: '@ptr', value: asText(row.get('@ptr')) }]
    : shown;
}
