import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry } from './entry.ts';
import { FifoOrder } from './fifo-order.ts';
import { Heap } from './heap.ts';
import { Line } from './line.ts';

describe('a heap', () => {
  it('gives items by time, and those of the same time in the order of their coming', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 })), (times) => {
        const heap = new Heap<number>();
        times.forEach((time, index) => heap.push(time, index));
        const given: [number, number][] = [];
        for (let next = heap.pop(); next !== undefined; next = heap.pop()) given.push([next.time, next.item]);
        const sorted = times.map((time, index): [number, number] => [time, index]);
        expect(given).toEqual(sorted.sort(([a, i], [b, j]) => a - b || i - j));
      }),
    );
  });
});

describe('a line', () => {
  it('is first in, first out, whatever the order of coming and leaving', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 400 }), (steps) => {
        const line = new Line<number>();
        const model: number[] = [];
        steps.forEach((push, index) => {
          if (push) {
            line.push(index);
            model.push(index);
          } else expect(line.shift()).toBe(model.shift());
          expect(line.size).toBe(model.length);
          expect(line.at(0)).toBe(model[0]);
        });
      }),
    );
  });
});

describe('the order of a FIFO queue', () => {
  /* What happens to a queue: a message is sent to a group, some are received, and one in flight is deleted or returned. */
  const event = fc.oneof(
    fc.record({ kind: fc.constant('send' as const), group: fc.constantFrom('a', 'b', 'c') }),
    fc.record({ kind: fc.constant('receive' as const), max: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ kind: fc.constantFrom('delete' as const, 'return' as const), which: fc.nat() }),
  );

  it('never has a message out while an older one of its group is not received, and never two receives’ of a group', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 80 }), (events) => {
        const order = new FifoOrder();
        const all: Entry[] = [];
        const outOf = (group: string) =>
          all.filter(({ state, message }) => state === 'in flight' && message.group === group);
        for (const happening of events) {
          if (happening.kind === 'send') {
            const message = { group: happening.group, id: String(all.length) } as Entry['message'];
            const entry: Entry = { message, receipt: undefined, state: 'visible', turn: 0, cause: undefined };
            all.push(entry);
            order.add(entry);
            order.shown(entry);
          } else if (happening.kind === 'receive') {
            const busy = new Set(['a', 'b', 'c'].filter((group) => outOf(group).length > 0));
            const visible = all.filter(
              ({ state, message }) => state === 'visible' && !busy.has(message.group ?? ''),
            );
            const taken = order.take(happening.max, (entry) => {
              entry.state = 'in flight';
              return true;
            });
            // Nothing that may be received is withheld, and of each group the oldest come.
            expect(taken.length).toBe(Math.min(happening.max, visible.length));
            for (const group of ['a', 'b', 'c']) {
              const of = (entries: readonly Entry[]) =>
                entries.filter((entry) => entry.message.group === group);
              expect(of(taken)).toEqual(of(visible).slice(0, of(taken).length));
            }
          } else {
            const flying = all.filter(({ state }) => state === 'in flight');
            const entry = flying[happening.which % Math.max(flying.length, 1)];
            if (entry === undefined) continue;
            entry.state = happening.kind === 'delete' ? 'gone' : 'visible';
            order.landed(entry);
            if (entry.state === 'gone') order.removed(entry);
            else order.shown(entry);
          }
        }
      }),
    );
  });
});
