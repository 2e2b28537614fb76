import type { Tag } from '@aws-sdk/client-sns';
import { ServiceFailure } from '../../../service/failure.ts';
import type { Call } from '../../../service/call.ts';
import type { Operations } from '../../../service/operations.ts';
import { required } from '../../../service/required.ts';
import type { Sns } from '../client.ts';
import { invalidParameter } from '../failures.ts';
import type { Topic, Topics } from './store.ts';

/** Most tags of a topic. */
const MOST = 50;

/**
 * Reads tags as a request brings them.
 * @throws ServiceFailure `InvalidParameter`
 */
export function readTags(given: readonly Tag[] | undefined): Record<string, string> {
  const tags: Record<string, string> = {};
  for (const { Key = '', Value = '' } of given ?? []) {
    // Recorded.
    if (Object.hasOwn(tags, Key)) throw invalidParameter('Duplicated keys are not allowed.');
    tags[Key] = Value;
  }
  return tags;
}

export function tagOperations(topics: Topics) {
  const named = (arn: string | undefined, call: Call): Topic => {
    const topic = topics.findArn(required(arn, 'ResourceArn'));
    if (topic === undefined || topic.account !== call.account) {
      throw new ServiceFailure('ResourceNotFoundException', 'Resource does not exist');
    }
    return topic;
  };
  return {
    TagResource(input, call) {
      const topic = named(input.ResourceArn, call);
      const tags = { ...topic.row.tags, ...readTags(input.Tags) };
      if (Object.keys(tags).length > MOST) {
        throw new ServiceFailure(
          'TagLimitExceededException',
          'Could not complete request: tag quota of per resource exceeded',
        );
      }
      topics.amend(topic, { tags });
      return {};
    },
    UntagResource(input, call) {
      const topic = named(input.ResourceArn, call);
      const keys = required(input.TagKeys, 'TagKeys');
      const tags = Object.fromEntries(Object.entries(topic.row.tags).filter(([key]) => !keys.includes(key)));
      topics.amend(topic, { tags });
      return {};
    },
    ListTagsForResource(input, call) {
      const { tags } = named(input.ResourceArn, call).row;
      return { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
    },
  } satisfies Operations<Sns>;
}
