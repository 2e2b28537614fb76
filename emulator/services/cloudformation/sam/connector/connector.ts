import { invalidResource } from '../failures.ts';
import { type Obj, isList, isNothing, isObj, isText, obj, sub } from '../json.ts';
import { type Made, type Source, made } from '../made.ts';
import type { Work } from '../work.ts';
import { type End, endOf, namedBy, roleNameOf } from './end.ts';
import { type Permission, type Profile, type Side, PROFILES, permissionsOf } from './profiles.ts';

type Ends = Readonly<Record<Side, End>>;

/** AWS::Serverless::Connector. */
export function connector(work: Work, source: Source): Made[] {
  const fail = (reason: string): Error => invalidResource(source.id, reason);
  const { Source: from, Destination: to, Permissions: permissions } = source.properties;
  for (const name of Object.keys(source.properties))
    if (!['Source', 'Destination', 'Permissions'].includes(name))
      throw fail(`property ${name} not defined for resource of type AWS::Serverless::Connector`);
  for (const name of ['Source', 'Destination', 'Permissions'])
    if (isNothing(source.properties[name])) throw fail(`Missing required property '${name}'.`);
  const wrong = (name: string): Error => fail(`Type of property '${name}' is invalid.`);
  if (!isObj(from)) throw wrong('Source');
  const many = isList(to);
  const destinations = many ? to : [to];
  if (!destinations.every(isObj)) throw wrong('Destination');
  if (!isList(permissions) || !permissions.every(isText)) throw wrong('Permissions');
  if (destinations.length === 0) throw fail("'Destination' is an empty list");
  return destinations.map((destination, at) => {
    const ends = {
      Source: endOf(work, source.id, from),
      Destination: endOf(work, source.id, destination),
    };
    return connected(work, source, ends, permissions, many ? `Destination${String(at)}` : '');
  });
}

function connected(
  work: Work,
  source: Source,
  ends: Ends,
  permissions: readonly string[],
  suffix: string,
): Made {
  const route = `from ${ends.Source.type} to ${ends.Destination.type}`;
  const profile = PROFILES[ends.Source.type]?.[ends.Destination.type];
  if (profile === undefined)
    throw invalidResource(
      source.id,
      `Unable to create connector ${route}; it's not supported or the template is invalid.`,
    );
  const allowed = checkedPermissions(source, profile, route, permissions);
  const make = (name: string, type: string, properties: Obj): Made =>
    made(`${source.id}${name}${suffix}`, type, properties, {
      ...source.attributes,
      Metadata: {
        ...obj(source.attributes['Metadata']),
        'aws:sam:connectors': {
          [source.id]: {
            Source: { Type: ends.Source.written },
            Destination: { Type: ends.Destination.written },
          },
        },
      },
    });
  if (profile.kind === 'function')
    return make('WriteLambdaPermission', 'AWS::Lambda::Permission', permission(source, profile, ends));
  if (profile.kind === 'role') {
    const policy = make(
      'Policy',
      'AWS::IAM::ManagedPolicy',
      rolePolicy(work, source, profile, ends, allowed),
    );
    order(work, profile, ends, policy.id);
    return policy;
  }
  return profile.kind === 'queue'
    ? make('QueuePolicy', 'AWS::SQS::QueuePolicy', {
        PolicyDocument: resourcePolicy(source, profile.service, 'sqs:SendMessage', ends),
        Queues: [valueOf(source, ends, 'Destination', 'QueueUrl')],
      })
    : make('TopicPolicy', 'AWS::SNS::TopicPolicy', {
        PolicyDocument: resourcePolicy(source, profile.service, 'sns:Publish', ends),
        Topics: [valueOf(source, ends, 'Destination', 'Arn')],
      });
}

function checkedPermissions(
  source: Source,
  profile: Profile,
  route: string,
  asked: readonly string[],
): Permission[] {
  const values = permissionsOf(profile);
  const combinations = profile.kind === 'role' ? profile.combinations : undefined;
  const shown = combinations
    ? `valid combinations are: ${combinations.map((one) => one.join(' + ')).join(', ')}.`
    : `valid values are: ${values.join(', ')}.`;
  if (asked.length === 0) throw invalidResource(source.id, `'Permissions' cannot be empty; ${shown}`);
  const allowed = values.filter((one) => asked.includes(one));
  const known = asked.every((one) => values.some((value) => value === one));
  const together =
    combinations === undefined || combinations.some((one) => one.join(' ') === allowed.join(' '));
  if (!known || !together)
    throw invalidResource(source.id, `Unsupported 'Permissions' provided for connector ${route}; ${shown}`);
  return allowed;
}

