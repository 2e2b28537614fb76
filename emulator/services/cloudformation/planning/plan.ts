import type { Scope } from '../../../service/call.ts';
import { dependenciesOf, inOrder, type Dependencies } from '../template/dependencies.ts';
import type { DeclaredResource, Template } from '../template/model.ts';
import { readTemplate } from '../template/read.ts';
import { checkedTemplate } from '../template/template.ts';
import { conditionsOf } from '../values/conditions.ts';
import type { Context, ExistingResource, Pseudo } from '../values/context.ts';
import { parameterValues } from '../values/parameters.ts';
import { checkRules } from '../values/rules.ts';
import type { Goal, StackRow, TemplateRow } from '../rows.ts';

/** A goal as resources: which there are to be, and what they need. */
export interface Plan {
  readonly template: Template;
  /** Of the resources whose conditions hold. */
  readonly needs: Dependencies;
  /** The resource as the template declares it, where its condition holds. */
  declared(logicalId: string): DeclaredResource | undefined;
  /** What functions are worked out with, where these resources exist. */
  context(resource: Context['resource']): Context;
}

/** What a plan is made with. */
export interface PlanGiven {
  readonly scope: Scope;
  readonly stack: Pick<StackRow, 'id' | 'name'>;
  readonly goal: Pick<Goal, 'parameters' | 'notifications'>;
  readonly template: TemplateRow;
  readonly exported: Context['exported'];
}

/** Values of the parameters of AWS itself. */
export function pseudoOf(
  { region, account }: Scope,
  stack: Pick<StackRow, 'id' | 'name'>,
  notifications: readonly string[],
): Pseudo {
  return {
    'AWS::AccountId': account,
    'AWS::NotificationARNs': notifications,
    'AWS::Partition': 'aws',
    'AWS::Region': region,
    'AWS::StackId': stack.id,
    'AWS::StackName': stack.name,
    'AWS::URLSuffix': 'amazonaws.com',
  };
}

/** @throws TemplateFailure for the first thing that is wrong with the template */
export function planOf({ scope, stack, goal, template: row, exported }: PlanGiven): Plan {
  const template = checkedTemplate(readTemplate(row.processed ?? row.original));
  const chosen = new Map(goal.parameters.map(({ key, value }) => [key, value]));
  const stored = new Map(
    goal.parameters.flatMap(({ key, resolved }) =>
      resolved === undefined ? [] : [[key, resolved] as const],
    ),
  );
  const early = {
    template,
    parameters: parameterValues(template.parameters, chosen, stored),
    pseudo: pseudoOf(scope, stack, goal.notifications),
  };
  checkRules(early);
  const conditions = conditionsOf(early);
  const needs = dependenciesOf(template, conditions);
  inOrder(needs);
  return {
    template,
    needs,
    declared: (logicalId) => (needs.has(logicalId) ? template.resources.get(logicalId) : undefined),
    context: (resource: (logicalId: string) => ExistingResource | undefined) => ({
      ...early,
      conditions,
      resource,
      exported,
    }),
  };
}
