import {
  DescribeRuleCommand,
  ListRuleNamesByTargetCommand,
  type DescribeRuleResponse,
} from '@aws-sdk/client-eventbridge';
import { ListSchedulesCommand, type ListSchedulesCommandOutput } from '@aws-sdk/client-scheduler';
import { alias } from '../names.ts';
import { configurationOf } from './function.ts';
import { isNamed } from '../../aws-errors/named.ts';
import { shown } from '../../wording/wording.ts';
import type { Context, LabCheck } from './context.ts';

/** A rule or a schedule that calls the function by the clock. */
interface Timer {
  readonly name: string;
  readonly evidence: { readonly label: string; readonly value: string };
}

const timer: LabCheck = {
  id: 'no-pinger',
  title: (text) => text.timer.title,
  points: 5,
  needs: ['ready'],
  verifiedOn: ['embedded'],
  hints: (text) => text.timer.hints,
  async run(context) {
    const { text } = context;
    const arn = (configurationOf(context).FunctionArn ?? '').replace(/:\$LATEST$/, '');
    const rules = await orNone(rulesFor(context, arn));
    const schedules = await orNone(schedulesFor(context, arn));
    const [found] = [...rules, ...schedules];
    if (found !== undefined) context.fail({ ...text.timer.found(found.name), evidence: [found.evidence] });
  },
};

/** A server without the service has no timers; what else goes wrong is not the student's fault, and is said. */
async function orNone(timers: Promise<Timer[]>): Promise<Timer[]> {
  try {
    return await timers;
  } catch (error) {
    const { $metadata } = error as { readonly $metadata?: { readonly httpStatusCode?: number } };
    if ($metadata?.httpStatusCode === 501 || isNamed(error, 'UnknownOperationException', 'NotImplemented'))
      return [];
    throw error;
  }
}

async function rulesFor({ clients }: Context, arn: string): Promise<Timer[]> {
  const found: Timer[] = [];
  for (const TargetArn of [arn, `${arn}:${alias}`, `${arn}:$LATEST`]) {
    const { RuleNames = [] } = await clients.events.send(new ListRuleNamesByTargetCommand({ TargetArn }));
    for (const Name of RuleNames) {
      const rule: DescribeRuleResponse = await clients.events.send(new DescribeRuleCommand({ Name }));
      // A rule with a pattern waits for events: it is somebody's work, and keeps nothing warm by the clock.
      if (rule.ScheduleExpression === undefined || rule.State === 'DISABLED') continue;
      const { ScheduleExpression, State } = rule;
      const value = shown({ Name, ScheduleExpression, State, Target: TargetArn });
      found.push({ name: Name, evidence: { label: 'DescribeRule', value } });
    }
  }
  return found;
}

async function schedulesFor({ clients }: Context, arn: string): Promise<Timer[]> {
  const found: Timer[] = [];
  let NextToken: string | undefined;
  do {
    const page: ListSchedulesCommandOutput = await clients.scheduler.send(
      new ListSchedulesCommand({ NextToken }),
    );
    for (const { Name = '', GroupName, State, Target } of page.Schedules ?? []) {
      const calls = Target?.Arn === arn || Target?.Arn?.startsWith(`${arn}:`) === true;
      if (!calls || State === 'DISABLED') continue;
      const value = shown({ Name, GroupName, State, Target: Target.Arn });
      found.push({ name: Name, evidence: { label: 'ListSchedules', value } });
    }
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return found;
}

export const timerChecks = { timer };
