import { invalidResource } from '../failures.ts';
import { type Obj, getAtt, isList, isNothing, isObj, isText, obj, ref, said, sub } from '../json.ts';
import { type Made, made } from '../made.ts';
import { type Work, resourceAt } from '../work.ts';
import { type Event, arnOf, checkProperties, failed, failedByName } from './event.ts';
import { permission } from './permission.ts';

/** A subscription of a log group. */
export function subscribedLogs(work: Work, event: Event): Made[] {
  const given = event.properties;
  checkProperties(event.id, 'CloudWatchLogs', given, 'LogGroupName! FilterPattern!');
  const allowed = permission(event, 'logs.amazonaws.com', {
    SourceArn: sub(
      `arn:${work.given.partition}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:\${__LogGroupName__}:*`,
      { __LogGroupName__: given['LogGroupName'] },
    ),
  });
  const filter = made(
    event.id,
    'AWS::Logs::SubscriptionFilter',
    {
      LogGroupName: given['LogGroupName'],
      FilterPattern: given['FilterPattern'],
      DestinationArn: arnOf(event.to),
    },
    { DependsOn: [allowed.id], ...event.source.passed },
  );
  return [allowed, filter];
}

/** A rule of AWS IoT. */
export function topicRule(work: Work, event: Event): Made[] {
  const given = event.properties;
  checkProperties(event.id, 'IoTRule', given, 'Sql! AwsIotSqlVersion');
  const rule = made(
    event.id,
    'AWS::IoT::TopicRule',
    {
      TopicRulePayload: said({
        Sql: given['Sql'],
        AwsIotSqlVersion: given['AwsIotSqlVersion'],
        RuleDisabled: false,
        Actions: [{ Lambda: { FunctionArn: arnOf(event.to) } }],
      }),
    },
    { ...event.source.passed },
  );
  const allowed = permission(event, 'iot.amazonaws.com', {
    SourceArn: sub(`arn:${work.given.partition}:iot:\${AWS::Region}:\${AWS::AccountId}:rule/\${RuleName}`, {
      RuleName: ref(rule.id),
    }),
    SourceAccount: sub('${AWS::AccountId}'),
  });
  return [allowed, rule];
}

/** A skill of Alexa. */
export function skill(event: Event): Made[] {
  checkProperties(event.id, 'AlexaSkill', event.properties, 'SkillId');
  return [permission(event, 'alexa-appkit.amazon.com', { EventSourceToken: event.properties['SkillId'] })];
}

const CUSTOM_SENDERS: Obj = { CustomSMSSender: 'V1_0', CustomEmailSender: 'V1_0' };

/** Triggers of a user pool of the same template: they are written into the pool. */
export function poolTriggers(work: Work, event: Event): Made[] {
  const given = event.properties;
  checkProperties(event.id, 'Cognito', given, 'UserPool! Trigger!:texts');
  const id = isObj(given['UserPool']) ? given['UserPool']['Ref'] : undefined;
  if (id !== undefined && !isText(id)) throw failed(event, 'Ref in Userpool is not a string.');
  const pool = resourceAt(work, id);
  if (pool === undefined || !isText(id))
    throw failedByName(event, 'Cognito events must reference a Cognito UserPool in the same template.');
  const properties = obj(pool['Properties']);
  pool['Properties'] = properties;
  const config = properties['LambdaConfig'] ?? {};
  if (!isObj(config)) throw invalidResource(id, "Property 'LambdaConfig' should be a map.");
  properties['LambdaConfig'] = config;
  const triggers = isList(given['Trigger']) ? given['Trigger'] : [given['Trigger']];
  for (const trigger of triggers) {
    const name = String(trigger);
    if (name in config) throw failedByName(event, `Cognito trigger "${name}" defined multiple times.`);
    const version = CUSTOM_SENDERS[name];
    config[name] = isNothing(version)
      ? arnOf(event.to)
      : { LambdaArn: arnOf(event.to), LambdaVersion: version };
  }
  return [
    permission(
      event,
      'cognito-idp.amazonaws.com',
      { SourceArn: getAtt(id, 'Arn') },
      `${event.source.id}Cognito`,
    ),
  ];
}
