import {
  DescribeRuleCommand,
  ListRuleNamesByTargetCommand,
  ListTargetsByRuleCommand,
  type DescribeRuleResponse,
  type Target,
} from '@aws-sdk/client-eventbridge';
import type { Context } from '../checks/context.ts';

export interface FoundRule {
  readonly rule: DescribeRuleResponse;
  /** The function as the rule's target. */
  readonly target: Target;
}

/** The rules of the default bus that call a function: by pattern, or by schedule. Their names are the student's. */
export async function findRules(context: Context, functionArn: string): Promise<readonly FoundRule[]> {
  const { events } = context.clients;
  const { RuleNames = [] } = await events.send(new ListRuleNamesByTargetCommand({ TargetArn: functionArn }));
  const found: FoundRule[] = [];
  for (const Name of RuleNames) {
    const rule = await events.send(new DescribeRuleCommand({ Name }));
    const { Targets = [] } = await events.send(new ListTargetsByRuleCommand({ Rule: Name }));
    const target = Targets.find(({ Arn }) => Arn === functionArn);
    if (target !== undefined) found.push({ rule, target });
  }
  return found;
}
