import { FilterPatternFailure } from './failure.ts';
import type { PatternReader } from './reader.ts';

type Step =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  /** `[*]`: every element of an array. */
  | { readonly kind: 'elements' }
  /** `.*`: every member of an object. */
  | { readonly kind: 'members' };

/** Where in a JSON log event to look: `$.user.id`, `$.items[0]`, `$.items[*].id`, `$.['cluster.name']`. */
export interface Selector {
  readonly steps: readonly Step[];
  readonly wildcards: number;
}

/** "Only one wildcard selector in a property selector": CloudWatch Logs User Guide, JSON filter patterns. */
const WILDCARDS_IN_SELECTOR = 1;
const MAX_INDEX = 2 ** 31 - 1;

/** Reads a property selector. The reader stands at its `$`. */
export function readSelector(reader: PatternReader): Selector {
  const start = reader.position;
  if (!reader.take('$')) throw reader.unexpected('a property selector such as $.eventName');
  if (!reader.startsWith('.')) throw reader.unexpected("a '.' and the name of a property");
  const steps: Step[] = [];
  for (;;) {
    if (reader.take(".['")) steps.push(quotedName(reader));
    else if (reader.take('.*')) steps.push({ kind: 'members' });
    else if (reader.take('.')) steps.push(name(reader, start));
    else if (reader.take('[*]')) steps.push({ kind: 'elements' });
    else if (reader.take('[')) steps.push(index(reader));
    else break;
  }
  const wildcards = steps.filter(({ kind }) => kind === 'elements' || kind === 'members').length;
  if (wildcards > WILDCARDS_IN_SELECTOR)
    throw FilterPatternFailure.structure(start, 'A property selector may hold one wildcard.');
  return { steps, wildcards };
}

function name(reader: PatternReader, start: number): Step {
  const text = reader.run(/[A-Za-z0-9_-]/);
  if (text !== '') return { kind: 'name', name: text };
  // AWS names the selector up to the character: `Invalid character(s) in term '$."'`.
  const characters = reader.text.slice(start, Math.min(reader.position + 1, reader.end));
  throw FilterPatternFailure.characters(
    reader.position,
    characters,
    "The name of a property has letters, digits, '_' and '-'; any other name is written $.['the name'].",
  );
}

function quotedName(reader: PatternReader): Step {
  const start = reader.position;
  const close = reader.text.indexOf("']", start);
  if (close < 0 || close >= reader.end || close === start)
    throw FilterPatternFailure.characters(start, "['", "A name in brackets is written $.['the name'].");
  reader.position = close + 2;
  return { kind: 'name', name: reader.text.slice(start, close) };
}

function index(reader: PatternReader): Step {
  const digits = reader.run(/[0-9]/);
  const value = Number(digits);
  if (digits === '' || value > MAX_INDEX || !reader.take(']'))
    throw reader.unexpected('the number of an element and a ]');
  return { kind: 'index', index: value };
}

/** Every value that a selector points at; none where the event has no such property. */
export function select(selector: Selector, event: unknown): readonly unknown[] {
  let values: unknown[] = [event];
  for (const step of selector.steps) {
    const next: unknown[] = [];
    for (const value of values) {
      if (typeof value !== 'object' || value === null) continue;
      if (Array.isArray(value)) {
        if (step.kind === 'elements') for (const element of value as unknown[]) next.push(element);
        else if (step.kind === 'index' && step.index < value.length) next.push(value[step.index]);
      } else if (step.kind === 'name') {
        if (Object.hasOwn(value, step.name)) next.push((value as Record<string, unknown>)[step.name]);
      } else if (step.kind === 'members')
        for (const member of Object.values(value) as unknown[]) next.push(member);
    }
    if (next.length === 0) return next;
    values = next;
  }
  return values;
}
