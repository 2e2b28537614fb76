import type { Capability, Parameter, Tag } from '@aws-sdk/client-cloudformation';
import type { Cloud } from '../../../cloud.ts';
import type { Scope } from '../../../service/call.ts';
import type { Acting } from '../../../service/inner-calls.ts';
import { exported } from '../exports/exports.ts';
import { invalid, lacksCapabilities } from '../failures.ts';
import { planOf, pseudoOf, type Plan } from '../planning/plan.ts';
import type { ResourceTypes } from '../planning/resource-types.ts';
import type { Goal, ParameterRow, StackRow, TemplateRow } from '../rows.ts';
import type { StackStore } from '../store.ts';
import { formatError, TemplateFailure } from '../template/failure.ts';
import type { Template } from '../template/model.ts';
import { readTemplate } from '../template/read.ts';
import { neededCapabilities } from '../template/summary.ts';
import { templateHead, type TemplateHead } from '../template/template.ts';
import { evaluatedProperties } from '../values/evaluate.ts';
import { chosenParameters, parameterValues, ssmParametersOf } from '../values/parameters.ts';
import { transformed } from './transforms.ts';

/** What operations prepare templates with. */
export interface PrepareParts {
  readonly cloud: Cloud;
  readonly store: StackStore;
  readonly types: ResourceTypes;
}

/** What a caller asks a stack to be. */
export interface Asked {
  readonly text: string;
  readonly parameters: readonly Parameter[];
  readonly tags: readonly Tag[];
  readonly capabilities: readonly Capability[];
  readonly notifications: readonly string[];
  readonly roleArn: string | undefined;
  /** What the stack's last operation had: `UsePreviousValue` takes it. */
  readonly previous: Goal | undefined;
}

/** What a caller asked, checked, its transforms run. Nothing is kept yet. */
export interface Prepared {
  readonly goal: Omit<Goal, 'template'>;
  readonly row: TemplateRow;
  readonly plan: Plan;
  /** What the caller has not agreed to. */
  readonly lacks: readonly Capability[];
  /** Whether transforms were run: then a change set tells what is wrong, where a stack would be refused. */
  readonly hasTransforms: boolean;
}

/** @throws ValidationError, TemplateFailure, UnreadableTemplate */
export async function prepare(
  parts: PrepareParts,
  scope: Scope,
  acting: Acting,
  stack: Pick<StackRow, 'id' | 'name'>,
  asked: Asked,
): Promise<Prepared> {
  const tree = readTemplate(asked.text);
  const head = templateHead(tree);
  const parameters = await parameterRows(parts.cloud, acting, head, asked);
  const hasTransforms = head.transforms.length > 0;
  const processed = hasTransforms
    ? await transformed(tree, head.transforms, {
        scope,
        parameters: valuesOf(head, parameters),
        pseudo: pseudoOf(scope, stack, asked.notifications),
      })
    : undefined;
  const goal: Omit<Goal, 'template'> = {
    ...(head.description !== undefined && { description: head.description }),
    parameters,
    tags: tagsOf(asked.tags),
    capabilities: asked.capabilities,
    notifications: asked.notifications,
    ...(asked.roleArn !== undefined && { roleArn: asked.roleArn }),
  };
  const row: TemplateRow = {
    original: asked.text,
    ...(processed !== undefined && { processed: JSON.stringify(processed) }),
  };
  const plan = planOf({
    scope,
    stack,
    goal,
    template: row,
    exported: (name) => exported(parts.store, scope, name),
  });
  checkTypes(parts.types, plan.template);
  checkValues(plan);
  const needed = new Set([...neededCapabilities(processed ?? tree), ...neededCapabilities(tree)]);
  return { goal, row, plan, lacks: lacking([...needed], asked.capabilities), hasTransforms };
}

/** What of a template's needs the caller has not agreed to. */
function lacking(needed: readonly Capability[], given: readonly Capability[]): Capability[] {
  return needed.filter(
    (one) => !given.includes(one) && !(one === 'CAPABILITY_IAM' && given.includes('CAPABILITY_NAMED_IAM')),
  );
}

/** @throws InsufficientCapabilitiesException */
export function checkCapabilities({ lacks }: Prepared): void {
  if (lacks.length > 0) throw lacksCapabilities(lacks);
}

async function parameterRows(
  cloud: Cloud,
  acting: Acting,
  head: TemplateHead,
  { parameters, previous }: Asked,
): Promise<ParameterRow[]> {
  const before = previous && new Map(previous.parameters.map(({ key, value }) => [key, value]));
  const chosen = chosenParameters(head.parameters, parameters, before);
  const names = ssmParametersOf(head.parameters, chosen);
  const found = await storedValues(cloud, acting, [...new Set(names.values())]);
  return [...chosen].map(([key, value]) => {
    const resolved = found.get(names.get(key) ?? '');
    return {
      key,
      value,
      ...(names.has(key) && resolved !== undefined && { resolved }),
      ...(head.parameters.get(key)?.noEcho === true && { noEcho: true }),
    };
  });
}

async function storedValues(
  cloud: Cloud,
  acting: Acting,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const missing: string[] = [];
  for (let at = 0; at < names.length; at += 10) {
    const Names = names.slice(at, at + 10);
    const answer = await cloud.call(acting, 'ssm', 'GetParameters', { Names });
    for (const { Name = '', Value = '' } of answer.Parameters ?? []) found.set(Name, Value);
    missing.push(...(answer.InvalidParameters ?? []));
  }
  if (missing.length > 0)
    throw invalid(`Unable to fetch parameters [${missing.join(',')}] from parameter store for this account.`);
  return found;
}

function valuesOf(head: TemplateHead, rows: readonly ParameterRow[]) {
  return parameterValues(
    head.parameters,
    new Map(rows.map(({ key, value }) => [key, value])),
    new Map(rows.flatMap(({ key, resolved }) => (resolved === undefined ? [] : [[key, resolved] as const]))),
  );
}

const tagsOf = (tags: readonly Tag[]): Record<string, string> =>
  Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]));

/** An unknown type fails before anything is made. @throws TemplateFailure */
export function checkTypes(types: ResourceTypes, { resources }: Template): void {
  const unknown = [...resources.values()].map(({ type }) => type).filter((type) => types(type) === undefined);
  if (unknown.length > 0)
    throw formatError(`Unrecognized resource types: [${[...new Set(unknown)].join(', ')}]`);
}

/* What functions ask for that no template can give is told at once; an export may be there later. */
function checkValues(plan: Plan): void {
  const context = plan.context(() => undefined);
  for (const logicalId of plan.needs.keys()) {
    const declared = plan.declared(logicalId);
    if (declared === undefined) continue;
    try {
      evaluatedProperties(declared, context);
    } catch (error) {
      if (!(error instanceof TemplateFailure) || !error.message.startsWith('No export')) throw error;
    }
  }
}
