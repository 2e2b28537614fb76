import { describe, expect, it } from 'vitest';
import { createClock } from '../../../clock/moved-clock.ts';
import type { Cloud } from '../../../cloud.ts';
import { openState } from '../../../state/open-state.ts';
import { createTrail } from '../../../trail/ring-trail.ts';
import type { DeliveryRow } from '../rows.ts';
import { Deliveries } from './deliveries.ts';
import { delayAfter } from './retry.ts';

const scope = { account: '111122223333', region: 'us-east-1' };
const delivery: DeliveryRow = {
  id: 'd',
  topicArn: 'arn:aws:sns:us-east-1:111122223333:t',
  subscriptionArn: 'arn:aws:sns:us-east-1:111122223333:t:s',
  protocol: 'sqs',
  endpoint: 'arn:aws:sqs:us-east-1:111122223333:q',
  raw: true,
  messageId: 'm',
  message: 'text',
  attributes: {},
  published: 0,
  attempts: 0,
  dueAt: 0,
};

/* A cloud whose queue service is down until `open`. */
function brokenCloud() {
  const clock = createClock();
  const state = openState({ home: undefined });
  const sent: string[] = [];
  const queue = { open: false, asked: 0 };
  const cloud = {
    clock,
    state,
    trail: createTrail({ now: () => clock.now() }),
    port: () => {
      queue.asked += 1;
      if (!queue.open) return Promise.reject(new Error('down'));
      return Promise.resolve({
        send: (_scope: unknown, _arn: unknown, { body }: { body: string }) => sent.push(body),
      });
    },
  } as unknown as Cloud;
  const rows = () => [...state.table<DeliveryRow>('sns.deliveries').in(scope).values()];
  return { cloud, clock, sent, queue, rows };
}

describe('a delivery that fails through no fault of the subscriber’s', () => {
  it('is tried again on the cloud’s clock, outlives a restart, and arrives once', async () => {
    const { cloud, clock, sent, queue, rows } = brokenCloud();
    const before = new Deliveries(cloud);
    before.add(scope, delivery);
    // At once, and three times more at once.
    await expect.poll(() => rows()[0]?.attempts).toBe(4);
    await clock.advance(1000);
    await expect.poll(() => rows()[0]?.attempts).toBe(5);
    await before.stop();
    const asked = queue.asked;
    await clock.advance(60_000);
    expect(queue.asked).toBe(asked);

    queue.open = true;
    const after = new Deliveries(cloud);
    after.resume();
    await expect.poll(() => sent).toEqual(['text']);
    expect(rows()).toEqual([]);
    await clock.advance(3_600_000);
    expect(sent).toEqual(['text']);
    await after.stop();
    clock.stop();
  });

  it('is tried as SNS documents: 3 times at once, twice after a second, ten times slower, then every 20 seconds', () => {
    const delays = Array.from({ length: 17 }, (_, index) => delayAfter(index + 1) ?? -1);
    expect(delays.slice(0, 5)).toEqual([0, 0, 0, 1000, 1000]);
    expect([...delays].sort((a, b) => a - b)).toEqual(delays);
    expect(delays.slice(14)).toEqual([20_000, 20_000, 20_000]);
    expect(delayAfter(100_015)).toBe(20_000);
    expect(delayAfter(100_016)).toBeUndefined();
  });
});
