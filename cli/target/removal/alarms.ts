import {
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  paginateDescribeAlarms,
} from '@aws-sdk/client-cloudwatch';
import { ifThere, type Removal } from './removal.ts';

/** An alarm with its history. */
export const removal: Removal = {
  async there(pool, name) {
    const cloudwatch = await pool.load('cloudwatch');
    const found = await cloudwatch.send(
      new DescribeAlarmsCommand({ AlarmNames: [name], AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] }),
    );
    return (found.MetricAlarms ?? []).length + (found.CompositeAlarms ?? []).length > 0;
  },
  async remove(pool, name) {
    const cloudwatch = await pool.load('cloudwatch');
    await ifThere(cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames: [name] })));
  },
  async *list(pool, AlarmNamePrefix) {
    const client = await pool.load('cloudwatch');
    for await (const page of paginateDescribeAlarms({ client }, { AlarmNamePrefix }))
      for (const { AlarmName } of [...(page.MetricAlarms ?? []), ...(page.CompositeAlarms ?? [])])
        yield AlarmName;
  },
};
