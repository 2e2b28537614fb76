import type { Json } from '../../../state/state.ts';
import { type Call, callOf, noMapping } from '../values/call.ts';
import {
  conditionCall,
  conditionName,
  notInConditions,
  operands,
  unresolvedCondition,
} from '../values/condition-calls.ts';
import { formatError, templateError } from './failure.ts';
import type { DeclaredResource, Output, Template } from './model.ts';
import { isArray, isMap } from './tree.ts';

/** The parameters of AWS itself that any template may refer to. */
const PSEUDO = [
  'AWS::AccountId',
  'AWS::NoValue',
  'AWS::NotificationARNs',
  'AWS::Partition',
  'AWS::Region',
  'AWS::StackId',
  'AWS::StackName',
  'AWS::URLSuffix',
];

/** Something that a value refers to: a parameter or a resource, by its name. */
export interface Reference {
  readonly by: 'Ref' | 'Fn::GetAtt' | 'Fn::Sub';
  readonly name: string;
  /** Undefined where the whole of it is meant. */
  readonly attribute: string | undefined;
}

/** Tells of every call in the value. Where `branches` leaves a branch of an `Fn::If` out, nothing in it is told of. */
export function callsIn(
  value: Json,
  tell: (call: Call) => void,
  branches: (call: Call & { fn: 'Fn::If' }) => readonly Json[] = (call) => [call.yes, call.no],
): void {
  if (isArray(value)) for (const one of value) callsIn(one, tell, branches);
  if (!isMap(value)) return;
  const call = callOf(value);
  if (call) tell(call);
  const inner =
    call === undefined ? Object.values(value) : call.fn === 'Fn::If' ? branches(call) : argumentsOf(call);
  for (const one of inner) callsIn(one, tell, branches);
}

function argumentsOf(call: Call): readonly Json[] {
  switch (call.fn) {
    case 'Ref':
      return [];
    case 'Fn::GetAtt':
      return [call.attribute];
    case 'Fn::Sub':
      return Object.values(call.variables);
    case 'Fn::Join':
      return [call.list];
    case 'Fn::Split':
      return [call.source];
    case 'Fn::Select':
      return [call.index, call.list];
    case 'Fn::Cidr':
      return [call.block, call.count, call.bits];
    case 'Fn::FindInMap':
      return [...call.path, ...(call.otherwise === undefined ? [] : [call.otherwise])];
    case 'Fn::If':
      return [call.yes, call.no];
    default:
      return [call.value];
  }
}

/** What the call itself refers to, its arguments aside. */
export function referencesOf(call: Call): readonly Reference[] {
  if (call.fn === 'Ref') return [{ by: 'Ref', name: call.name, attribute: undefined }];
  if (call.fn === 'Fn::GetAtt')
    return [
      { by: call.fn, name: call.id, attribute: typeof call.attribute === 'string' ? call.attribute : '' },
    ];
  if (call.fn !== 'Fn::Sub') return [];
  return call.pieces.flatMap((piece): Reference[] => {
    if ('text' in piece || Object.hasOwn(call.variables, piece.name)) return [];
    const at = piece.name.indexOf('.');
    if (at < 0) return [{ by: call.fn, name: piece.name, attribute: undefined }];
    return [{ by: call.fn, name: piece.name.slice(0, at), attribute: piece.name.slice(at + 1) }];
  });
}

/** Whether the name is that of a parameter, of the template or of AWS. */
export const isParameter = (template: Template, name: string): boolean =>
  PSEUDO.includes(name) || template.parameters.has(name);

/** The values of a resource in which functions may stand. */
export const valuesOf = (resource: DeclaredResource): readonly Json[] =>
  [resource.properties, resource.metadata, resource.creationPolicy, resource.updatePolicy].filter(
    (value) => value !== undefined,
  );

/**
 * Checks that every function is called rightly and that all that is named is there.
 * @param extended whether functions of `AWS::LanguageExtensions` may have stayed
 * @throws TemplateFailure
 */
