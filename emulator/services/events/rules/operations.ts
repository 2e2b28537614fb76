import type { Rule } from '@aws-sdk/client-eventbridge';
import { required } from '../../../service/required.ts';
import { readRuleExpression } from '../../scheduler/expression/expression.ts';
import type { EventBridgeOperations } from '../client.ts';
import { invalid, limitExceeded } from '../failures.ts';
import { DEFAULT_BUS, ruleArn, type BusPlace } from '../names.ts';
import { pageOf } from '../page.ts';
import { readEventPattern } from '../pattern/pattern.ts';
import type { RuleRow } from '../rows.ts';
import type { Ticker } from '../schedule/ticker.ts';
import type { EventStore } from '../store.ts';
import { readTags } from '../tags.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html: rules of a bus. */
const MOST_RULES = 300;

export function ruleOperations(store: EventStore, ticker: Ticker) {
  const setState = (place: BusPlace, rule: RuleRow, state: RuleRow['state']): void => {
    const changed = { ...rule, state };
    store.setRule(place, changed);
    ticker.follow(place, changed);
  };

  return {
    PutRule(input, call) {
      const name = required(input.Name, 'Name');
      const { place } = store.named(call, input.EventBusName);
      const { EventPattern: pattern, ScheduleExpression: schedule } = input;
      if (!pattern && !schedule)
        throw invalid('Parameter(s) EventPattern or ScheduleExpression must be specified.');
      if (pattern) readEventPattern(pattern);
      if (schedule) {
        if (place.name !== DEFAULT_BUS)
          throw invalid('ScheduleExpression is supported only on the default event bus.');
        if (readRuleExpression(schedule) === undefined)
          throw invalid('Parameter ScheduleExpression is not valid.');
      }
      const before = store.rule(place, place.name, name);
      if (before === undefined && store.rules(place, place.name).length >= MOST_RULES) throw limitExceeded();
      const rule: RuleRow = {
        bus: place.name,
        name,
        // A schedule that is changed counts from then on.
        created:
          before !== undefined && before.schedule === schedule ? before.created : store.cloud.clock.now(),
        state: input.State ?? 'ENABLED',
        ...(pattern ? { pattern } : {}),
        ...(schedule ? { schedule } : {}),
        ...(input.Description === undefined ? {} : { description: input.Description }),
        ...(input.RoleArn === undefined ? {} : { role: input.RoleArn }),
        // "Tags are only used when a rule is made": a change keeps those that are there.
        tags: before?.tags ?? readTags(input.Tags),
        targets: before?.targets ?? [],
      };
      store.setRule(place, rule);
      ticker.follow(place, rule);
      return { RuleArn: ruleArn(place, place.name, name) };
    },

    DescribeRule({ Name = '', EventBusName }, call) {
      const { place, rule } = store.ruleNamed(call, EventBusName, Name);
      return { ...shown(place, rule), CreatedBy: place.account };
    },

    ListRules(input, call) {
      const { place } = store.named(call, input.EventBusName);
      const rules = store
        .rules(place, place.name)
        .filter(({ name }) => name.startsWith(input.NamePrefix ?? ''));
      const { page, next } = pageOf(rules, ({ name }) => name, input);
      return { Rules: page.map((rule) => shown(place, rule)), ...next };
    },

    EnableRule({ Name = '', EventBusName }, call) {
      const { place, rule } = store.ruleNamed(call, EventBusName, Name);
      setState(place, rule, 'ENABLED');
      return {};
    },

    DisableRule({ Name = '', EventBusName }, call) {
      const { place, rule } = store.ruleNamed(call, EventBusName, Name);
      setState(place, rule, 'DISABLED');
      return {};
    },

    DeleteRule({ Name = '', EventBusName }, call) {
      const { place } = store.named(call, EventBusName);
      const rule = store.rule(place, place.name, Name);
      if (rule === undefined) return {};
      if (rule.targets.length > 0) throw invalid(`Rule can't be deleted since it has targets.`);
      store.deleteRule(place, rule);
      ticker.forget(place, rule);
      return {};
    },
  } satisfies EventBridgeOperations;
}

function shown(place: BusPlace, rule: RuleRow): Rule {
  return {
    Name: rule.name,
    Arn: ruleArn(place, rule.bus, rule.name),
    EventBusName: rule.bus,
    State: rule.state,
    ...(rule.pattern === undefined ? {} : { EventPattern: rule.pattern }),
    ...(rule.schedule === undefined ? {} : { ScheduleExpression: rule.schedule }),
    ...(rule.description === undefined ? {} : { Description: rule.description }),
    ...(rule.role === undefined ? {} : { RoleArn: rule.role }),
  };
}
