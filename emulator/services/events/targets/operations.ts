import type { Target } from '@aws-sdk/client-eventbridge';
import { required } from '../../../service/required.ts';
import type { EventBridgeOperations } from '../client.ts';
import { limitExceeded } from '../failures.ts';
import { pageOf } from '../page.ts';
import type { TargetRow } from '../rows.ts';
import type { EventStore } from '../store.ts';
import { readTarget } from './read-target.ts';

/** Targets of one rule. */
const MOST_TARGETS = 5;

export function targetOperations(store: EventStore) {
  return {
    PutTargets({ Rule = '', EventBusName, Targets }, call) {
      const { place, rule } = store.ruleNamed(call, EventBusName, Rule);
      const added = required(Targets, 'Targets').map(readTarget);
      const ids = new Set(added.map(({ id }) => id));
      const targets = [...rule.targets.filter(({ id }) => !ids.has(id)), ...lastOf(added)];
      if (targets.length > MOST_TARGETS) throw limitExceeded();
      store.setRule(place, { ...rule, targets });
      return { FailedEntryCount: 0, FailedEntries: [] };
    },

    RemoveTargets({ Rule = '', EventBusName, Ids }, call) {
      const { place, rule } = store.ruleNamed(call, EventBusName, Rule);
      const ids = required(Ids, 'Ids');
      store.setRule(place, { ...rule, targets: rule.targets.filter(({ id }) => !ids.includes(id)) });
      const missing = ids.filter((id) => !rule.targets.some((target) => target.id === id));
      return {
        FailedEntryCount: missing.length,
        FailedEntries: missing.map((TargetId) => ({
          TargetId,
          ErrorCode: 'ResourceNotFoundException',
          ErrorMessage: `Rule ${Rule} does not have a target with the Id ${TargetId}.`,
        })),
      };
    },

    ListTargetsByRule(input, call) {
      const { rule } = store.ruleNamed(call, input.EventBusName, required(input.Rule, 'Rule'));
      const targets = [...rule.targets].sort((a, b) => (a.id < b.id ? -1 : 1));
      const { page, next } = pageOf(targets, ({ id }) => id, input);
      return { Targets: page.map(shown), ...next };
    },

    ListRuleNamesByTarget(input, call) {
      const { place } = store.named(call, input.EventBusName);
      const names = store
        .rules(place, place.name)
        .filter(({ targets }) => targets.some(({ arn }) => arn === input.TargetArn))
        .map(({ name }) => name);
      const { page, next } = pageOf(names, (name) => name, input);
      return { RuleNames: [...page], ...next };
    },
  } satisfies EventBridgeOperations;
}

/** Of several targets with one id the last counts. */
function lastOf(targets: readonly TargetRow[]): TargetRow[] {
  return [...new Map(targets.map((target) => [target.id, target])).values()];
}

function shown(target: TargetRow): Target {
  const { role, input, inputPath, transformer, deadLetters, mostRetries, mostAgeSeconds } = target;
  return {
    Id: target.id,
    Arn: target.arn,
    ...(role === undefined ? {} : { RoleArn: role }),
    ...(input === undefined ? {} : { Input: input }),
    ...(inputPath === undefined ? {} : { InputPath: inputPath }),
    ...(transformer === undefined
      ? {}
      : {
          InputTransformer: { InputPathsMap: { ...transformer.paths }, InputTemplate: transformer.template },
        }),
    ...(target.groupId === undefined ? {} : { SqsParameters: { MessageGroupId: target.groupId } }),
    ...(target.partitionKeyPath === undefined
      ? {}
      : { KinesisParameters: { PartitionKeyPath: target.partitionKeyPath } }),
    ...(deadLetters === undefined ? {} : { DeadLetterConfig: { Arn: deadLetters } }),
    ...(mostRetries === undefined && mostAgeSeconds === undefined
      ? {}
      : {
          RetryPolicy: {
            ...(mostRetries === undefined ? {} : { MaximumRetryAttempts: mostRetries }),
            ...(mostAgeSeconds === undefined ? {} : { MaximumEventAgeInSeconds: mostAgeSeconds }),
          },
        }),
  };
}