/** Why a value is missing, where the transform has words of its own for it. */
const MISSING: Readonly<Record<string, string>> = {
  RoleName: 'IAM role name',
  QueueUrl: 'SQS queue URL',
};

function valueOf(source: Source, ends: Ends, side: Side, name: string): unknown {
  const value = ends[side].values[name];
  if (isNothing(value))
    throw invalidResource(
      source.id,
      MISSING[name] === undefined
        ? `${side}.${name} is missing.`
        : `Unable to get ${MISSING[name]} from '${side}' resource.`,
    );
  return value;
}

/** A text of a profile with the ends put in: the value itself where the text is nothing else. */
function filled(source: Source, ends: Ends, text: string): unknown {
  const variables: Obj = {};
  for (const [, side, name] of text.matchAll(/\$\{(Source|Destination)(\w+)\}/g))
    if ((side === 'Source' || side === 'Destination') && name !== undefined)
      variables[`${side}${name}`] = valueOf(source, ends, side, name);
  const names = Object.keys(variables);
  const [only] = names;
  if (only === undefined) return sub(text);
  return text === `\${${only}}` ? variables[only] : sub(text, variables);
}

function permission(source: Source, profile: Profile & { kind: 'function' }, ends: Ends): Obj {
  const target = ends.Destination.values['Arn'];
  if (isNothing(target))
    throw invalidResource(source.id, "Unable to get Lambda function ARN from 'Destination' resource.");
  return {
    Action: 'lambda:InvokeFunction',
    FunctionName: target,
    Principal: profile.service,
    SourceArn: filled(source, ends, profile.from),
    SourceAccount: profile.owned ? sub('${AWS::AccountId}') : undefined,
  };
}

const document = (statements: readonly Obj[]): Obj => ({ Version: '2012-10-17', Statement: statements });

function rolePolicy(
  work: Work,
  source: Source,
  profile: Profile & { kind: 'role' },
  ends: Ends,
  allowed: readonly Permission[],
): Obj {
  const other = ends[profile.of === 'Source' ? 'Destination' : 'Source'];
  const role = roleNameOf(work, ends[profile.of], other);
  if (isNothing(role))
    throw invalidResource(source.id, `Unable to get IAM role name from '${profile.of}' resource.`);
  const statements = Object.entries(profile.grants).flatMap(([name, grants]) =>
    allowed.some((one) => one === name)
      ? grants.map((one) => ({
          Effect: 'Allow',
          Action: one.actions,
          Resource: one.on.map((text) => filled(source, ends, text)),
        }))
      : [],
  );
  return { PolicyDocument: document(statements), Roles: [role] };
}

const resourcePolicy = (source: Source, service: string, action: string, ends: Ends): Obj =>
  document([
    {
      Effect: 'Allow',
      Principal: { Service: service },
      Resource: valueOf(source, ends, 'Destination', 'Arn'),
      Action: action,
      Condition: { ArnEquals: { 'aws:SourceArn': valueOf(source, ends, 'Source', 'Arn') } },
    },
  ]);

/** CloudFormation checks some roles when it makes what uses them: that has to wait for the policy. */
function order(work: Work, profile: Profile & { kind: 'role' }, ends: Ends, policy: string): void {
  const { Source: from, Destination: to } = ends;
  if (profile.before === 'source' && from.id !== undefined) wait(work.resources[from.id], policy);
  if (profile.before !== 'mapping' || from.id === undefined || to.id === undefined) return;
  for (const resource of Object.values(work.resources)) {
    if (!isObj(resource) || resource['Type'] !== 'AWS::Lambda::EventSourceMapping') continue;
    const properties = obj(resource['Properties']);
    if (namedBy(properties['FunctionName']) === to.id && namedBy(properties['EventSourceArn']) === from.id)
      wait(resource, policy);
  }
}

function wait(resource: unknown, policy: string): void {
  if (!isObj(resource)) return;
  const present = resource['DependsOn'];
  const all = isList(present) ? present : isNothing(present) ? [] : [present];
  resource['DependsOn'] = all.includes(policy) ? all : [...all, policy];
}
