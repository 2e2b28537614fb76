import { isDeepStrictEqual } from 'node:util';
import type {
  PolicyAction,
  Replacement,
  ResourceAttribute,
  ResourceChange,
  ResourceChangeDetail,
} from '@aws-sdk/client-cloudformation';
import type { Scope } from '../../../service/call.ts';
import type { Prepared, PrepareParts } from '../preparing/prepare.ts';
import type { Properties } from '../resources/resource-type.ts';
import { coerced } from '../resources/schema/coerced.ts';
import { needsReplacement } from '../resources/schema/replacement.ts';
import type { Live, Removal, ResourceRow, StackRow } from '../rows.ts';
import { inOrder } from '../template/dependencies.ts';
import { evaluatedOutput } from '../values/evaluate.ts';
import { shown, Unknown, type Value } from '../values/unknown.ts';
import { detailOf, type ChangedNames } from './change-source.ts';
import { planOf, type Plan } from './plan.ts';
import { outlineOf, type Wanted } from './wanted.ts';

/** What an update would do to a stack's resources, in the order of their logical ids. */
export function changesOf(
  { store, types }: PrepareParts,
  scope: Scope,
  stack: StackRow,
  { plan, goal }: Prepared,
): ResourceChange[] {
  const rows = new Map(store.resources(scope, stack.id).map((row) => [row.logicalId, row]));
  const before = beforeOf(store, scope, stack, rows);
  const changed: ChangedNames = {
    parameters: new Set(
      goal.parameters
        .filter(({ key, value, resolved }) => {
          const old = stack.goal.parameters.find((one) => one.key === key);
          return old?.value !== value || old.resolved !== resolved;
        })
        .map(({ key }) => key),
    ),
    resources: new Map(),
  };
  const context = plan.context((logicalId) => {
    const live = rows.get(logicalId)?.live;
    return changed.resources.get(logicalId) === 'True' ? undefined : live;
  });
  const changes: ResourceChange[] = [];
  for (const logicalId of inOrder(plan.needs)) {
    const { values, ...outline } = outlineOf(plan, logicalId, goal.tags, context);
    const wanted: Wanted = { ...outline, properties: coerced(outline.type, shown(values) as Properties) };
    const live = rows.get(logicalId)?.live;
    if (live === undefined) {
      changed.resources.set(logicalId, 'True');
      changes.push({
        Action: 'Add',
        LogicalResourceId: logicalId,
        ResourceType: outline.type,
        Scope: [],
        Details: [],
      });
      continue;
    }
    const change = modification(
      { logicalId, live, wanted, values, changed, types },
      { now: plan.declared(logicalId)?.properties, before: before?.declared(logicalId)?.properties },
    );
    if (change === undefined) continue;
    changed.resources.set(logicalId, change.Replacement ?? 'False');
    changes.push(change);
  }
  for (const { logicalId, live } of rows.values())
    if (live !== undefined && !plan.needs.has(logicalId)) changes.push(removal(logicalId, live));
  return changes.sort((a, b) => ((a.LogicalResourceId ?? '') < (b.LogicalResourceId ?? '') ? -1 : 1));
}

/** Whether an update has nothing to do: no resource, output or tag is to be other than it is. */
export function isNothing(parts: PrepareParts, scope: Scope, stack: StackRow, prepared: Prepared): boolean {
  if (!isDeepStrictEqual(stack.goal.tags, prepared.goal.tags)) return false;
  if (!isDeepStrictEqual(stack.goal.notifications, prepared.goal.notifications)) return false;
  if (stack.goal.roleArn !== prepared.goal.roleArn) return false;
  return (
    changesOf(parts, scope, stack, prepared).length === 0 && sameOutputs(parts, scope, stack, prepared.plan)
  );
}

function sameOutputs({ store }: PrepareParts, scope: Scope, stack: StackRow, plan: Plan): boolean {
  const context = plan.context((logicalId) => store.resource(scope, stack.id, logicalId)?.live);
  const wanted = [...plan.template.outputs].flatMap(([key, output]) => {
    if (output.condition !== undefined && context.conditions.get(output.condition) !== true) return [];
    const { value, exportName } = evaluatedOutput(key, output, context);
    return [
      [
        key,
        value instanceof Unknown ? null : typeof value === 'string' ? value : JSON.stringify(value),
        exportName,
        output.description,
      ],
    ];
  });
  const now = stack.outputs.map(({ key, value, exportName, description }) => [
    key,
    value,
    exportName,
    description,
  ]);
  // A value with a dynamic reference is not known before it is asked for; that it changed is seen at the next change.
  return isDeepStrictEqual(wanted, now) || JSON.stringify(wanted).includes('{{resolve:');
}

