import type {
  Capability,
  GetTemplateSummaryOutput,
  ParameterDeclaration,
  ResourceIdentifierSummary,
} from '@aws-sdk/client-cloudformation';
import type { Json } from '../../../state/state.ts';
import type { DeclaredParameter, JsonMap } from './model.ts';
import { templateHead } from './template.ts';
import { isArray, isMap, member } from './tree.ts';

/** What GetTemplateSummary says of a template; ValidateTemplate says a part of it. */
export type TemplateSummary = Pick<
  GetTemplateSummaryOutput,
  | 'Parameters'
  | 'Description'
  | 'Capabilities'
  | 'CapabilitiesReason'
  | 'ResourceTypes'
  | 'Version'
  | 'Metadata'
  | 'DeclaredTransforms'
  | 'ResourceIdentifierSummaries'
>;

/** The types that need a capability, and the property by which one has a name of its own. */
const IAM: Readonly<Record<string, string | undefined>> = {
  'AWS::IAM::AccessKey': undefined,
  'AWS::IAM::Group': 'GroupName',
  'AWS::IAM::InstanceProfile': 'InstanceProfileName',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::IAM::Policy': undefined,
  'AWS::IAM::Role': 'RoleName',
  'AWS::IAM::User': 'UserName',
  'AWS::IAM::UserToGroupAddition': undefined,
};

const NESTED = ['AWS::CloudFormation::Stack', 'AWS::Serverless::Application'];

/** The summary of a template as it was written, before its transforms. @throws TemplateFailure */
export function summaryOf(tree: unknown): TemplateSummary {
  const head = templateHead(tree);
  const whole = tree as JsonMap;
  const resources = resourcesIn(member(whole, 'Resources'));
  const types = [...new Set(resources.map((one) => one.type))];
  const capabilities = [...iamCapabilities(resources), ...expanding(head.transforms, types)];
  const reasons = types.filter((type) => Object.hasOwn(IAM, type) || NESTED.includes(type));
  const metadata = member(whole, 'Metadata');
  return {
    Parameters: [...head.parameters].map(([name, parameter]) => declaration(name, parameter)),
    ...(head.description === undefined ? {} : { Description: head.description }),
    ...(capabilities.length === 0
      ? {}
      : {
          Capabilities: capabilities,
          CapabilitiesReason: `The following resource(s) require capabilities: [${(reasons.length > 0 ? reasons : head.transforms).join(', ')}]`,
        }),
    ResourceTypes: types,
    Version: '2010-09-09',
    ...(metadata === undefined ? {} : { Metadata: JSON.stringify(metadata) }),
    ...(head.transforms.length === 0 ? {} : { DeclaredTransforms: [...head.transforms] }),
    ResourceIdentifierSummaries: types.map((type): ResourceIdentifierSummary => ({
      ResourceType: type,
      LogicalResourceIds: resources.filter((one) => one.type === type).map((one) => one.id),
    })),
  };
}

function declaration(name: string, parameter: DeclaredParameter): ParameterDeclaration {
  return {
    ParameterKey: name,
    ...(parameter.default === undefined ? {} : { DefaultValue: parameter.default }),
    ParameterType: parameter.type,
    NoEcho: parameter.noEcho,
    ...(parameter.description === undefined ? {} : { Description: parameter.description }),
    ParameterConstraints:
      parameter.allowedValues === undefined ? {} : { AllowedValues: [...parameter.allowedValues] },
  };
}

/**
 * The capabilities that have to be agreed to before a stack is made of the template.
 * `CAPABILITY_AUTO_EXPAND` is for whoever makes or updates a stack without having seen a change set, and for nested
 * applications; a change set shows what the transforms have made.
 * @param processed the template whose transforms have run
 * @param transforms those of the template as it was written
 */
export function neededCapabilities(
  processed: unknown,
  transforms: readonly string[] = [],
): readonly Capability[] {
  const whole = processed as Json;
  const resources = resourcesIn(isMap(whole) ? member(whole, 'Resources') : undefined);
  return [...iamCapabilities(resources), ...expanding(transforms, [])];
}

/** What is needed and not agreed to: `CAPABILITY_NAMED_IAM` is more than `CAPABILITY_IAM`. */
export const missingCapabilities = (
  needed: readonly Capability[],
  agreed: readonly Capability[],
): readonly Capability[] =>
  needed.filter(
    (one) => !agreed.includes(one) && !(one === 'CAPABILITY_IAM' && agreed.includes('CAPABILITY_NAMED_IAM')),
  );

function iamCapabilities(resources: readonly Found[]): Capability[] {
  const iam = resources.filter((one) => Object.hasOwn(IAM, one.type));
  if (iam.length === 0) return [];
  const named = iam.some(({ type, properties }) => {
    const name = IAM[type];
    return name !== undefined && Object.hasOwn(properties, name);
  });
  return [named ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM'];
}

const expanding = (transforms: readonly string[], types: readonly string[]): Capability[] =>
  transforms.length > 0 || types.some((type) => NESTED.includes(type)) ? ['CAPABILITY_AUTO_EXPAND'] : [];

interface Found {
  readonly id: string;
  readonly type: string;
  readonly properties: JsonMap;
}

/** The resources of a template that may be anything yet; those in loops are found too, with the loop's placeholders. */
function resourcesIn(resources: Json | undefined): readonly Found[] {
  if (!isMap(resources)) return [];
  return Object.entries(resources).flatMap(([id, declared]): readonly Found[] => {
    if (isArray(declared)) return id.startsWith('Fn::ForEach::') ? resourcesIn(declared[2]) : [];
    const type = isMap(declared) ? member(declared, 'Type') : undefined;
    if (!isMap(declared) || typeof type !== 'string') return [];
    const properties = member(declared, 'Properties');
    return [{ id, type, properties: isMap(properties) ? properties : {} }];
  });
}
