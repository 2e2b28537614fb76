import type { Operations } from '../../../service/operations.ts';
import { required } from '../../../service/required.ts';
import { ServiceFailure } from '../../../service/failure.ts';
import type { Sqs } from '../client.ts';
import { invalidAttribute, invalidValue, unknownAttribute } from '../failures.ts';
import type { LiveQueue } from '../live/live-queue.ts';
import type { Queues } from '../live/queues.ts';
import { checkQueueName, placeOfUrl, queueArn, queueUrl } from '../names.ts';
import { readRedriveAllowPolicy, readRedrivePolicy, redriveOf, takesFrom } from '../redrive/policy.ts';
import type { QueueRow } from '../rows.ts';
import { queueNamed } from './access.ts';
import { attributeNames, checkedAttributes, withDefaults } from './attributes.ts';
import { readTags } from './tags.ts';

/** A queue that may be purged again only after this many ms. */
const PURGE_EVERY = 60_000;

/** Queues: their life, names and attributes. */
export function queueOperations(queues: Queues) {
  const purged = new Map<string, number>();
  const checked = (place: { account: string; region: string; name: string }, given: Given, fifo: boolean) => {
    const attributes = checkedAttributes(defined(given), fifo);
    const arn = queueArn(place);
    const redrive = attributes['RedrivePolicy'];
    if (redrive !== undefined && redrive !== '') {
      attributes['RedrivePolicy'] = checkedRedrive(queues, redrive, arn, fifo);
    }
    const allow = attributes['RedriveAllowPolicy'];
    if (allow !== undefined && allow !== '') readRedriveAllowPolicy(allow);
    return attributes;
  };
  return {
    CreateQueue(input, call) {
      const name = required(input.QueueName, 'QueueName');
      const given = defined(input.Attributes ?? {});
      const fifo = given['FifoQueue'] === 'true';
      checkQueueName(name, fifo);
      const attributes = checked({ ...call, name }, given, fifo);
      checkThroughput(attributes);
      const existing = queues.find({ ...call, name });
      if (existing !== undefined) checkSame(existing.row, attributes);
      else {
        queues.create(call, { name, fifo, attributes: withoutKind(attributes), tags: readTags(input.tags) });
      }
      return { QueueUrl: queueUrl(call.origin, { ...call, name }) };
    },
    GetQueueUrl(input, call) {
      const name = required(input.QueueName, 'QueueName');
      const account = input.QueueOwnerAWSAccountId ?? call.account;
      const url = queueUrl(call.origin, { account, name });
      queueNamed(queues, url, call);
      return { QueueUrl: url };
    },
    ListQueues(input, call) {
      const most = input.MaxResults;
      if (most !== undefined && (most < 1 || most > 1000)) {
        throw invalidValue(most, 'MaxResults', 'MaxResults must be an integer between 1 and 1000.');
      }
      const after = input.NextToken === undefined ? '' : Buffer.from(input.NextToken, 'base64').toString();
      const names = [...queues.rows(call).values()]
        .map(({ name }) => name)
        .filter((name) => name.startsWith(input.QueueNamePrefix ?? '') && name > after)
        .sort();
      const shown = names.slice(0, most ?? 1000);
      const last = shown.at(-1);
      return {
        ...(shown.length > 0 && {
          QueueUrls: shown.map((name) => queueUrl(call.origin, { ...call, name })),
        }),
        // Only who asks for pages gets a token, as the API reference says.
        ...(most !== undefined &&
          last !== undefined &&
          names.length > shown.length && { NextToken: Buffer.from(last).toString('base64') }),
      };
    },
    DeleteQueue(input, call) {
      // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteQueue.html: no error for a
      // queue that is not there.
      const place = placeOfUrl(required(input.QueueUrl, 'QueueUrl'), call);
      if (place.account === call.account && queues.find(place) === undefined) return {};
      queues.delete(queueNamed(queues, input.QueueUrl, call));
      return {};
    },
    GetQueueAttributes(input, call) {
      const queue = queueNamed(queues, input.QueueUrl, call);
      const names = input.AttributeNames ?? [];
      const unknown = names.find((name) => name !== 'All' && !attributeNames.has(name));
      if (unknown !== undefined) throw unknownAttribute(unknown);
      const all = Object.entries(told(queue));
      const asked = all.filter(([name]) => names.some((wanted) => wanted === 'All' || wanted === name));
      return asked.length === 0 ? {} : { Attributes: Object.fromEntries(asked) };
    },
    SetQueueAttributes(input, call) {
      const queue = queueNamed(queues, input.QueueUrl, call);
      const { row } = queue;
      const given = defined(required(input.Attributes, 'Attributes'));
      if (row.fifo && given['FifoQueue'] !== undefined && given['FifoQueue'] !== 'true') {
        throw invalidAttribute('FifoQueue', 'Modifying queue type is not supported.');
      }
      const attributes = withoutKind(checked({ ...queue.scope, name: row.name }, given, row.fifo));
      if (attributes['KmsMasterKeyId'] && attributes['SqsManagedSseEnabled'] === 'true') {
        throw new ServiceFailure(
          'InvalidAttributeName',
          'You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.',
        );
      }
      const merged = { ...row.attributes, ...attributes };
      if (attributes['SqsManagedSseEnabled'] === 'true') delete merged['KmsMasterKeyId'];
      if (attributes['KmsMasterKeyId']) delete merged['SqsManagedSseEnabled'];
      checkThroughput(merged);
      queues.amend(queue, { attributes: merged });
      return {};
    },
    PurgeQueue(input, call) {
      const queue = queueNamed(queues, input.QueueUrl, call);
      const now = queues.cloud.clock.now();
      const last = purged.get(queue.id);
      if (last !== undefined && now - last < PURGE_EVERY) {
        throw new ServiceFailure(
          'PurgeQueueInProgress',
          `Only one PurgeQueue operation on ${queue.row.name} is allowed every 60 seconds.`,
        );
      }
      for (const [id, at] of purged) if (now - at >= PURGE_EVERY) purged.delete(id);
      purged.set(queue.id, now);
      queue.purge();
      return {};
    },
    ListDeadLetterSourceQueues(input, call) {
      const queue = queueNamed(queues, input.QueueUrl, call);
      const most = input.MaxResults ?? 1000;
      const after = input.NextToken === undefined ? '' : Buffer.from(input.NextToken, 'base64').toString();
      const arn = queues.arnOf(queue);
      const names = [...queues.rows(queue.scope).values()]
        .filter((row) => redriveOf(row)?.deadLetterTargetArn === arn && row.name > after)
        .map(({ name }) => name)
        .sort();
      const shown = names.slice(0, most);
      return {
        queueUrls: shown.map((name) => queueUrl(call.origin, { ...queue.scope, name })),
        ...(names.length > shown.length && {
          NextToken: Buffer.from(shown.at(-1) ?? '').toString('base64'),
        }),
      };
    },
  } satisfies Operations<Sqs>;
}

