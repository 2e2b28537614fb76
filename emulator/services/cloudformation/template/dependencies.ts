import type { Json } from '../../../state/state.ts';
import { TemplateFailure } from './failure.ts';
import type { Template } from './model.ts';
import { callsIn, isParameter, referencesOf, unresolved, valuesOf } from './references.ts';

/** Which resources each resource needs: by `Ref`, `Fn::GetAtt`, `Fn::Sub` and `DependsOn`. */
export type Dependencies = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * The dependencies of the resources whose conditions hold. Of an `Fn::If`, the branch that is taken counts.
 * @param conditions of each condition whether it holds
 * @throws TemplateFailure where a resource or an output refers to a resource whose condition does not hold
 */
export function dependenciesOf(template: Template, conditions: ReadonlyMap<string, boolean>): Dependencies {
  const there = (condition: string | undefined): boolean =>
    condition === undefined || conditions.get(condition) === true;
  const present = new Map([...template.resources].filter(([, resource]) => there(resource.condition)));
  const missing = new Set<string>();
  const needs = (values: readonly Json[]): Set<string> => {
    const names = namesIn(values, conditions).filter((name) => !isParameter(template, name));
    for (const name of names) if (!present.has(name)) missing.add(name);
    return new Set(names);
  };
  const dependencies = new Map(
    [...present].map(([id, resource]) => {
      const all = needs(valuesOf(resource));
      // to come after what is not there is no wish at all
      for (const other of resource.dependsOn) if (present.has(other)) all.add(other);
      return [id, all] as const;
    }),
  );
  if (missing.size > 0) throw unresolved([...missing], 'Resources');
  for (const output of template.outputs.values()) if (there(output.condition)) needs([output.value]);
  if (missing.size > 0) throw unresolved([...missing], 'Outputs');
  return dependencies;
}

function namesIn(values: readonly Json[], conditions: ReadonlyMap<string, boolean>): string[] {
  const names: string[] = [];
  for (const value of values)
    callsIn(
      value,
      (call) => names.push(...referencesOf(call).map((one) => one.name)),
      (call) => [conditions.get(call.condition) ? call.yes : call.no],
    );
  return names;
}

/** The resources in an order in which each comes after what it needs. @throws TemplateFailure for a circle */
export function inOrder(dependencies: Dependencies): readonly string[] {
  const order: string[] = [];
  const waiting = new Map([...dependencies].map(([id, needs]) => [id, needs.size]));
  const neededBy = new Map<string, string[]>([...dependencies.keys()].map((id) => [id, []]));
  for (const [id, needs] of dependencies) for (const other of needs) neededBy.get(other)?.push(id);
  const ready = [...waiting].flatMap(([id, count]) => (count === 0 ? [id] : []));
  for (let id = ready.shift(); id !== undefined; id = ready.shift()) {
    order.push(id);
    waiting.delete(id);
    for (const other of neededBy.get(id) ?? []) {
      const left = (waiting.get(other) ?? 0) - 1;
      waiting.set(other, left);
      if (left === 0) ready.push(other);
    }
  }
  // AWS too lists the circle and whatever waits for it
  if (waiting.size > 0)
    throw new TemplateFailure(`Circular dependency between resources: [${[...waiting.keys()].join(', ')}]`);
  return order;
}
