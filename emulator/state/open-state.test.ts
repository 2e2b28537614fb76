import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Scope } from '../service/call.ts';
import { openState, type OpenState } from './open-state.ts';

const scope: Scope = { account: '111122223333', region: 'us-east-1' };
const other: Scope = { account: '444455556666', region: 'eu-west-1' };

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'coldstart-state-'));
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

const journalOf = (folder: string): string => join(folder, 'state.journal');
interface Row {
  readonly name: string;
  readonly tags?: { readonly [key: string]: string };
}

describe('tables', () => {
  it('keeps accounts and regions apart', () => {
    const state = openState({ home });
    state.table<Row>('t').in(scope).set('k', { name: 'mine' });
    expect(state.table<Row>('t').in(other).get('k')).toBeUndefined();
    expect([...state.table<Row>('t').scopes()]).toEqual([scope]);
    state.table<Row>('t').in(scope).delete('k');
    expect([...state.table<Row>('t').scopes()]).toEqual([]);
    state.close();
  });

  it('keeps rows in the order of insertion over a restart', () => {
    const first = openState({ home });
    const rows = first.table<Row>('t').in(scope);
    for (const key of ['b', 'a', '10', '9', '__proto__']) rows.set(key, { name: key });
    rows.set('a', { name: 'changed' });
    rows.delete('b');
    rows.set('b', { name: 'again' });
    first.close();
    const second = openState({ home });
    expect([...second.table<Row>('t').in(scope).entries()]).toEqual([
      ['a', { name: 'changed' }],
      ['10', { name: '10' }],
      ['9', { name: '9' }],
      ['__proto__', { name: '__proto__' }],
      ['b', { name: 'again' }],
    ]);
    second.close();
  });

  it('lets nobody change a row in place, before or after a restart', () => {
    const first = openState({ home });
    const given = { name: 'n', tags: { a: '1' } };
    first.table<Row>('t').in(scope).set('k', given);
    expect(() => {
      given.tags.a = '2';
    }).toThrow(TypeError);
    first.close();
    const second = openState({ home });
    const row = second.table<{ name: string; tags: { a: string } }>('t').in(scope).get('k');
    expect(() => {
      if (row !== undefined) row.tags.a = '2';
    }).toThrow(TypeError);
    second.close();
  });

  it('refuses what the journal could not give back, and keeps nothing of it', () => {
    const state = openState({ home });
    const rows = state.table<unknown>('t' as never).in(scope);
    for (const bad of [
      new Date(),
      { a: Number.NaN },
      { a: [undefined] },
      new Uint8Array(2),
      { f: () => 1 },
      1n,
    ])
      expect(() => rows.set('k', bad)).toThrow(TypeError);
    expect(rows.has('k')).toBe(false);
    state.close();
  });
});

describe('the journal', () => {
  it('takes background changes without anybody asking', async () => {
    const state = openState({ home });
    state.table<Row>('t').in(scope).set('k', { name: 'n' });
    expect(statSync(journalOf(home)).size).toBe(0);
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    expect(statSync(journalOf(home)).size).toBeGreaterThan(0);
    state.close();
  });

  it('writes nothing where nothing changed', () => {
    const state = openState({ home });
    state.commit();
    state.table<Row>('t').in(scope).delete('missing');
    state.sequences<string>('s').in(scope, 'k').append([]);
    state.sequences<string>('s').in(scope, 'k').delete();
    state.commit();
    expect(statSync(journalOf(home)).size).toBe(0);
    state.close();
  });

  it('goes on after a torn tail', () => {
    const first = openState({ home });
    first.table<Row>('t').in(scope).set('k', { name: 'kept' });
    first.close();
    appendFileSync(journalOf(home), '0badc0de [["set","t"');
    const second = openState({ home, notice: unexpected });
    second.table<Row>('t').in(scope).set('l', { name: 'later' });
    second.close();
    const third = openState({ home, notice: unexpected });
    expect([...third.table<Row>('t').in(scope).values()]).toEqual([{ name: 'kept' }, { name: 'later' }]);
    third.close();
  });

  it('keeps what came before corruption, leaves a copy of the whole and says where', () => {
    const first = openState({ home });
    for (const key of ['a', 'b', 'c']) {
      first.table<Row>('t').in(scope).set(key, { name: key });
      first.commit();
    }
    first.close();
    const bytes = readFileSync(journalOf(home));
    const second = bytes.indexOf(10) + 20;
    bytes[second] = (bytes[second] ?? 0) ^ 1;
    writeFileSync(journalOf(home), bytes);

    const said: string[] = [];
    const state = openState({ home, notice: (sentence) => said.push(sentence) });
    expect([...state.table<Row>('t').in(scope).values()]).toEqual([{ name: 'a' }]);
    state.close();
    const copy = readdirSync(home).find((name) => name.startsWith('state.journal.corrupt-'));
    expect(copy).toBeDefined();
    expect(readFileSync(join(home, copy ?? ''))).toEqual(bytes);
    expect(said).toEqual([expect.stringContaining(join(home, copy ?? ''))]);
    openState({ home, notice: unexpected }).close();
  });

  it('is rewritten when it has outgrown what is alive, and loses nothing by it', () => {
    const first = openState({ home, compactFrom: 1_000 });
    const rows = first.table<Row>('t').in(scope);
    const sequence = first.sequences<string>('s').in(scope, 'k');
    sequence.append(['dropped', 'kept']);
    sequence.dropFirst(1);
    for (let turn = 0; turn < 300; turn += 1) {
      rows.set('k', { name: `turn ${String(turn)}` });
      first.commit();
    }
    first.close();
    expect(statSync(journalOf(home)).size).toBeLessThan(3_000);
    const second = openState({ home });
    expect([...second.table<Row>('t').in(scope).values()]).toEqual([{ name: 'turn 299' }]);
    expect(second.sequences<string>('s').in(scope, 'k').items()).toEqual(['kept']);
    expect(second.sequences<string>('s').in(scope, 'k').first).toBe(1);
    second.close();
    expect(readdirSync(home)).toEqual(['state.journal']);
  });

  it('ignores a snapshot that was never finished', () => {
    const first = openState({ home });
    first.table<Row>('t').in(scope).set('k', { name: 'n' });
    first.close();
    writeFileSync(`${journalOf(home)}.new`, 'half a snapshot');
    const second = openState({ home, notice: unexpected });
    expect(second.table<Row>('t').in(scope).size).toBe(1);
    second.close();
    expect(readdirSync(home)).toEqual(['state.journal']);
  });
});