export function checkReferences(template: Template, extended: boolean): void {
  checkConditions(template);
  const missing = new Set<string>();
  for (const resource of template.resources.values()) {
    checkConditionName(template, resource, 'Resources');
    for (const value of valuesOf(resource)) checkValue(value, template, extended, missing);
    for (const id of resource.dependsOn) if (!template.resources.has(id)) missing.add(id);
  }
  if (missing.size > 0) throw unresolved([...missing], 'Resources');
  for (const [name, output] of template.outputs) {
    checkConditionName(template, output, 'Outputs');
    checkValue(output.value, template, extended, missing);
    if (output.exportName !== undefined) {
      checkValue(output.exportName, template, extended, missing);
      if (dependsOnResources(output.exportName, template))
        throw formatError(
          `Output ${name} is malformed. The Name field of every Export member must not depend on any resources, imported values, or Fn::GetAZs.`,
        );
    }
  }
  if (missing.size > 0) throw unresolved([...missing], 'Outputs');
}

export const unresolved = (names: readonly string[], block: 'Resources' | 'Outputs'): Error =>
  formatError(`Unresolved resource dependencies [${names.join(', ')}] in the ${block} block of the template`);

function checkConditionName(template: Template, part: DeclaredResource | Output, block: string): void {
  const { condition } = part;
  if (condition !== undefined && !template.conditions.has(condition))
    throw formatError(`Unresolved condition dependency ${condition} in the ${block} block of the template`);
}

function checkValue(value: Json, template: Template, extended: boolean, missing: Set<string>): void {
  callsIn(value, (call) => {
    if ((call.fn === 'Fn::Length' || call.fn === 'Fn::ToJsonString') && !extended)
      throw templateError(`${call.fn} requires the AWS::LanguageExtensions transform.`);
    if (call.fn === 'Fn::If' && !template.conditions.has(call.condition))
      throw unresolvedCondition(call.condition, call.fn);
    if (call.fn === 'Fn::FindInMap') checkMapping(call, template);
    if (call.fn === 'Fn::ImportValue' && dependsOnResources(call.value, template))
      throw templateError(
        'the attribute in Fn::ImportValue must not depend on any resources, imported values, or Fn::GetAZs',
      );
    for (const reference of referencesOf(call)) checkReference(reference, template, missing);
  });
}

function checkReference(reference: Reference, template: Template, missing: Set<string>): void {
  const { by, name, attribute } = reference;
  if (template.resources.has(name)) return;
  if (attribute === undefined) {
    if (!isParameter(template, name)) missing.add(name);
    return;
  }
  if (by === 'Fn::GetAtt')
    throw templateError(`instance of Fn::GetAtt references undefined resource ${name}`);
  throw templateError(`instance of Fn::Sub references invalid resource attribute ${name}.${attribute}`);
}

function checkMapping(call: Call & { fn: 'Fn::FindInMap' }, template: Template): void {
  const [map] = call.path;
  if (typeof map === 'string' && !template.mappings.has(map) && call.otherwise === undefined)
    throw noMapping(map);
}

function dependsOnResources(value: Json, template: Template): boolean {
  let depends = false;
  callsIn(value, (call) => {
    if (call.fn === 'Fn::ImportValue' || call.fn === 'Fn::GetAZs') depends = true;
    if (referencesOf(call).some((one) => template.resources.has(one.name))) depends = true;
  });
  return depends;
}

function checkConditions(template: Template): void {
  const resources = new Set<string>();
  for (const condition of template.conditions.values()) checkCondition(condition, template, resources);
  if (resources.size > 0) throw notInConditions([...resources]);
}

function checkCondition(condition: Json, template: Template, resources: Set<string>): void {
  const name = conditionName(condition);
  if (name !== undefined) {
    if (!template.conditions.has(name)) throw unresolvedCondition(name, 'Condition');
    return;
  }
  const [fn, given] = conditionCall(condition);
  const operandsGiven = operands(fn, given);
  if (fn !== 'Fn::Equals') {
    for (const one of operandsGiven) checkCondition(one, template, resources);
    return;
  }
  for (const one of operandsGiven)
    callsIn(one, (call) => {
      if (call.fn === 'Fn::GetAtt' || call.fn === 'Fn::ImportValue')
        throw templateError(`Cannot use ${call.fn} in Conditions`);
      if (call.fn === 'Fn::FindInMap') checkMapping(call, template);
      if (call.fn === 'Fn::If' && !template.conditions.has(call.condition))
        throw unresolvedCondition(call.condition, call.fn);
      for (const { name } of referencesOf(call)) if (!isParameter(template, name)) resources.add(name);
    });
}
