import { createHash, randomUUID } from 'node:crypto';
import type { Scope } from '../../../service/call.ts';
import type { TrailId } from '../../../trail/trail.ts';
import { invalidParameter } from '../failures.ts';
import type { Deliveries } from '../delivery/deliveries.ts';
import { matchesAttributes, matchesBody } from '../filter/match.ts';
import { DEDUPLICATION, LARGEST } from '../rows.ts';
import type { AttributeRow, DuplicateRow, SubscriptionRow } from '../rows.ts';
import { deadLettersOf, filterOf, isRaw } from '../subscriptions/attributes.ts';
import type { Topic, Topics } from '../topics/store.ts';
import { checkSubject, readMessage, sizeOf } from './content.ts';

/** A message that somebody publishes, its attributes read. */
export interface Published {
  readonly message: string;
  readonly subject: string | undefined;
  readonly structure: string | undefined;
  readonly attributes: Readonly<Record<string, AttributeRow>>;
  readonly group: string | undefined;
  readonly deduplication: string | undefined;
}

/** Takes messages in and hands them to the deliveries. */
export class Publisher {
  readonly #topics: Topics;
  readonly #deliveries: Deliveries;
  readonly #duplicates;

  constructor(topics: Topics, deliveries: Deliveries) {
    this.#topics = topics;
    this.#deliveries = deliveries;
    this.#duplicates = topics.cloud.state.table<DuplicateRow>('sns.duplicates');
  }

  /**
   * Publishes a message: from now on it is kept until each subscriber has it or it was given up.
   * @throws ServiceFailure in SNS's words
   */
  publish(
    topic: Topic,
    given: Published,
    cause: TrailId | undefined,
  ): { readonly messageId: string; readonly sequenceNumber: string | undefined } {
    const texts = readMessage(given.message, given.structure);
    checkSubject(given.subject);
    if (sizeOf(given.message, given.attributes) > LARGEST) throw invalidParameter('Message too long');
    checkId(given.group, 'MessageGroupId');
    checkId(given.deduplication, 'MessageDeduplicationId');
    const now = this.#topics.cloud.clock.now();
    const messageId = randomUUID();
    const fifo = topic.row.fifo ? this.#sequenced(topic, given, messageId, now) : undefined;
    if (!topic.row.fifo && given.deduplication !== undefined) {
      throw invalidParameter(
        'MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type',
      );
    }
    // Accepted and not delivered again; the publisher is told of the message that was.
    if (fifo?.known !== undefined) {
      return { messageId: fifo.known.messageId, sequenceNumber: fifo.known.sequence };
    }
    for (const subscription of this.#topics.subscriptionsOf(topic)) {
      const message = texts(subscription.protocol);
      if (!takes(subscription, message, given.attributes)) continue;
      const deadLetters = deadLettersOf(subscription);
      this.#deliveries.add(topic, {
        id: randomUUID(),
        topicArn: topic.arn,
        subscriptionArn: subscription.arn,
        protocol: subscription.protocol,
        endpoint: subscription.endpoint,
        raw: isRaw(subscription),
        ...(deadLetters !== undefined && { deadLetters }),
        messageId,
        ...(given.subject !== undefined && { subject: given.subject }),
        message,
        attributes: given.attributes,
        ...(given.group !== undefined && { group: given.group }),
        ...(fifo !== undefined && { deduplication: fifo.id, sequence: fifo.sequence }),
        published: now,
        attempts: 0,
        dueAt: now,
        ...(cause !== undefined && { cause }),
      });
    }
    return { messageId, sequenceNumber: fifo?.sequence };
  }

  #sequenced(
    topic: Topic,
    given: Published,
    messageId: string,
    now: number,
  ): { readonly id: string; readonly sequence: string; readonly known: DuplicateRow | undefined } {
    if (given.group === undefined) {
      throw invalidParameter('The MessageGroupId parameter is required for FIFO topics');
    }
    let id = given.deduplication;
    if (id === undefined) {
      if (topic.row.attributes['ContentBasedDeduplication'] !== 'true') {
        throw invalidParameter(
          'The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
        );
      }
      id = createHash('sha256').update(given.message, 'utf8').digest('hex');
    }
    const rows = this.#duplicates.in(scopeOf(topic));
    for (const [key, { at }] of rows.entries()) {
      // They lie in the order of their coming: the first that is young ends it.
      if (now - at < DEDUPLICATION) break;
      rows.delete(key);
    }
    const group = topic.row.attributes['FifoThroughputScope'] === 'MessageGroup' ? given.group : '';
    const key = JSON.stringify([topic.name, group, id]);
    const known = rows.get(key);
    const sequence = topic.row.sequence + 1;
    const text = String(10_000_000_000_000_000_000n + BigInt(sequence) * 1000n);
    if (known === undefined) {
      rows.set(key, { messageId, sequence: text, at: now });
      const row = this.#topics.find(topic)?.row ?? topic.row;
      this.#topics.rows(topic).set(topic.name, { ...row, sequence: row.sequence + 1 });
    }
    return { id, sequence: text, known };
  }
}

function scopeOf({ account, region }: Scope): Scope {
  return { account, region };
}

function takes(
  subscription: SubscriptionRow,
  message: string,
  attributes: Readonly<Record<string, AttributeRow>>,
): boolean {
  const filter = filterOf(subscription);
  if (filter === undefined) return true;
  return filter.scope === 'body'
    ? matchesBody(filter.policy, message)
    : matchesAttributes(filter.policy, attributes);
}

function checkId(value: string | undefined, parameter: string): void {
  if (value === undefined || /^[A-Za-z0-9!"#$%&'()*+,\-./:;<=>?@[\\\]^_`{|}~]{1,128}$/.test(value)) return;
  throw invalidParameter(
    `${parameter} Reason: ${parameter} can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
  );
}
