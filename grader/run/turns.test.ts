import { expect, it } from 'vitest';
import { Turns } from './turns.ts';

/** A task that goes on when it is told to. */
function told() {
  let go: () => void = () => undefined;
  const done = new Promise<void>((resolve) => (go = resolve));
  return { go, done };
}

it('runs so many at a time, in the order they came', async () => {
  const turns = new Turns(2);
  const begun: string[] = [];
  const tasks = ['a', 'b', 'c'].map((name) => ({ name, ...told() }));
  const all = tasks.map(({ name, done }) =>
    turns.take(async () => {
      begun.push(name);
      await done;
    }),
  );
  await Promise.resolve();
  expect(begun).toEqual(['a', 'b']);
  tasks[1]?.go();
  await all[1];
  await Promise.resolve();
  expect(begun).toEqual(['a', 'b', 'c']);
  for (const { go } of tasks) go();
  await Promise.all(all);
});

it('gives a task a moment alone: others have ended, or wait for one, too, and none begins', async () => {
  const turns = new Turns(3);
  const log: string[] = [];
  const busy = told();
  const alone = (name: string) =>
    turns.take(async () => {
      await turns.alone(async () => {
        log.push(`${name} begins`);
        await Promise.resolve();
        log.push(`${name} ends`);
      });
    });
  const all = [
    turns.take(async () => {
      await busy.done;
      log.push('busy ends');
    }),
    alone('one'),
    alone('two'),
    turns.take(async () => void log.push('late')),
  ];
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  expect(log).toEqual([]);
  busy.go();
  await Promise.all(all);
  expect(log).toEqual(['busy ends', 'one begins', 'one ends', 'two begins', 'two ends', 'late']);
});

it('goes on where the work of such a moment fails', async () => {
  const turns = new Turns(1);
  const failed = turns.take(() => turns.alone(() => Promise.reject(new Error('no clock'))));
  await expect(failed).rejects.toThrow('no clock');
  expect(await turns.take(() => Promise.resolve('next'))).toBe('next');
});
