import type { Json } from '../../../state/state.ts';
import { formatError, templateError, TemplateFailure } from './failure.ts';
import type { DeclaredParameter, JsonMap } from './model.ts';
import { isArray, isMap, isScalar, member } from './tree.ts';

/** The types that are values of AWS's own: taken as texts, since nothing here has networks or key pairs. */
const AWS_TYPES = [
  'AWS::EC2::AvailabilityZone::Name',
  'AWS::EC2::Image::Id',
  'AWS::EC2::Instance::Id',
  'AWS::EC2::KeyPair::KeyName',
  'AWS::EC2::SecurityGroup::GroupName',
  'AWS::EC2::SecurityGroup::Id',
  'AWS::EC2::Subnet::Id',
  'AWS::EC2::VPC::Id',
  'AWS::EC2::Volume::Id',
  'AWS::Route53::HostedZone::Id',
  'AWS::SSM::Parameter::Name',
];

const MEMBERS = [
  'AllowedPattern',
  'AllowedValues',
  'ConstraintDescription',
  'Default',
  'Description',
  'MaxLength',
  'MaxValue',
  'MinLength',
  'MinValue',
  'NoEcho',
  'Type',
];

/** What is inside `AWS::SSM::Parameter::Value<…>`; undefined for any other type. */
export const storedType = (type: string): string | undefined =>
  /^AWS::SSM::Parameter::Value<(.+)>$/.exec(type)?.[1];

/** Whether a parameter of the type is worth a list. */
export const isListType = (type: string): boolean =>
  /^(?:AWS::SSM::Parameter::Value<)?(?:CommaDelimitedList|List<.+>)/.test(type);

/** Whether each value of the type is a number. */
export const isNumberType = (type: string): boolean => type === 'Number' || type === 'List<Number>';

function isType(type: string): boolean {
  if (type === 'CommaDelimitedList' || isNumberType(type)) return true;
  const stored = storedType(type);
  if (stored !== undefined)
    return storedType(stored) === undefined && !isNumberType(stored) && isType(stored);
  const one = /^List<(.+)>$/.exec(type)?.[1] ?? type;
  return one === 'String' || AWS_TYPES.includes(one);
}

/** The parameter as it is declared. @throws TemplateFailure with CloudFormation's text */
export function declaredParameter(name: string, declared: Json): DeclaredParameter {
  if (!isMap(declared)) throw formatError('Any Parameters member must be an object.');
  const strange = Object.keys(declared).find((key) => !MEMBERS.includes(key));
  if (strange !== undefined) throw new TemplateFailure(`Invalid template parameter property '${strange}'`);
  const type = text(declared, 'Type');
  if (type === undefined) throw formatError('Every Parameters object must contain a Type member.');
  if (!isType(type)) throw formatError(`Unrecognized parameter type: ${type}`);
  const parameter = {
    type,
    default: text(declared, 'Default'),
    description: text(declared, 'Description'),
    noEcho: text(declared, 'NoEcho')?.toLowerCase() === 'true',
    allowedPattern: text(declared, 'AllowedPattern'),
    allowedValues: allowedValues(declared),
    constraintDescription: text(declared, 'ConstraintDescription'),
    minLength: number(declared, 'MinLength'),
    maxLength: number(declared, 'MaxLength'),
    minValue: number(declared, 'MinValue'),
    maxValue: number(declared, 'MaxValue'),
  };
  checkConstraints(name, parameter);
  return parameter;
}

function checkConstraints(name: string, parameter: DeclaredParameter): void {
  const { minLength, maxLength, minValue, maxValue } = parameter;
  const mayOnly = (constraint: string, type: string): TemplateFailure =>
    templateError(`Parameter '${name}' ${constraint} must be on a parameter of type ${type}`);
  if (isNumberType(parameter.type)) {
    if (minLength !== undefined) throw mayOnly('MinLength', 'String');
    if (maxLength !== undefined) throw mayOnly('MaxLength', 'String');
    if (parameter.allowedPattern !== undefined) throw mayOnly('AllowedPattern', 'String');
  } else {
    if (minValue !== undefined) throw mayOnly('MinValue', 'Number');
    if (maxValue !== undefined) throw mayOnly('MaxValue', 'Number');
  }
  if (minLength !== undefined && maxLength !== undefined && maxLength < minLength)
    throw templateError(`Parameter '${name}' MinLength must be less than MaxLength.`);
  if (minValue !== undefined && maxValue !== undefined && maxValue < minValue)
    throw templateError(`Parameter '${name}' MinValue must be less than MaxValue.`);
}

function text(declared: JsonMap, key: string): string | undefined {
  const value = member(declared, key);
  if (value === undefined) return undefined;
  if (!isScalar(value)) throw formatError(`Every ${key} member must be a string.`);
  return String(value);
}

function number(declared: JsonMap, key: string): number | undefined {
  const value = text(declared, key);
  if (value === undefined) return undefined;
  if (value.trim() === '' || !Number.isFinite(Number(value)))
    throw formatError(`Every ${key} member must be a number.`);
  return Number(value);
}

function allowedValues(declared: JsonMap): readonly string[] | undefined {
  const values = member(declared, 'AllowedValues');
  if (values === undefined) return undefined;
  if (!isArray(values)) throw formatError('Every AllowedValues member must be a list.');
  if (!values.every(isScalar)) throw formatError('Every AllowedValues value must be a string.');
  return values.map(String);
}