/* What a random run does. `commit` ends a batch as the server does before an answer. */
type Step =
  | { readonly do: 'set'; readonly key: string; readonly value: string }
  | { readonly do: 'delete'; readonly key: string }
  | { readonly do: 'append'; readonly key: string; readonly items: readonly string[] }
  | { readonly do: 'drop'; readonly key: string; readonly count: number }
  | { readonly do: 'end'; readonly key: string }
  | { readonly do: 'commit' };
const key = fc.constantFrom('a', 'b', 'c');
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('set' as const), key, value: fc.string({ unit: 'binary' }) }),
  fc.record({ do: fc.constant('delete' as const), key }),
  fc.record({ do: fc.constant('append' as const), key, items: fc.array(fc.string(), { maxLength: 4 }) }),
  fc.record({ do: fc.constant('drop' as const), key, count: fc.nat(5) }),
  fc.record({ do: fc.constant('end' as const), key }),
  fc.record({ do: fc.constant('commit' as const) }),
);

function take(state: OpenState, step: Step): void {
  const rows = state.table<{ value: string }>('t').in(scope);
  switch (step.do) {
    case 'set': {
      rows.set(step.key, { value: step.value });
      return;
    }
    case 'delete':
      return void rows.delete(step.key);
    case 'append': {
      state.sequences<string>('s').in(scope, step.key).append(step.items);
      return;
    }
    case 'drop': {
      state.sequences<string>('s').in(scope, step.key).dropFirst(step.count);
      return;
    }
    case 'end': {
      state.sequences<string>('s').in(scope, step.key).delete();
      return;
    }
    case 'commit': {
      state.commit();
      return;
    }
  }
}

/* A model of its own, so that state and journal are not compared with themselves. */
class Model {
  readonly rows = new Map<string, { value: string }>();
  readonly sequences = new Map<string, { first: number; items: string[] }>();
  take(step: Step): void {
    if (step.do === 'set') this.rows.set(step.key, { value: step.value });
    if (step.do === 'delete') this.rows.delete(step.key);
    if (step.do === 'append' && step.items.length > 0) {
      const { first, items } = this.sequences.get(step.key) ?? { first: 0, items: [] };
      this.sequences.set(step.key, { first, items: [...items, ...step.items] });
    }
    if (step.do === 'drop') {
      const { first, items } = this.sequences.get(step.key) ?? { first: 0, items: [] };
      const count = Math.min(step.count, items.length);
      if (count > 0) this.sequences.set(step.key, { first: first + count, items: items.slice(count) });
    }
    if (step.do === 'end') this.sequences.delete(step.key);
  }
  seen(): unknown {
    return {
      rows: [...this.rows],
      sequences: ['a', 'b', 'c'].map((name) => this.sequences.get(name) ?? { first: 0, items: [] }),
    };
  }
}

function seen(state: OpenState): unknown {
  return {
    rows: [...state.table<{ value: string }>('t').in(scope).entries()],
    sequences: ['a', 'b', 'c'].map((name) => {
      const sequence = state.sequences<string>('s').in(scope, name);
      return { first: sequence.first, items: [...sequence.items()] };
    }),
  };
}

describe('a kill at any moment', () => {
  it('loses whole batches that were not committed, and nothing else', () => {
    let rewritten = 0;
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.nat(), fc.boolean(), (steps, at, small) => {
        const folder = mkdtempSync(join(home, 'run-'));
        const state = openState({ home: folder, ...(small ? { compactFrom: 200 } : {}) });
        const model = new Model();
        let points = [{ size: 0, seen: model.seen() }];
        let file = statSync(journalOf(folder)).ino;
        for (const each of steps) {
          take(state, each);
          model.take(each);
          if (each.do !== 'commit') {
            // In memory at once.
            expect(seen(state)).toEqual(model.seen());
            continue;
          }
          const { size, ino } = statSync(journalOf(folder));
          if (ino !== file) {
            // Rewritten: the rename is atomic, so a kill finds the old journal or this one.
            file = ino;
            rewritten += 1;
            points = [];
          }
          points.push({ size, seen: model.seen() });
        }
        // Killed: what the process had not committed is gone, and the last write may be cut anywhere.
        const bytes = readFileSync(journalOf(folder));
        const least = points[0]?.size ?? 0;
        const cut = least + (at % (bytes.length - least + 1));
        const after = mkdtempSync(join(home, 'after-'));
        writeFileSync(journalOf(after), bytes.subarray(0, cut));
        const reopened = openState({ home: after, notice: unexpected });
        expect(seen(reopened)).toEqual(points.filter(({ size }) => size <= cut).at(-1)?.seen);
        reopened.close();
        state.close();
      }),
      { numRuns: 200 },
    );
    // A run that never rewrites a journal would prove nothing of it.
    expect(rewritten).toBeGreaterThan(0);
  });
});

function unexpected(sentence: string): never {
  throw new Error(`Nothing was to be said, but: ${sentence}`);
}
