import { afterEach, beforeEach, expect, it } from 'vitest';
import { startCloud, type RunningCloud } from '../../start.ts';
import { LogStore } from './store.ts';
import { scope } from './testing/logs-cloud.ts';

let running: RunningCloud;
beforeEach(async () => {
  running = await startCloud({ port: 0, home: 'unused', ephemeral: true });
});
afterEach(async () => {
  await running.stop();
});

it('drops the oldest events beyond its bounds, from the stream that was quiet longest', () => {
  const store = new LogStore(running.cloud, { events: 100, bytes: 1_000_000 });
  store.addGroup(scope, 'g');
  const [quiet, busy] = [store.addStream(scope, 'g', 'quiet'), store.addStream(scope, 'g', 'busy')];
  const events = (count: number, at: number) =>
    Array.from({ length: count }, (_, index) => ({ t: at + index, i: at, m: `line ${at + index}` }));
  store.append(scope, quiet, events(40, 0));
  store.append(scope, busy, events(50, 1_000));
  expect([quiet.length, busy.length]).toEqual([40, 50]);
  store.append(scope, busy, events(30, 2_000));
  expect(quiet.length).toBeLessThan(40);
  expect(quiet.length + busy.length).toBeLessThanOrEqual(100);
  expect(busy.length).toBe(80);
  expect(quiet.at(quiet.length - 1)?.event.m).toBe('line 39');
  // A single stream that is too large loses its own oldest events.
  store.append(scope, busy, events(200, 3_000));
  expect(quiet.length).toBe(0);
  expect(busy.length).toBeLessThanOrEqual(100);
  expect(busy.at(busy.length - 1)?.event.m).toBe('line 3199');
  const decisions = running.cloud.trail.read(scope).filter(({ kind }) => kind === 'decision');
  expect(decisions).toHaveLength(2);
});

it('counts bytes the same before and after a restart', () => {
  const store = new LogStore(running.cloud);
  store.addGroup(scope, 'g');
  const stream = store.addStream(scope, 'g', 's');
  store.append(scope, stream, [
    { t: 1, i: 1, m: '한글' },
    { t: 2, i: 2, m: 'ascii' },
  ]);
  expect(stream.bytes).toBe(26 + 6 + 26 + 5);
  store.dropFirst(stream, 1);
  expect(stream.bytes).toBe(26 + 5);
  const again = new LogStore(running.cloud).stream(scope, 'g', 's');
  expect(again.bytes).toBe(stream.bytes);
  expect(again.at(0)).toEqual({ event: { t: 2, i: 2, m: 'ascii' }, position: 1 });
});
