import { invalidResource } from '../failures.ts';
import { type Obj, canonical, getAtt, isList, isObj, isText, obj, ref } from '../json.ts';
import type { Work } from '../work.ts';

/** One end of a connector: a resource of the template, or what its author tells of one elsewhere. */
export interface End {
  /** The CloudFormation type. */
  readonly type: string;
  /** The type as the connector's metadata tell it. */
  readonly written: string;
  readonly id: string | undefined;
  /** `Arn`, `RoleName`, `Qualifier`, `QueueUrl`, `ResourceId` and `Name`, as far as they are known. */
  readonly values: Obj;
}

const CANONICAL: Readonly<Record<string, string>> = {
  'AWS::Serverless::Function': 'AWS::Lambda::Function',
  'AWS::Serverless::Api': 'AWS::ApiGateway::RestApi',
  'AWS::Serverless::HttpApi': 'AWS::ApiGatewayV2::Api',
  'AWS::Serverless::SimpleTable': 'AWS::DynamoDB::Table',
  'AWS::Serverless::StateMachine': 'AWS::StepFunctions::StateMachine',
};

const canonicalType = (type: string): string => CANONICAL[type] ?? type;

/** Types whose `Ref` is their ARN. */
const ARN_BY_REF = ['AWS::SNS::Topic', 'AWS::StepFunctions::StateMachine'];
const APIS = ['AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api'];

/** Reads an end. @throws SamFailure where it names nothing, or is named in two ways */
export function endOf(work: Work, connector: string, given: Obj): End {
  const fail = (reason: string): Error => invalidResource(connector, reason);
  if (!('Id' in given)) {
    const type = given['Type'];
    if (!isText(type)) throw fail("'Type' is missing or not a string.");
    return { type: canonicalType(type), written: canonicalType(type), id: undefined, values: given };
  }
  if (Object.keys(given).some((name) => name !== 'Id' && name !== 'Qualifier'))
    throw fail(
      "Must provide 'Id' (with optional 'Qualifier') or a supported combination of other properties.",
    );
  const id = given['Id'];
  if (!isText(id) || id === '') throw fail("'Id' is missing or not a string.");
  const original = work.original[id];
  if (!isObj(original)) throw fail(`Unable to find resource with logical ID '${id}'.`);
  const written = original['Type'];
  if (!isText(written)) throw fail("'Type' is missing or not a string.");
  const type = canonicalType(written);
  const api = APIS.includes(type);
  return {
    type,
    written,
    id,
    values: {
      Arn: ARN_BY_REF.includes(type) ? ref(id) : getAtt(id, 'Arn'),
      QueueUrl: type === 'AWS::SQS::Queue' ? ref(id) : undefined,
      ResourceId: api ? ref(id) : type === 'AWS::AppSync::GraphQLApi' ? getAtt(id, 'ApiId') : undefined,
      Name: type === 'AWS::StepFunctions::StateMachine' ? getAtt(id, 'Name') : undefined,
      Qualifier: given['Qualifier'] ?? (api ? '*' : undefined),
    },
  };
}

const ROLE: Readonly<Record<string, string>> = {
  'AWS::Lambda::Function': 'Role',
  'AWS::StepFunctions::StateMachine': 'RoleArn',
  'AWS::AppSync::DataSource': 'ServiceRoleArn',
};

/** The name of the role that an end acts with, where it can be told. */
export function roleNameOf(work: Work, end: End, other: End): unknown {
  if (end.id === undefined) return end.values['RoleName'];
  const properties = obj(obj(work.resources[end.id])['Properties']);
  const role =
    end.type === 'AWS::Events::Rule'
      ? roleOfTarget(properties['Targets'], other)
      : properties[ROLE[end.type] ?? 'Role'];
  const named = namedBy(role);
  return named === undefined ? undefined : ref(named);
}

/** A rule has a role for each of its targets. */
function roleOfTarget(targets: unknown, other: End): unknown {
  const all = isList(targets) ? targets.filter(isObj) : [];
  return all.find(
    (one) =>
      (other.id !== undefined && namedBy(one['Arn']) === other.id) ||
      canonical(one['Arn']) === canonical(other.values['Arn']),
  )?.['RoleArn'];
}

/** The logical id that a `Ref` or `Fn::GetAtt` names. */
export function namedBy(call: unknown): string | undefined {
  if (!isObj(call)) return undefined;
  if (isText(call['Ref'])) return call['Ref'];
  const attribute = call['Fn::GetAtt'];
  const first: unknown = isList(attribute) ? attribute[0] : isText(attribute) ? attribute.split('.')[0] : '';
  return isText(first) && first !== '' ? first : undefined;
}
