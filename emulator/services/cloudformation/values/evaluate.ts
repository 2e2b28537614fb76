import type { Json } from '../../../state/state.ts';
import { formatError, templateError, TemplateFailure } from '../template/failure.ts';
import { badExport } from '../template/sections.ts';
import type { DeclaredResource, JsonMap, Output } from '../template/model.ts';
import type { Context, EarlyContext, ExistingResource } from './context.ts';
import { UNKNOWN, Unknown, type Value } from './unknown.ts';
import { type Sources, Working } from './work.ts';

/**
 * Works out every function in the value. Dynamic references stay in the texts: see `dynamic-references.ts`.
 * Whatever depends on a resource that does not exist yet is `UNKNOWN`; undefined is `AWS::NoValue`.
 * @throws TemplateFailure where a function asks for what is not there
 */
export function evaluate(value: Json, context: Context): Value | undefined {
  return new Working(sourcesOf(context)).value(value);
}

/** The resource's properties, worked out. @throws TemplateFailure */
export function evaluatedProperties(
  resource: DeclaredResource,
  context: Context,
): Readonly<Record<string, Value>> {
  return evaluatedMap(resource.properties, context);
}

function evaluatedMap(map: JsonMap, context: Context): Readonly<Record<string, Value>> {
  const value = evaluate(map, context);
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Unknown)
    throw formatError('Properties must be an object.');
  return value as Readonly<Record<string, Value>>;
}

export interface EvaluatedOutput {
  /** A text, since outputs are nothing else; or unknown. */
  readonly value: Value;
  readonly exportName: string | undefined;
}

/** An output's value and the name it is exported by. @throws TemplateFailure where one of them is no text */
export function evaluatedOutput(name: string, output: Output, context: Context): EvaluatedOutput {
  const value = evaluate(output.value, context);
  if (value === undefined || value === null || (typeof value === 'object' && !(value instanceof Unknown)))
    throw formatError('The Value field of every Outputs member must evaluate to a String.');
  return {
    value: value instanceof Unknown ? value : String(value),
    exportName: output.exportName === undefined ? undefined : exportName(name, output.exportName, context),
  };
}

function exportName(output: string, written: Json, context: Context): string {
  const name = evaluate(written, context);
  if (typeof name !== 'string' || !/^[A-Za-z0-9:-]{1,255}$/.test(name)) throw badExport(output);
  return name;
}

/** Where `Ref` and the others find parameters; whatever else may be referred to is for the caller to say. */
export function earlySources(
  context: EarlyContext,
  resource: (name: string) => Value,
): Pick<Sources, 'ref' | 'region' | 'mappings'> {
  return {
    mappings: context.template.mappings,
    region: context.pseudo['AWS::Region'],
    ref: (name) => {
      if (name === 'AWS::NoValue') return undefined;
      if (Object.hasOwn(context.pseudo, name)) return context.pseudo[name as keyof EarlyContext['pseudo']];
      return context.parameters.get(name) ?? resource(name);
    },
  };
}

function sourcesOf(context: Context): Sources {
  return {
    ...earlySources(context, (name) => {
      if (!context.template.resources.has(name)) throw unresolved(name);
      return context.resource(name)?.id ?? UNKNOWN;
    }),
    attribute: (id, attribute) => {
      if (!context.template.resources.has(id))
        throw templateError(`instance of Fn::GetAtt references undefined resource ${id}`);
      const resource = context.resource(id);
      if (!resource) return UNKNOWN;
      return attributeOf(resource, attribute) ?? lacking(id, attribute, resource, context);
    },
    condition: (name) => {
      const holds = context.conditions.get(name);
      if (holds === undefined) throw templateError(`unresolved condition dependency ${name} in Fn::If`);
      return holds;
    },
    exported: (name) => {
      const value = context.exported(name);
      if (value === undefined) throw new TemplateFailure(`No export named ${name} found.`);
      return value;
    },
  };
}

const unresolved = (name: string): TemplateFailure =>
  formatError(`Unresolved resource dependencies [${name}] in the Resources block of the template`);

function attributeOf(resource: ExistingResource, name: string): Value | undefined {
  if (Object.hasOwn(resource.attributes, name)) return resource.attributes[name] as Value | undefined;
  let value: unknown = resource.attributes;
  for (const part of name.split('.')) {
    if (
      typeof value !== 'object' ||
      value === null ||
      value instanceof Unknown ||
      !Object.hasOwn(value, part)
    )
      return value instanceof Unknown ? value : undefined;
    value = (value as Readonly<Record<string, unknown>>)[part];
  }
  return value as Value | undefined;
}

function lacking(id: string, attribute: string, resource: ExistingResource, context: Context): never {
  const type = context.template.resources.get(id)?.type ?? '';
  const physical = typeof resource.id === 'string' ? resource.id : id;
  if (type === 'AWS::CloudFormation::CustomResource' || type.startsWith('Custom::'))
    throw new TemplateFailure(
      `CustomResource attribute error: Vendor response doesn't contain ${attribute} attribute in object ${physical}`,
    );
  if (type === 'AWS::CloudFormation::Stack' && attribute.startsWith('Outputs.'))
    throw templateError(`Output '${attribute.slice('Outputs.'.length)}' not found in stack '${physical}'`);
  throw templateError(`resource ${id} does not support attribute type ${attribute} in Fn::GetAtt`);
}
