import { decide } from '../../../policy/decide.ts';
import { parsePolicy } from '../../../policy/parse.ts';
import type { Policy, Requester } from '../../../policy/policy.ts';
import type { Cloud } from '../../../cloud.ts';
import type { Call, Principal, Scope } from '../../../service/call.ts';
import type { Rows } from '../../../state/state.ts';
import { invalidParameter, noSuchTopic, notAuthorized } from '../failures.ts';
import { placeOfArn, topicArn } from '../names.ts';
import type { TopicPlace } from '../names.ts';
import type { TopicCaller } from '../port.ts';
import type { SubscriptionRow, TopicRow } from '../rows.ts';

/** A topic with its place. */
export interface Topic extends TopicPlace {
  readonly row: TopicRow;
  readonly arn: string;
}

/** The topics and subscriptions of a cloud. */
export class Topics {
  readonly cloud: Cloud;
  readonly #topics;
  readonly #subscriptions;

  constructor(cloud: Cloud) {
    this.cloud = cloud;
    this.#topics = cloud.state.table<TopicRow>('sns.topics');
    this.#subscriptions = cloud.state.table<SubscriptionRow>('sns.subscriptions');
  }

  /** By name. */
  rows({ account, region }: Scope): Rows<TopicRow> {
    return this.#topics.in({ account, region });
  }
  /** By ARN. */
  subscriptions({ account, region }: Scope): Rows<SubscriptionRow> {
    return this.#subscriptions.in({ account, region });
  }
  /** A topic's subscriptions, in the order of their making. */
  subscriptionsOf(topic: TopicPlace): SubscriptionRow[] {
    return [...this.subscriptions(topic).values()].filter((row) => row.topic === topic.name);
  }

  find(place: TopicPlace): Topic | undefined {
    const { account, region, name } = place;
    const row = this.rows(place).get(name);
    return row === undefined ? undefined : { account, region, name, row, arn: topicArn(place) };
  }

  /** The topic of an ARN, or undefined where it is not one's. */
  findArn(arn: string): Topic | undefined {
    const parts = arn.split(':');
    if (parts.length !== 6 || parts[2] !== 'sns') return undefined;
    const [, , , region = '', account = '', name = ''] = parts;
    return this.find({ region, account, name });
  }

  /**
   * The topic that a request names. One of another account only where its policy lets the caller.
   * @throws ServiceFailure `InvalidParameter`, `NotFound`, `AuthorizationError`
   */
  named(arn: string | undefined, call: Call, parameter = 'TopicArn'): Topic {
    if (arn === undefined) throw invalidParameter(`${parameter} Reason: no value for required parameter`);
    const place = placeOfArn(arn, parameter);
    // Recorded: a topic is not reached from another region.
    if (place.region !== call.region) throw invalidParameter(parameter);
    const topic = this.find(place);
    if (place.account === call.account) {
      if (topic === undefined) throw noSuchTopic();
      return topic;
    }
    const action = `SNS:${call.operation.replace(/Batch$/, '')}`;
    const context = { 'aws:SourceOwner': call.account };
    if (topic === undefined || !allows(topic, requesterOf(call.principal), action, context)) {
      throw notAuthorized(call.principal.arn, action, arn);
    }
    return topic;
  }

  amend(topic: Topic, change: Partial<Omit<TopicRow, 'name' | 'fifo'>>): Topic {
    const row = { ...topic.row, ...change };
    this.rows(topic).set(row.name, row);
    return { ...topic, row };
  }
}

/** What a topic's policy is until another is set: its owner may everything. */
export function defaultPolicy(arn: string, account: string): string {
  return JSON.stringify({
    Version: '2008-10-17',
    Id: '__default_policy_ID',
    Statement: [
      {
        Sid: '__default_statement_ID',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: [
          'SNS:GetTopicAttributes',
          'SNS:SetTopicAttributes',
          'SNS:AddPermission',
          'SNS:RemovePermission',
          'SNS:DeleteTopic',
          'SNS:Subscribe',
          'SNS:ListSubscriptionsByTopic',
          'SNS:Publish',
        ],
        Resource: arn,
        Condition: { StringEquals: { 'AWS:SourceOwner': account } },
      },
    ],
  });
}

/** Whether a topic's policy lets a service publish for one of its resources. */
export function permitsService(topic: Topic, caller: TopicCaller): boolean {
  const byAlarm = caller.service === 'cloudwatch.amazonaws.com';
  // Alarms act for the owner of their account, whom the policy that a topic begins with lets publish.
  if (byAlarm && topic.row.attributes['Policy'] === undefined) return caller.sourceAccount === topic.account;
  return allows(topic, { kind: 'service', name: caller.service }, 'sns:Publish', {
    'aws:SourceArn': caller.sourceArn,
    'aws:SourceAccount': caller.sourceAccount,
    ...(byAlarm ? { 'aws:SourceOwner': caller.sourceAccount } : {}),
  });
}

/** Policies by their text: the same few are asked again for every message. */
const parsed = new Map<string, Policy>();

function allows(
  topic: Topic,
  requester: Requester,
  action: string,
  context: Readonly<Record<string, string>>,
): boolean {
  const text = topic.row.attributes['Policy'];
  // The default policy is for the owner alone, who is not asked.
  if (text === undefined) return false;
  let policy = parsed.get(text);
  if (policy === undefined) {
    policy = parsePolicy(text, 'resource');
    if (parsed.size >= 500) parsed.clear();
    parsed.set(text, policy);
  }
  return decide([policy], { requester, action, resource: topic.arn, context }).decision === 'allow';
}

function requesterOf(principal: Principal): Requester {
  const { account, arn } = principal;
  if (principal.kind === 'root') return { kind: 'aws', account, arn };
  return { kind: 'aws', account, arn, roleArn: `arn:aws:iam::${account}:role/${principal.roleName}` };
}
