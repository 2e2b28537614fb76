import { getAtt, isNothing, isObj, isText, type Obj, ref } from '../json.ts';
import { type Made, made } from '../made.ts';

export interface DeadLetters {
  /** What the rule or schedule says, or undefined. */
  readonly config: Obj | undefined;
  readonly made: Made[];
}

/** `DeadLetterConfig` of a rule or schedule: a queue that is there, or one that is made. */
export function deadLetters(
  id: string,
  wished: unknown,
  passed: Obj,
  fail: (reason: string) => Error,
  rule: Obj = getAtt(id, 'Arn'),
): DeadLetters {
  if (isNothing(wished)) return { config: undefined, made: [] };
  const config = isObj(wished) ? wished : {};
  const [arn, type] = [config['Arn'], config['Type']];
  if (!isNothing(arn) && !isNothing(type))
    throw fail("You can either define 'Arn' or 'Type' property of DeadLetterConfig.");
  if (isNothing(arn) && isNothing(type))
    throw fail("No 'Arn' or 'Type' property provided for DeadLetterConfig.");
  if (!isNothing(arn)) return { config: { Arn: arn }, made: [] };
  if (type !== 'SQS') throw fail("The only valid value for 'Type' property of DeadLetterConfig is 'SQS'.");
  const name = config['QueueLogicalId'];
  if (!isNothing(name) && !isText(name)) throw fail('QueueLogicalId must be a string');
  const queue = made(isText(name) ? name : `${id}Queue`, 'AWS::SQS::Queue', {}, { ...passed });
  const policy = queuePolicy(
    `${id}QueuePolicy`,
    getAtt(queue.id, 'Arn'),
    ref(queue.id),
    { Service: 'events.amazonaws.com' },
    rule,
    passed,
  );
  return { config: { Arn: getAtt(queue.id, 'Arn') }, made: [queue, policy] };
}

/** What lets a service send to a queue, for one rule or topic. */
export const queuePolicy = (
  id: string,
  arn: unknown,
  url: unknown,
  principal: unknown,
  from: unknown,
  passed: Obj,
): Made =>
  made(
    id,
    'AWS::SQS::QueuePolicy',
    {
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Action: 'sqs:SendMessage',
            Effect: 'Allow',
            Principal: principal,
            Resource: arn,
            Condition: { ArnEquals: { 'aws:SourceArn': from } },
          },
        ],
      },
      Queues: [url],
    },
    { ...passed },
  );
