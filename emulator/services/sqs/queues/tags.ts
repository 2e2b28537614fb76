import type { Operations } from '../../../service/operations.ts';
import { required } from '../../../service/required.ts';
import type { Sqs } from '../client.ts';
import { invalidParameter } from '../failures.ts';
import type { Queues } from '../live/queues.ts';
import { queueNamed } from './access.ts';

/** Most tags of a queue. */
const MOST = 50;

/**
 * Reads tags as a request brings them.
 * @throws ServiceFailure `InvalidParameterValue`
 */
export function readTags(
  given: Readonly<Record<string, string | undefined>> | undefined,
): Record<string, string> {
  const tags: Record<string, string> = {};
  for (const [key, value = ''] of Object.entries(given ?? {})) {
    if (key === '' || key.length > 128)
      throw invalidParameter('Tag keys must be between 1 and 128 characters in length.');
    if (value.length > 256)
      throw invalidParameter('Tag values must be between 0 and 256 characters in length.');
    if (/^aws:/i.test(key)) throw invalidParameter('Tag keys may not start with aws:');
    tags[key] = value;
  }
  return tags;
}

export function tagOperations(queues: Queues) {
  return {
    TagQueue(input, call) {
      const queue = queueNamed(queues, input.QueueUrl, call);
      const tags = { ...queue.row.tags, ...readTags(required(input.Tags, 'Tags')) };
      if (Object.keys(tags).length > MOST) {
        throw invalidParameter(`Too many tags added for queue ${queue.row.name}.`);
      }
      queues.amend(queue, { tags });
      return {};
    },
    UntagQueue(input, call) {
      const queue = queueNamed(queues, input.QueueUrl, call);
      const keys = required(input.TagKeys, 'TagKeys');
      const tags = Object.fromEntries(Object.entries(queue.row.tags).filter(([key]) => !keys.includes(key)));
      queues.amend(queue, { tags });
      return {};
    },
    ListQueueTags(input, call) {
      const { tags } = queueNamed(queues, input.QueueUrl, call).row;
      return Object.keys(tags).length === 0 ? {} : { Tags: tags };
    },
  } satisfies Operations<Sqs>;
}
