import { expect, it, vi } from 'vitest';
import { createClock } from '../clock/moved-clock.ts';
import { DueWork } from './due-work.ts';

const scope = { account: '111111111111', region: 'ap-northeast-2' };
const later = async () => new Promise((resolve) => setImmediate(resolve));

it('attempts what is due in a later turn, in order, and what is not when the clock says so', async () => {
  const clock = createClock();
  const done: string[] = [];
  const work = new DueWork(clock, 10, async (_scope, id) => void done.push(id));
  work.schedule(scope, 'in an hour', clock.now() + 3_600_000);
  work.schedule(scope, 'first', clock.now());
  work.schedule(scope, 'second', 0);
  expect(done).toEqual([]);
  await later();
  expect(done).toEqual(['first', 'second']);
  await clock.advance(3_600_000);
  await later();
  expect(done).toEqual(['first', 'second', 'in an hour']);
  await work.stop();
  clock.stop();
});

it('has no more under way than it may, and goes on as soon as one has ended', async () => {
  const clock = createClock();
  const underWay: { readonly id: string; readonly end: () => void }[] = [];
  const work = new DueWork(
    clock,
    2,
    async (_scope, id) => new Promise<void>((resolve) => underWay.push({ id, end: resolve })),
  );
  for (const id of ['a', 'b', 'c']) work.schedule(scope, id, 0);
  await later();
  expect(underWay.map(({ id }) => id)).toEqual(['a', 'b']);
  underWay[0]?.end();
  await vi.waitFor(() => expect(underWay.map(({ id }) => id)).toEqual(['a', 'b', 'c']), 5_000);
  for (const { end } of underWay) end();
  await work.stop();
  clock.stop();
});

it('starts nothing once it is stopped, and waits for what it has started', async () => {
  const clock = createClock();
  const events: string[] = [];
  let end = (): void => undefined;
  const work = new DueWork(clock, 1, async (_scope, id) => {
    events.push(`${id} begins`);
    await new Promise<void>((resolve) => (end = resolve));
    events.push(`${id} ends`);
  });
  work.schedule(scope, 'under way', 0);
  work.schedule(scope, 'waiting', 0);
  work.schedule(scope, 'timed', clock.now() + 1_000);
  await later();
  const stopped = work.stop().then(() => events.push('stopped'));
  end();
  await stopped;
  await clock.advance(2_000);
  await later();
  expect(events).toEqual(['under way begins', 'under way ends', 'stopped']);
  expect(work.stopped).toBe(true);
  clock.stop();
});
