import { type Obj, getAtt, isNothing, isObj, said } from '../json.ts';
import { type Made, made } from '../made.ts';
import { allow, trusting } from '../policies/role.ts';
import { deadLetters } from './dead-letter.ts';
import { type Event, arnOf, checkProperties, failed, failedByName } from './event.ts';
import { permission } from './permission.ts';

/** Who a rule or schedule calls, and how it is called in the target. */
export interface Invoked {
  readonly id: string;
  readonly passed: Obj;
  readonly arn: Obj;
  readonly role: unknown;
  readonly suffix: string;
}

type Fail = (reason: string) => Error;

/** `State`, or what `Enabled` says in its words. */
export function stateOf(given: Obj, fail: Fail): unknown {
  const { State: state, Enabled: enabled } = given;
  if (!isNothing(state) && !isNothing(enabled))
    throw fail('State and Enabled Properties cannot both be specified.');
  if (!isNothing(enabled)) return enabled === true ? 'ENABLED' : 'DISABLED';
  return state;
}

/** A rule of EventBridge on a pattern or a schedule, and its dead-letter queue. */
export function ruleOf(invoked: Invoked, type: string, given: Obj, fail: Fail): Made[] {
  const letters = deadLetters(invoked.id, given['DeadLetterConfig'], invoked.passed, fail);
  const scheduled = type === 'Schedule';
  const rule = made(
    invoked.id,
    'AWS::Events::Rule',
    {
      ...(scheduled
        ? { ScheduleExpression: given['Schedule'], Name: given['Name'], Description: given['Description'] }
        : { EventBusName: given['EventBusName'], EventPattern: given['Pattern'], Name: given['RuleName'] }),
      State: stateOf(given, fail),
      Targets: [
        said({
          Arn: invoked.arn,
          Id: targetId(invoked, given),
          Input: given['Input'],
          InputPath: given['InputPath'],
          InputTransformer: given['InputTransformer'],
          DeadLetterConfig: letters.config,
          RetryPolicy: given['RetryPolicy'],
          RoleArn: invoked.role,
        }),
      ],
    },
    { ...invoked.passed },
  );
  return [rule, ...letters.made];
}

const TARGET_LIMIT = 64;

/** A target's id has 64 characters at most. */
function targetId(invoked: Invoked, given: Obj): unknown {
  const target = given['Target'];
  if (typeof target === 'object' && target !== null && 'Id' in target) return target.Id;
  const whole = invoked.id + invoked.suffix;
  return whole.length <= TARGET_LIMIT
    ? whole
    : invoked.id.slice(0, TARGET_LIMIT - invoked.suffix.length) + invoked.suffix;
}

/** A schedule of EventBridge Scheduler. */
export function scheduleOf(invoked: Invoked, given: Obj, fail: Fail): Made[] {
  const letters = deadLetters(invoked.id, given['DeadLetterConfig'], invoked.passed, fail);
  const schedule = made(
    invoked.id,
    'AWS::Scheduler::Schedule',
    {
      ScheduleExpression: given['ScheduleExpression'],
      FlexibleTimeWindow: given['FlexibleTimeWindow'] ?? { Mode: 'OFF' },
      Name: given['OmitName'] === true ? undefined : (given['Name'] ?? invoked.id),
      State: given['State'],
      Description: given['Description'],
      StartDate: given['StartDate'],
      EndDate: given['EndDate'],
      ScheduleExpressionTimezone: given['ScheduleExpressionTimezone'],
      GroupName: given['GroupName'],
      KmsKeyArn: given['KmsKeyArn'],
      Target: said({
        Arn: invoked.arn,
        RoleArn: invoked.role,
        Input: given['Input'],
        RetryPolicy: given['RetryPolicy'],
        DeadLetterConfig: letters.config,
      }),
    },
    { ...invoked.passed },
  );
  return [...letters.made, schedule];
}

/** The role with which a service starts what the event leads to. */
export const startRole = (
  id: string,
  service: string,
  action: string,
  resource: unknown,
  policyName: string,
  more: Obj,
  passed: Obj,
): Made =>
  made(
    id,
    'AWS::IAM::Role',
    {
      AssumeRolePolicyDocument: trusting(service),
      Policies: [
        {
          PolicyName: policyName,
          PolicyDocument: { Statement: [{ Action: action, Effect: 'Allow', Resource: resource }] },
        },
      ],
      ...more,
    },
    { ...passed },
  );

/** A schedule's role sends to its dead-letter queue too. */
export function allowDeadLetters(role: Made, id: string, config: unknown): void {
  if (isNothing(config)) return;
  const arn = isObj(config) && !isNothing(config['Arn']) ? config['Arn'] : getAtt(queueOf(id, config), 'Arn');
  allow(role, {
    PolicyName: `${id}SQSPolicy`,
    PolicyDocument: { Statement: [{ Action: 'sqs:SendMessage', Effect: 'Allow', Resource: arn }] },
  });
}

const queueOf = (id: string, config: unknown): string => {
  const own = isObj(config) ? config['QueueLogicalId'] : undefined;
  return typeof own === 'string' ? own : `${id}Queue`;
};

const RULE = 'DeadLetterConfig RetryPolicy:map Input InputPath State Enabled';
const PROPERTIES: Readonly<Record<string, string>> = {
  Schedule: `${RULE} Schedule! Name Description`,
  CloudWatchEvent: `${RULE} EventBusName Pattern:map Target RuleName`,
  EventBridgeRule: `${RULE} EventBusName Pattern:map Target RuleName InputTransformer:map`,
  ScheduleV2:
    'ScheduleExpression! RetryPolicy Input DeadLetterConfig State Name ScheduleExpressionTimezone RoleArn GroupName FlexibleTimeWindow StartDate EndDate Description KmsKeyArn PermissionsBoundary OmitName:flag',
};

export const isRule = (type: string): boolean => Object.hasOwn(PROPERTIES, type);

/** Rules and schedules that call a function. */
export function functionRule(event: Event): Made[] {
  const { properties: given, type } = event;
  checkProperties(event.id, type, given, PROPERTIES[type] ?? '');
  const fail: Fail = (reason) => failed(event, reason);
  const invoked: Invoked = {
    id: event.id,
    passed: event.source.passed,
    arn: arnOf(event.to),
    role: undefined,
    suffix: 'LambdaTarget',
  };
  if (type === 'ScheduleV2') {
    if (!isNothing(given['RoleArn'])) return scheduleOf({ ...invoked, role: given['RoleArn'] }, given, fail);
    const role = startRole(
      `${event.id}Role`,
      'scheduler.amazonaws.com',
      'lambda:InvokeFunction',
      invoked.arn,
      `${event.id}LambdaPolicy`,
      { PermissionsBoundary: given['PermissionsBoundary'] },
      event.source.passed,
    );
    allowDeadLetters(role, event.id, given['DeadLetterConfig']);
    return [role, ...scheduleOf({ ...invoked, role: getAtt(role.id, 'Arn') }, given, fail)];
  }
  stateOf(given, (reason) => failedByName(event, reason));
  return [
    ...ruleOf(invoked, type, given, fail),
    permission(event, 'events.amazonaws.com', { SourceArn: getAtt(event.id, 'Arn') }),
  ];
}
