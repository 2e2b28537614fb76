/* What everything is called, and its ARN. LAB_PREFIX keeps students apart who share one account. */
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';

const sts = new STSClient({});
const { Account: account = '', Arn: caller = '' } = await sts.send(new GetCallerIdentityCommand({}));
const region = await sts.config.region();
const partition = caller.split(':')[1] ?? 'aws';
const prefix = process.env.LAB_PREFIX ?? '';

export { account, region };

/** A name of this lab: `lab02-intake`. */
export const named = (name: string): string => `${prefix}lab02-${name}`;

/** The names of buckets are taken for all of AWS once somebody has them: the account id makes this one yours. */
export const bucket = named(`orders-${account}`);

/** By this name the worker's events are known. */
export const eventSource = `${prefix}lab02.orders`;

const arn = (service: string, resource: string) =>
  `arn:${partition}:${service}:${region}:${account}:${resource}`;
export const bucketArn = `arn:${partition}:s3:::${bucket}`;
export const functionArn = (name: string): string => arn('lambda', `function:${named(name)}`);
export const queueArn = (name: string): string => arn('sqs', named(name));
export const tableArn = (name: string): string => arn('dynamodb', `table/${named(name)}`);
export const ruleArn = (name: string): string => arn('events', `rule/${named(name)}`);
export const busArn = arn('events', 'event-bus/default');
export const managedPolicyArn = (path: string): string => `arn:${partition}:iam::aws:policy/${path}`;
