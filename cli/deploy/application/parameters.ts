import type { Parameter } from '@aws-sdk/client-cloudformation';
import { TemplateFailure } from '../../../emulator/services/cloudformation/template/failure.ts';
import { declaredParameter } from '../../../emulator/services/cloudformation/template/parameters.ts';
import { checkConstraints } from '../../../emulator/services/cloudformation/values/constraints.ts';
import type { Json } from '../../../emulator/state/state.ts';
import { treeOf, textOf, type Template } from './template.ts';

/** What a template asks of whoever deploys it. */
export interface AskedParameter {
  readonly name: string;
  readonly type: string;
  readonly description: string | undefined;
  readonly initial: string | undefined;
  readonly allowed: readonly string[] | undefined;
  /** Its value is shown by nobody. */
  readonly secret: boolean;
}

const written = (value: unknown): string | undefined =>
  textOf(value) ?? (typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined);

export const askedParameters = ({ tree }: Pick<Template, 'tree'>): AskedParameter[] =>
  Object.entries(treeOf(tree.Parameters)).map(([name, said]) => {
    const { Type, Description, Default, AllowedValues, NoEcho } = treeOf(said);
    return {
      name,
      type: textOf(Type) ?? 'String',
      description: textOf(Description),
      initial: written(Default),
      allowed: Array.isArray(AllowedValues)
        ? AllowedValues.map(written).filter((value) => value !== undefined)
        : undefined,
      secret: NoEcho === true || NoEcho === 'true',
    };
  });

/** Why CloudFormation would not take a value, in its words; undefined where it would. */
export function refusalOf({ tree }: Pick<Template, 'tree'>, name: string, value: string): string | undefined {
  const refusal = (check: () => void): string | undefined => {
    try {
      check();
      return undefined;
    } catch (error) {
      if (error instanceof TemplateFailure) return error.message;
      throw error;
    }
  };
  const declared = () => declaredParameter(name, treeOf(tree.Parameters)[name] as Json);
  // Where the declaration is wrong, no value is right: CloudFormation says so when it reads the template.
  if (refusal(() => void declared()) !== undefined) return undefined;
  return refusal(() => checkConstraints(name, declared(), value));
}

/**
 * What is sent: a value that was given, otherwise the one that the stack has already, otherwise the template's own
 * (as `sam deploy` does).
 */
export const parametersFor = (
  template: Pick<Template, 'tree'>,
  given: Readonly<Record<string, string>>,
  inStack: readonly string[],
): Parameter[] =>
  askedParameters(template).flatMap(({ name }): Parameter[] => {
    const value = given[name];
    if (value !== undefined) return [{ ParameterKey: name, ParameterValue: value }];
    return inStack.includes(name) ? [{ ParameterKey: name, UsePreviousValue: true }] : [];
  });