/** Whether a queue is FIFO is kept apart: it never changes. */
function withoutKind(attributes: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => name !== 'FifoQueue'));
}

type Given = Readonly<Record<string, string | undefined>>;

function defined(given: Given): Record<string, string> {
  return Object.fromEntries(
    Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** A redrive policy in the form that SQS answers it in. */
function checkedRedrive(queues: Queues, text: string, sourceArn: string, fifo: boolean): string {
  const { policy, target } = readRedrivePolicy(text);
  const wrong = (reason: string) => invalidValue(text, 'RedrivePolicy', reason);
  const deadLetters = queues.find(target);
  if (deadLetters === undefined) throw wrong('Dead letter target does not exist.');
  if (deadLetters.row.fifo !== fifo) {
    throw wrong('Dead-letter queue must be same type of queue as the source.');
  }
  if (!takesFrom(deadLetters.row, sourceArn)) {
    throw wrong('The dead-letter queue does not allow this source queue (RedriveAllowPolicy).');
  }
  return JSON.stringify(policy);
}

/* https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html: high throughput */
function checkThroughput(attributes: Given): void {
  if (
    attributes['FifoThroughputLimit'] === 'perMessageGroupId' &&
    attributes['DeduplicationScope'] !== 'messageGroup'
  ) {
    throw invalidAttribute(
      'FifoThroughputLimit',
      'The perMessageGroupId value is allowed only when the value for DeduplicationScope is messageGroup.',
    );
  }
}

/** A second CreateQueue may repeat what the queue has, and nothing else. */
function checkSame(row: QueueRow, attributes: Given): void {
  const has = withDefaults(row);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === '' ? has[name] === undefined : has[name] === value) continue;
    throw new ServiceFailure(
      'QueueNameExists',
      `A queue already exists with the same name and a different value for attribute ${name}`,
    );
  }
}

function told(queue: LiveQueue): Record<string, string> {
  const { row, scope } = queue;
  const { delayed, visible, inFlight } = queue.counts();
  return {
    QueueArn: queueArn({ ...scope, name: row.name }),
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    CreatedTimestamp: String(Math.floor(row.created / 1000)),
    LastModifiedTimestamp: String(Math.floor(row.modified / 1000)),
    ...withDefaults(row),
  };
}
