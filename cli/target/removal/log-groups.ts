import {
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
  paginateDescribeLogGroups,
} from '@aws-sdk/client-cloudwatch-logs';
import { ifThere, type Removal } from './removal.ts';

/** A log group with its streams, filters and subscriptions. */
export const removal: Removal = {
  async there(pool, name) {
    const logs = await pool.load('logs');
    const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name }));
    return logGroups.some((group) => group.logGroupName === name);
  },
  async remove(pool, name) {
    const logs = await pool.load('logs');
    await ifThere(logs.send(new DeleteLogGroupCommand({ logGroupName: name })));
  },
  async *list(pool, start) {
    const client = await pool.load('logs');
    for (const logGroupNamePrefix of [start, `/aws/lambda/${start}`])
      for await (const page of paginateDescribeLogGroups({ client }, { logGroupNamePrefix }))
        for (const { logGroupName } of page.logGroups ?? []) yield logGroupName;
  },
};
