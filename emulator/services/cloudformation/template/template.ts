import { formatError, TemplateFailure } from './failure.ts';
import type { DeclaredParameter, JsonMap, Section, Template } from './model.ts';
import { declaredParameter } from './parameters.ts';
import { declaredResource } from './resources.ts';
import { checkReferences } from './references.ts';
import { description, mapping, output, rule, section, transforms } from './sections.ts';
import { isMap, member, templateTree } from './tree.ts';

const MEMBERS = [
  'AWSTemplateFormatVersion',
  'Conditions',
  'Description',
  'Hooks',
  'Mappings',
  'Metadata',
  'Outputs',
  'Parameters',
  'Resources',
  'Rules',
  'Transform',
];

/** What may stand where the template's transforms allow it. */
export interface Allowed {
  /** `Fn::Length` and `Fn::ToJsonString` that `AWS::LanguageExtensions` had to leave. */
  readonly languageExtensions?: boolean;
}

/**
 * A template whose transforms have run, checked: its structure, its limits, and that everything it names is there.
 * @param tree what `readTemplate` and the transforms gave
 * @throws TemplateFailure with CloudFormation's text for the first thing that is wrong
 */
export function checkedTemplate(tree: unknown, allowed: Allowed = {}): Template {
  const whole = templateTree(tree);
  const strange = Object.keys(whole).filter((key) => !MEMBERS.includes(key));
  if (strange.length > 0)
    throw new TemplateFailure(`Invalid template property or properties [${strange.join(', ')}]`);
  const head = headOf(whole);
  const template: Template = {
    ...head,
    metadata: metadata(whole),
    mappings: section(whole, 'Mappings', 'Mapping', mapping),
    conditions: section(whole, 'Conditions', 'Condition', (_, declared) => declared),
    rules: section(whole, 'Rules', 'Rule', rule),
    resources: section(whole, 'Resources', 'Resource', declaredResource),
    outputs: section(whole, 'Outputs', 'Output', output),
  };
  if (template.resources.size === 0) throw formatError('At least one Resources member must be defined.');
  const common = [...template.resources.keys()].filter((id) => template.parameters.has(id));
  if (common.length > 0)
    throw new TemplateFailure(
      `Template error: all resources and parameters must have unique names. Common name(s):[${common.join(', ')}]`,
    );
  checkReferences(template, allowed.languageExtensions ?? false);
  return template;
}

/** What is known of a template before its transforms have run, since they need the parameters. */
export interface TemplateHead {
  readonly description: string | undefined;
  readonly transforms: readonly string[];
  readonly parameters: Section<DeclaredParameter>;
}

/** @throws TemplateFailure where the parts that transforms do not touch are wrong */
export function templateHead(tree: unknown): TemplateHead {
  if (typeof tree !== 'object' || tree === null || Array.isArray(tree))
    throw formatError('unsupported structure.');
  // transforms take nulls, each as it likes, so only the head is asked for them
  const parts = Object.entries(tree).filter(([key]) => HEAD.includes(key));
  return headOf(templateTree(Object.fromEntries(parts)));
}

const HEAD = ['AWSTemplateFormatVersion', 'Description', 'Parameters', 'Transform'];

function headOf(whole: JsonMap): TemplateHead {
  const version = member(whole, 'AWSTemplateFormatVersion');
  if (version !== undefined && version !== '2010-09-09')
    throw formatError('unsupported value for AWSTemplateFormatVersion.');
  return {
    description: description(whole),
    transforms: transforms(whole),
    parameters: section(whole, 'Parameters', 'Parameter', declaredParameter),
  };
}

function metadata(whole: JsonMap): JsonMap | undefined {
  const value = member(whole, 'Metadata');
  if (value !== undefined && !isMap(value)) throw formatError('Metadata must be an object.');
  return value;
}
