import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { ListSchedulesCommand, GetScheduleCommand } from '@aws-sdk/client-scheduler';
import { expect } from 'vitest';
import type { Place } from '../testing/place.ts';
import { proveApplication } from '../testing/prove-application.ts';

let left = 0;

proveApplication('order-desk', {
  async works(place) {
    const orders = place.output('OrdersUrl');
    const taken = await fetch(orders, { method: 'POST', body: '{"item":"notebook"}' });
    expect(taken.status).toBe(202);
    const { id } = (await taken.json()) as { id: string };
    await expect.poll(() => statusOf(place, id)).toBe('packed');
    expect((await fetch(orders, { method: 'POST', body: '{}' })).status).toBe(400);
    expect((await fetch(`${orders}/none`)).status).toBe(404);

    const lying = await leaveLying(place);
    expect(await statusOf(place, lying)).toBe('placed');
    await expect
      .poll(async () => {
        await place.pass(60);
        return statusOf(place, lying);
      })
      .toBe('packed');
  },
  change: { parameters: { SweepEvery: 'rate(1 minute)' } },
  async changed(place) {
    const scheduler = await place.pool.load('scheduler');
    const { Schedules: [schedule] = [] } = await scheduler.send(new ListSchedulesCommand({}));
    const { ScheduleExpression } = await scheduler.send(new GetScheduleCommand({ Name: schedule?.Name }));
    expect(ScheduleExpression).toBe('rate(1 minute)');
  },
});

async function statusOf(place: Place, id: string): Promise<string> {
  const answer = await fetch(`${place.output('OrdersUrl')}/${id}`);
  return ((await answer.json()) as { status: string }).status;
}

/** An order that was kept and never queued, long ago. */
async function leaveLying(place: Place): Promise<string> {
  const id = `left-${String((left += 1))}`;
  const dynamodb = await place.pool.load('dynamodb');
  await dynamodb.send(
    new PutItemCommand({
      TableName: place.output('TableName'),
      Item: {
        id: { S: id },
        item: { S: 'pen' },
        status: { S: 'placed' },
        placedAt: { S: '2026-01-01T00:00:00Z' },
      },
    }),
  );
  return id;
}
