import type { Tag } from '@aws-sdk/client-eventbridge';
import type { Scope } from '../../service/call.ts';
import type { EventBridgeOperations } from './client.ts';
import { invalid, noSuchBus, noSuchRule } from './failures.ts';
import { placeOfBusArn, placeOfRuleArn } from './names.ts';
import type { Tags } from './rows.ts';
import type { EventStore } from './store.ts';

const MOST_TAGS = 50;

/** @throws ValidationException for more than 50 tags and for reserved keys */
export function readTags(tags: readonly Tag[] | undefined, before: Tags = {}): Tags {
  const added = Object.fromEntries((tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
  if (Object.keys(added).some((key) => /^aws:/i.test(key)))
    throw invalid('Tag keys that begin with aws: are reserved for AWS.');
  const all = { ...before, ...added };
  if (Object.keys(all).length > MOST_TAGS)
    throw invalid(`A resource can have no more than ${MOST_TAGS} tags.`);
  return all;
}

/** Tags of buses and rules, by ARN. */
export function tagOperations(store: EventStore) {
  /** The tags of a resource and the way to replace them. @throws ResourceNotFoundException, ValidationException */
  const tagged = (arn: string): { readonly tags: Tags; set(tags: Tags): void } => {
    const bus = placeOfBusArn(arn);
    if (bus !== undefined) {
      const row = store.bus(bus, bus.name);
      if (row === undefined) throw noSuchBus(bus.name);
      return { tags: row.tags, set: (tags) => store.setBus(bus, { ...row, tags }) };
    }
    const place = placeOfRuleArn(arn);
    if (place === undefined)
      throw invalid(`Parameter ${arn} is not valid. Reason: Provided Arn is not in correct format.`);
    const scope: Scope = { account: place.account, region: place.region };
    const rule = store.rule(scope, place.name, place.rule);
    if (rule === undefined) throw noSuchRule(place.rule, place.name);
    return { tags: rule.tags, set: (tags) => store.setRule(scope, { ...rule, tags }) };
  };

  return {
    TagResource({ ResourceARN = '', Tags }) {
      const resource = tagged(ResourceARN);
      resource.set(readTags(Tags, resource.tags));
      return {};
    },
    UntagResource({ ResourceARN = '', TagKeys = [] }) {
      const resource = tagged(ResourceARN);
      resource.set(
        Object.fromEntries(Object.entries(resource.tags).filter(([key]) => !TagKeys.includes(key))),
      );
      return {};
    },
    ListTagsForResource({ ResourceARN = '' }) {
      return { Tags: Object.entries(tagged(ResourceARN).tags).map(([Key, Value]) => ({ Key, Value })) };
    },
  } satisfies EventBridgeOperations;
}
