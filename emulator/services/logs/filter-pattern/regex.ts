import { FilterPatternFailure } from './failure.ts';
import { BEYOND_ASCII, parseRegex, type CharacterSet, type RegexNode } from './regex-syntax.ts';

/** A regular expression that looks for a match anywhere in a line, in time proportional to the line's length. */
export interface LineRegex {
  readonly source: string;
  test(line: string): boolean;
}

/*
 * Thompson's construction, and a deterministic automaton that is built state by state as lines need it. There is
 * no backtracking, so that no pattern a student sends can hold up the cloud.
 */
type Step =
  | { readonly kind: 'set'; readonly set: CharacterSet; readonly next: number }
  | { readonly kind: 'split'; readonly next: number; readonly other: number }
  | { readonly kind: 'start' | 'end'; readonly next: number }
  | { readonly kind: 'match' };

/** Steps of one expression; `{m,n}` is unfolded into copies. */
const MAX_STEPS = 20_000;
/** States kept of the lazily built automaton; beyond it they are forgotten and built again. */
const MAX_STATES = 512;
const CLASSES = BEYOND_ASCII + 1;
const UNKNOWN = -1;

function compile(node: RegexNode, position: number): { steps: Step[]; first: number } {
  const steps: Step[] = [{ kind: 'match' }];
  const add = (step: Step): number => {
    if (steps.length >= MAX_STEPS)
      throw FilterPatternFailure.structure(position, 'This regular expression is too large.');
    return steps.push(step) - 1;
  };
  // Built from the end: `next` is where to go on after the node.
  function build(part: RegexNode, next: number): number {
    switch (part.kind) {
      case 'empty':
        return next;
      case 'start':
      case 'end':
        return add({ kind: part.kind, next });
      case 'set':
        return add({ kind: 'set', set: part.set, next });
      case 'all':
        return part.parts.reduceRight((after, child) => build(child, after), next);
      case 'any':
        return part.parts
          .map((child) => build(child, next))
          .reduceRight((other, first) => add({ kind: 'split', next: first, other }));
      case 'repeat': {
        let after = next;
        if (part.max === Infinity) {
          const loop = add({ kind: 'split', next, other: next });
          steps[loop] = { kind: 'split', next: build(part.part, loop), other: next };
          after = loop;
        } else {
          for (let count = part.min; count < part.max; count += 1)
            after = add({ kind: 'split', next: build(part.part, after), other: next });
        }
        for (let count = 0; count < part.min; count += 1) after = build(part.part, after);
        return after;
      }
    }
  }
  return { first: build(node, 0), steps };
}

interface State {
  /** Steps that consume a character, and `end` steps that wait for the end of the line. */
  readonly steps: readonly number[];
  readonly accepts: boolean;
  readonly acceptsAtEnd: boolean;
  readonly next: Int32Array;
}

/** @throws FilterPatternFailure for what the supported syntax does not have */
export function compileRegex(source: string, position: number): LineRegex {
  const { steps, first } = compile(parseRegex(source, position), position);

  /** Steps reachable without a character. */
  function closure(from: readonly number[], atStart: boolean, atEnd: boolean): Set<number> {
    const seen = new Set<number>();
    const open = [...from];
    for (let index = open.pop(); index !== undefined; index = open.pop()) {
      if (seen.has(index)) continue;
      seen.add(index);
      const step = steps[index];
      if (step === undefined) continue;
      if (step.kind === 'split') open.push(step.next, step.other);
      else if ((step.kind === 'start' && atStart) || (step.kind === 'end' && atEnd)) open.push(step.next);
    }
    return seen;
  }

  let states: State[] = [];
  let known = new Map<string, number>();

  function state(from: readonly number[], atStart: boolean): number {
    const reached = closure(from, atStart, false);
    const kept = [...reached]
      .filter((index) => steps[index]?.kind === 'set' || steps[index]?.kind === 'end')
      .sort((a, b) => a - b);
    const accepts = reached.has(0);
    const key = `${atStart ? '^' : ''}${accepts ? '!' : ''}${kept.join(',')}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const acceptsAtEnd = accepts || closure(kept, atStart, true).has(0);
    states.push({ steps: kept, accepts, acceptsAtEnd, next: new Int32Array(CLASSES).fill(UNKNOWN) });
    known.set(key, states.length - 1);
    return states.length - 1;
  }

  /** The start state is always number 0. */
  function reset(): void {
    states = [];
    known = new Map();
    state([first], true);
  }
  reset();

  function advance(current: State, character: number): number {
    const targets: number[] = [first];
    for (const index of current.steps) {
      const step = steps[index];
      if (step?.kind === 'set' && step.set[character] === 1) targets.push(step.next);
    }
    if (states.length >= MAX_STATES) {
      reset();
      return state(targets, false);
    }
    return (current.next[character] = state(targets, false));
  }

  function test(line: string): boolean {
    const { length } = line;
    // `$` also stands before a line break that ends the line: what Lambda prints ends with one.
    const lastBreak = line.endsWith('\n') ? length - 1 : -1;
    let current = states[0];
    for (let at = 0; current !== undefined; at += 1) {
      if (current.accepts || (at === lastBreak && current.acceptsAtEnd)) return true;
      if (at >= length) return current.acceptsAtEnd;
      const code = line.charCodeAt(at);
      let character = code;
      if (code >= BEYOND_ASCII) {
        character = BEYOND_ASCII;
        // A pair of surrogates is one character.
        if (code >= 0xd800 && code <= 0xdbff && (line.charCodeAt(at + 1) & 0xfc00) === 0xdc00) at += 1;
      }
      const next = current.next[character] ?? UNKNOWN;
      current = states[next === UNKNOWN ? advance(current, character) : next];
    }
    return false;
  }

  return { source, test };
}
