import type { Call } from '../../../service/call.ts';
import type { CloudFormationOperations } from '../client.ts';
import { changeSetNamed } from '../change-sets/found.ts';
import { invalid, noStackNamed } from '../failures.ts';
import type { ResourceTypes } from '../planning/resource-types.ts';
import { checkTypes } from '../preparing/prepare.ts';
import { templateText } from '../preparing/source.ts';
import type { TemplateRow } from '../rows.ts';
import { callerOf } from '../stacks/acting.ts';
import { find } from '../stacks/found.ts';
import type { StackStore } from '../store.ts';
import { readTemplate } from '../template/read.ts';
import { summaryOf } from '../template/summary.ts';
import { checkedTemplate, templateHead } from '../template/template.ts';

type Input<Name extends keyof CloudFormationOperations> = Parameters<
  NonNullable<CloudFormationOperations[Name]>
>[0];

/** `GetTemplate`, `GetTemplateSummary` and `ValidateTemplate`. */
export function templateOperations(store: StackStore, types: ResourceTypes) {
  const textOf = async (
    call: Call,
    {
      TemplateBody: body,
      TemplateURL: url,
    }: { TemplateBody?: string | undefined; TemplateURL?: string | undefined },
  ) => await templateText(store.cloud, callerOf(call), { body, url });
  return {
    GetTemplate(input: Input<'GetTemplate'>, call: Call) {
      const row = rowOf(store, call, input);
      const processed = input.TemplateStage === 'Processed' ? row.processed : undefined;
      return { TemplateBody: processed ?? row.original, StagesAvailable: ['Original', 'Processed'] };
    },
    async GetTemplateSummary(input: Input<'GetTemplateSummary'>, call: Call) {
      if (input.StackSetName !== undefined) throw invalid('StackSet is not found.');
      const text =
        input.StackName === undefined ? await textOf(call, input) : rowOf(store, call, input).original;
      return summaryOf(readTemplate(text));
    },
    async ValidateTemplate(input: Input<'ValidateTemplate'>, call: Call) {
      const tree = readTemplate(await textOf(call, input));
      // What transforms will make of the others is not known here.
      if (templateHead(tree).transforms.length === 0) checkTypes(types, checkedTemplate(tree));
      const summary = summaryOf(tree);
      return {
        Parameters: (summary.Parameters ?? []).map(({ ParameterKey, DefaultValue, NoEcho, Description }) => ({
          ParameterKey,
          NoEcho: NoEcho ?? false,
          ...(DefaultValue !== undefined && { DefaultValue }),
          ...(Description !== undefined && { Description }),
        })),
        ...(summary.Description !== undefined && { Description: summary.Description }),
        ...(summary.Capabilities !== undefined && { Capabilities: summary.Capabilities }),
        ...(summary.CapabilitiesReason !== undefined && { CapabilitiesReason: summary.CapabilitiesReason }),
        ...(summary.DeclaredTransforms !== undefined && { DeclaredTransforms: summary.DeclaredTransforms }),
      };
    },
  } satisfies CloudFormationOperations;
}

/* The template of a stack, or of a change set. */
function rowOf(
  store: StackStore,
  call: Call,
  input: { readonly StackName?: string | undefined; readonly ChangeSetName?: string | undefined },
): TemplateRow {
  if (input.ChangeSetName !== undefined)
    return store.template(call, changeSetNamed(store, call, input).goal.template);
  const name = input.StackName;
  if (name === undefined) throw invalid('StackName must be specified.');
  const stack = find(store, call, name);
  if (stack === undefined) throw invalid(`Stack with id ${name} does not exist`);
  if (stack.status === 'REVIEW_IN_PROGRESS') {
    const [changeSet] = store.changeSets(call, stack.id);
    if (changeSet === undefined) throw noStackNamed(name);
    return store.template(call, changeSet.goal.template);
  }
  return store.template(call, stack.goal.template);
}
