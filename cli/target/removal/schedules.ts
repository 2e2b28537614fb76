import { DeleteScheduleCommand, GetScheduleCommand, paginateListSchedules } from '@aws-sdk/client-scheduler';
import { answers, ifThere, type Removal } from './removal.ts';

/** A schedule of EventBridge Scheduler's default group. */
export const removal: Removal = {
  async there(pool, name) {
    const scheduler = await pool.load('scheduler');
    return answers(scheduler.send(new GetScheduleCommand({ Name: name })));
  },
  async remove(pool, name) {
    const scheduler = await pool.load('scheduler');
    await ifThere(scheduler.send(new DeleteScheduleCommand({ Name: name })));
  },
  async *list(pool, NamePrefix) {
    for await (const page of paginateListSchedules({ client: await pool.load('scheduler') }, { NamePrefix }))
      for (const { Name } of page.Schedules ?? []) yield Name;
  },
};
