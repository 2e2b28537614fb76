import {
  DeleteRuleCommand,
  DescribeRuleCommand,
  ListTargetsByRuleCommand,
  RemoveTargetsCommand,
  ListRulesCommand,
} from '@aws-sdk/client-eventbridge';
import { answers, ifThere, type Removal } from './removal.ts';

/** A rule of the default bus, which must have lost its targets first. */
export const removal: Removal = {
  async there(pool, name) {
    const events = await pool.load('events');
    return answers(events.send(new DescribeRuleCommand({ Name: name })));
  },
  async remove(pool, name) {
    const events = await pool.load('events');
    const { Targets = [] } = (await ifThere(events.send(new ListTargetsByRuleCommand({ Rule: name })))) ?? {};
    const Ids = Targets.flatMap(({ Id }) => (Id === undefined ? [] : [Id]));
    if (Ids.length > 0) await ifThere(events.send(new RemoveTargetsCommand({ Rule: name, Ids })));
    await ifThere(events.send(new DeleteRuleCommand({ Name: name })));
  },
  async *list(pool, NamePrefix) {
    const client = await pool.load('events');
    let NextToken: string | undefined;
    do {
      const page = await client.send(new ListRulesCommand({ NamePrefix, NextToken }));
      for (const { Name } of page.Rules ?? []) yield Name;
      ({ NextToken } = page);
    } while (NextToken !== undefined);
  },
};