/* The plan that the stack has now, to tell what was changed in the template itself. */
function beforeOf(
  store: PrepareParts['store'],
  scope: Scope,
  stack: StackRow,
  rows: ReadonlyMap<string, ResourceRow>,
): Plan | undefined {
  if (rows.size === 0) return undefined;
  const template = store.template(scope, stack.goal.template);
  try {
    return planOf({ scope, stack, goal: stack.goal, template, exported: () => '' });
  } catch {
    return undefined;
  }
}

interface Modified {
  readonly logicalId: string;
  readonly live: Live;
  readonly wanted: Wanted;
  readonly values: Readonly<Record<string, Value>>;
  readonly changed: ChangedNames;
  readonly types: PrepareParts['types'];
}

function modification(
  { logicalId, live, wanted, values, changed, types }: Modified,
  declared: { readonly now: unknown; readonly before: unknown },
): ResourceChange | undefined {
  const type = types(wanted.type);
  const forced = type?.update === undefined || type.replaces?.(live.properties, wanted.properties) === true;
  const details: ResourceChangeDetail[] = needsReplacement(
    wanted.type,
    live.properties,
    wanted.properties,
  ).flatMap(({ property, recreation }) =>
    detailOf({
      property,
      recreation: forced ? 'Always' : recreation,
      value: values[property],
      raw: memberOf(declared.now, property),
      before: memberOf(declared.before, property),
      changed,
    }),
  );
  const scope = new Set<ResourceAttribute>();
  if (details.length > 0) scope.add('Properties');
  if (details.some(({ Target }) => Target?.Attribute === 'Tags')) scope.add('Tags');
  if (details.every(({ Target }) => Target?.Attribute === 'Tags')) scope.delete('Properties');
  const beside: [ResourceAttribute, boolean][] = [
    ['Tags', type?.update !== undefined && !isDeepStrictEqual(live.tags, wanted.tags)],
    ['Metadata', !isDeepStrictEqual(live.metadata, wanted.metadata)],
    ['DeletionPolicy', live.whenDeleted !== wanted.whenDeleted],
    ['UpdateReplacePolicy', live.whenReplaced !== wanted.whenReplaced],
  ];
  for (const [attribute, differs] of beside) {
    if (!differs || scope.has(attribute)) continue;
    scope.add(attribute);
    details.push({
      Target: { Attribute: attribute, RequiresRecreation: 'Never' },
      Evaluation: 'Static',
      ChangeSource: 'DirectModification',
    });
  }
  if (details.length === 0) return undefined;
  const replacement = replacementOf(details);
  const policy = replacement === 'False' ? undefined : replacePolicy(wanted.whenReplaced);
  return {
    Action: 'Modify',
    LogicalResourceId: logicalId,
    PhysicalResourceId: live.id,
    ResourceType: wanted.type,
    Replacement: replacement,
    Scope: [...scope],
    Details: details,
    ...(policy !== undefined && { PolicyAction: policy }),
  };
}

function replacementOf(details: readonly ResourceChangeDetail[]): Replacement {
  const always = details.filter(({ Target }) => Target?.RequiresRecreation === 'Always');
  if (always.some(({ Evaluation }) => Evaluation === 'Static')) return 'True';
  const maybe = details.some(({ Target }) => Target?.RequiresRecreation === 'Conditionally');
  return always.length > 0 || maybe ? 'Conditional' : 'False';
}

function removal(logicalId: string, live: Live): ResourceChange {
  return {
    Action: 'Remove',
    LogicalResourceId: logicalId,
    PhysicalResourceId: live.id,
    ResourceType: live.type,
    PolicyAction: live.whenDeleted.startsWith('Retain') ? 'Retain' : 'Delete',
    Scope: [],
    Details: [],
  };
}

const replacePolicy = (policy: Removal): PolicyAction =>
  policy === 'Delete'
    ? 'ReplaceAndDelete'
    : policy === 'Snapshot'
      ? 'ReplaceAndSnapshot'
      : 'ReplaceAndRetain';

const memberOf = (map: unknown, name: string): unknown =>
  typeof map === 'object' && map !== null ? (map as Readonly<Record<string, unknown>>)[name] : undefined;
