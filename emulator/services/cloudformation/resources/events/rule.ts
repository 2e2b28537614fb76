import type { PutRuleCommandInput, Target } from '@aws-sdk/client-eventbridge';
import type { Json } from '../../../../state/state.ts';
import { mustBeNew } from '../presence/presence.ts';
import { ifThere, orUndone } from '../translate/gone.ts';
import { ResourceFailure } from '../resource-type.ts';
import type { Physical, Properties, ResourceType, ResourceWork } from '../resource-type.ts';
import { retag, tagsInput, tagsRead, toldTags } from '../tagging/tagging.ts';
import { documentText, shaped, text } from '../translate/shaped.ts';
import { tagList } from '../translate/tags.ts';

const TYPE = 'AWS::Events::Rule';
const DEFAULT_BUS = 'default';

/** Where a rule is, as operations name it. */
interface Place {
  readonly Name: string;
  readonly EventBusName: string;
}

/** A bus may be given by its ARN. */
const busOf = (properties: Properties): string => {
  const given = text(properties['EventBusName']) ?? DEFAULT_BUS;
  return given.slice(given.lastIndexOf('/') + 1);
};
const placeFor = (properties: Properties, work: ResourceWork): Place => ({
  Name: text(properties['Name']) ?? work.name(64),
  EventBusName: busOf(properties),
});

/** `Ref` gives the rule's name, with that of the bus before it where that is not the default one. */
const idOf = ({ Name, EventBusName }: Place): string =>
  EventBusName === DEFAULT_BUS ? Name : `${EventBusName}|${Name}`;
function placeOf(id: string): Place {
  const bar = id.indexOf('|');
  return bar < 0
    ? { Name: id, EventBusName: DEFAULT_BUS }
    : { Name: id.slice(bar + 1), EventBusName: id.slice(0, bar) };
}

const arnOf = ({ Name, EventBusName }: Place, { scope }: ResourceWork): string =>
  `arn:aws:events:${scope.region}:${scope.account}:rule/${EventBusName === DEFAULT_BUS ? '' : `${EventBusName}/`}${Name}`;
const physical = (place: Place, work: ResourceWork): Physical => ({
  id: idOf(place),
  attributes: { Arn: arnOf(place, work), RuleName: place.Name },
});

const targetsOf = (properties: Properties): Target[] =>
  shaped<Target[] | undefined>(properties['Targets']) ?? [];

function ruleInput(place: Place, properties: Properties): PutRuleCommandInput {
  const { Description, EventPattern, RoleArn, ScheduleExpression, State } = properties;
  return {
    ...place,
    ...(Description !== undefined && { Description: text(Description) }),
    ...(EventPattern !== undefined && { EventPattern: documentText(EventPattern) }),
    ...(RoleArn !== undefined && { RoleArn: text(RoleArn) }),
    ...(ScheduleExpression !== undefined && { ScheduleExpression: text(ScheduleExpression) }),
    State: shaped<PutRuleCommandInput['State'] | undefined>(State) ?? 'ENABLED',
  };
}

async function aim({ Name, EventBusName }: Place, Targets: Target[], work: ResourceWork): Promise<void> {
  if (Targets.length === 0) return;
  const { FailedEntries = [] } = await work.call('events', 'PutTargets', {
    Rule: Name,
    EventBusName,
    Targets,
  });
  const [failed] = FailedEntries;
  if (failed !== undefined) throw new ResourceFailure(failed.ErrorMessage ?? 'A target was refused.');
}

async function targetsNow({ Name, EventBusName }: Place, work: ResourceWork): Promise<Target[]> {
  const { Targets = [] } = await work.call('events', 'ListTargetsByRule', { Rule: Name, EventBusName });
  return Targets;
}

async function remove(place: Place, work: ResourceWork): Promise<void> {
  const { Name, EventBusName } = place;
  const Ids = ((await ifThere(targetsNow(place, work))) ?? []).map(({ Id }) => Id ?? '');
  if (Ids.length > 0) await ifThere(work.call('events', 'RemoveTargets', { Rule: Name, EventBusName, Ids }));
  await ifThere(work.call('events', 'DeleteRule', { Name, EventBusName }));
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-rule.html */
export const rule: ResourceType = {
  async create(properties, work) {
    const place = placeFor(properties, work);
    const there = work.call('events', 'DescribeRule', { ...place });
    await mustBeNew(TYPE, idOf(place), there);
    await work.call('events', 'PutRule', { ...ruleInput(place, properties), ...tagsInput(properties, work) });
    await orUndone(
      () => aim(place, targetsOf(properties), work),
      () => remove(place, work),
    );
    return physical(place, work);
  },

  async update(kept, wanted, work) {
    const place = placeOf(kept.id);
    await work.call('events', 'PutRule', ruleInput(place, wanted));
    const ids = new Set(targetsOf(wanted).map(({ Id }) => Id));
    const gone = targetsOf(kept.properties).flatMap(({ Id = '' }) => (ids.has(Id) ? [] : [Id]));
    const { Name: Rule, EventBusName } = place;
    // Those that go make room: a rule has five at most.
    if (gone.length > 0) await work.call('events', 'RemoveTargets', { Rule, EventBusName, Ids: gone });
    await aim(place, targetsOf(wanted), work);
    const ResourceARN = arnOf(place, work);
    await retag(kept, wanted, work, {
      set: (tags) => work.call('events', 'TagResource', { ResourceARN, Tags: tagList(tags) }),
      remove: (TagKeys) => work.call('events', 'UntagResource', { ResourceARN, TagKeys }),
    });
    return physical(place, work);
  },

  async delete(kept, work) {
    await remove(placeOf(kept.id), work);
  },

  async read(kept, work) {
    const place = placeOf(kept.id);
    const told = await ifThere(work.call('events', 'DescribeRule', { ...place }));
    if (told === undefined) return undefined;
    const { Tags } = await work.call('events', 'ListTagsForResource', { ResourceARN: arnOf(place, work) });
    const given = kept.properties;
    const now: Readonly<Record<string, Json | undefined>> = {
      Name: told.Name,
      Description: told.Description,
      EventPattern:
        typeof given['EventPattern'] === 'object' && told.EventPattern !== undefined
          ? (JSON.parse(told.EventPattern) as Json)
          : told.EventPattern,
      RoleArn: told.RoleArn,
      ScheduleExpression: told.ScheduleExpression,
      State: told.State,
      EventBusName: given['EventBusName'],
    };
    const plain = Object.entries(now).flatMap(([name, value]): [string, Json][] =>
      value === undefined || given[name] === undefined ? [] : [[name, value]],
    );
    const targets = ordered(await targetsNow(place, work), targetsOf(given));
    return {
      ...Object.fromEntries(plain),
      ...(targets.length > 0 && { Targets: shaped<Json>(targets as unknown as Json) }),
      ...tagsRead(toldTags(Tags), kept, work),
    };
  },

  nameOf: (properties, work) => idOf(placeFor(properties, work)),
  replaces: (before, wanted) => busOf(before) !== busOf(wanted),
};

/** Targets in the template's order, those that it does not have behind them. */
function ordered(now: readonly Target[], given: readonly Target[]): Target[] {
  const place = ({ Id }: Target): number => {
    const at = given.findIndex((one) => one.Id === Id);
    return at < 0 ? given.length : at;
  };
  return [...now].sort((a, b) => place(a) - place(b));
}
