import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { retentionDays } from '../names.ts';
import { shown } from '../../wording/wording.ts';
import type { LabCheck } from './context.ts';
import { groupOf } from './function.ts';

const retention: LabCheck = {
  id: 'retention',
  title: (text) => text.retention.title,
  points: 5,
  needs: ['found'],
  verifiedOn: ['embedded'],
  hints: (text) => text.retention.hints,
  async run(context) {
    const { text, clients } = context;
    const name = groupOf(context);
    const { logGroups = [] } = await clients.logs.send(
      new DescribeLogGroupsCommand({ logGroupNamePrefix: name }),
    );
    const group = logGroups.find(({ logGroupName }) => logGroupName === name);
    const days = group?.retentionInDays;
    const evidence = [{ label: 'DescribeLogGroups', value: shown(group) }];
    const expected = String(retentionDays);
    if (days === undefined) return context.fail({ ...text.retention.never(name), expected, evidence });
    context.expect(days, { ...text.retention.other(name, days), evidence }).toBe(retentionDays);
    return undefined;
  },
};

export const retentionChecks = { retention };
