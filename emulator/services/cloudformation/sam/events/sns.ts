import { type Obj, getAtt, isNothing, isObj, isText, obj, ref, truthy } from '../json.ts';
import { type Made, made } from '../made.ts';
import { allowManaged, managedArn } from '../policies/role.ts';
import { type Work, resourceAt } from '../work.ts';
import { queuePolicy } from './dead-letter.ts';
import { type Event, arnOf, checkProperties, failedByName, nameOf } from './event.ts';
import { permission } from './permission.ts';

/** A subscription to a topic, straight or through a queue. */
export function subscribed(work: Work, event: Event): Made[] {
  const given = event.properties;
  checkProperties(
    event.id,
    'SNS',
    given,
    'Topic! Region FilterPolicy:map FilterPolicyScope SqsSubscription RedrivePolicy:map',
  );
  const through = given['SqsSubscription'];
  if (!truthy(through))
    return [
      subscription(event, 'lambda', arnOf(event.to)),
      permission(event, 'sns.amazonaws.com', { SourceArn: given['Topic'] }),
    ];
  return isObj(through) ? throughOwnQueue(work, event, through) : throughNewQueue(work, event);
}

const subscription = (event: Event, protocol: string, endpoint: unknown): Made => {
  const given = event.properties;
  return made(
    event.id,
    'AWS::SNS::Subscription',
    {
      Protocol: protocol,
      Endpoint: endpoint,
      TopicArn: given['Topic'],
      Region: given['Region'],
      FilterPolicy: given['FilterPolicy'],
      FilterPolicyScope: given['FilterPolicyScope'],
      RedrivePolicy: given['RedrivePolicy'],
    },
    { ...event.source.passed },
  );
};

function throughNewQueue(work: Work, event: Event): Made[] {
  const topic = event.properties['Topic'];
  const resource = isObj(topic) ? resourceAt(work, topic['Ref']) : undefined;
  const fifo = obj(resource?.['Properties'])['FifoTopic'] === true ? true : undefined;
  const queue = made(`${event.id}Queue`, 'AWS::SQS::Queue', { FifoQueue: fifo }, { ...event.source.passed });
  return [
    queue,
    ...between(work, event, ref(queue.id), getAtt(queue.id, 'Arn'), `${event.id}QueuePolicy`, {
      BatchSize: 10,
      Enabled: true,
    }),
  ];
}

function throughOwnQueue(work: Work, event: Event, settings: Obj): Made[] {
  const { QueueArn: arn, QueueUrl: url, QueuePolicyLogicalId: policy } = settings;
  if (isNothing(arn) || isNothing(url)) throw failedByName(event, 'No QueueARN or QueueURL provided.');
  return between(work, event, url, arn, isText(policy) ? policy : `${event.id}QueuePolicy`, {
    BatchSize: settings['BatchSize'] ?? 10,
    Enabled: settings['Enabled'] ?? true,
  });
}

/** The subscription of the queue, the mapping that polls it, and what lets the topic send. */
function between(
  work: Work,
  event: Event,
  url: unknown,
  arn: unknown,
  policyId: string,
  settings: Obj,
): Made[] {
  if (event.to.role)
    allowManaged(event.to.role, managedArn(work, 'service-role/AWSLambdaSQSQueueExecutionRole'));
  return [
    queuePolicy(policyId, arn, url, '*', event.properties['Topic'], event.source.passed),
    made(
      `${event.id}EventSourceMapping`,
      'AWS::Lambda::EventSourceMapping',
      { FunctionName: nameOf(event.to), EventSourceArn: arn, ...settings },
      { ...event.source.passed },
    ),
    subscription(event, 'sqs', arn),
  ];
}
