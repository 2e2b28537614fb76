import { expect, it } from 'vitest';
import { createClock } from '../../../clock/moved-clock.ts';
import type { Cloud } from '../../../cloud.ts';
import { openState } from '../../../state/open-state.ts';
import { createTrail } from '../../../trail/ring-trail.ts';
import type { ScheduleRow } from '../rows.ts';
import { ScheduleStore } from '../store.ts';
import type { TickRow } from '../ticking/ticks.ts';
import { Clockwork } from './clockwork.ts';

const scope = { account: '111111111111', region: 'us-east-1' };

it('a rate ticks first at the moment that it is set, however long the request for it takes', async () => {
  // Every look at this clock is a millisecond later than the one before.
  let time = Date.parse('2026-11-23T08:42:00Z');
  const clock = createClock({ hostTime: () => (time += 1) });
  const state = openState({ home: undefined });
  // Ports are for deliveries, of which there is none yet.
  const cloud = { clock, state, trail: createTrail({ now: () => clock.now() }) } as unknown as Cloud;
  const clockwork = new Clockwork(new ScheduleStore(cloud));
  const now = clock.now();
  const row: ScheduleRow = {
    group: 'default',
    name: 'at-once',
    created: now,
    modified: now,
    anchor: now,
    expression: 'rate(1 hour)',
    zone: 'UTC',
    enabled: true,
    deleteAfterwards: false,
    target: {
      arn: 'arn:aws:sqs:us-east-1:111111111111:q',
      role: 'arn:aws:iam::111111111111:role/r',
      mostRetries: 0,
      mostAgeSeconds: 60,
    },
  };
  clockwork.follow(scope, row);
  expect(state.table<TickRow>('scheduler.ticks').in(scope).get('default/at-once')?.at).toBe(now);
  // Changed later, with the same rate: the next tick is one of those that it had.
  clockwork.follow(scope, { ...row, modified: now + 1_000 });
  expect(state.table<TickRow>('scheduler.ticks').in(scope).get('default/at-once')?.at).toBe(now + 3_600_000);
  await clockwork.stop();
  clock.stop();
  state.close();
});
