import type { SamFailure } from './failures.ts';
import type { Names } from './intrinsics.ts';
import { resolved } from './intrinsics.ts';
import { type Obj, isText, obj } from './json.ts';

/** What a template is transformed with: where the stack will be, and what its parameters are. */
export interface Given {
  readonly region: string;
  readonly partition: string;
  readonly account: string;
  readonly parameters: Obj;
  /** ARNs of AWS managed policies by their names. */
  readonly managedPolicies: Readonly<Record<string, string>>;
}

/** A deployment preference that was found on a function. */
export interface Preference {
  readonly id: string;
  readonly enabled: boolean;
  readonly settings: Obj;
  readonly condition: unknown;
  /** The tags that the function passes on. */
  readonly tags: Obj;
}

/** A transformation under way. */
export interface Work {
  readonly given: Given;
  readonly template: Obj;
  readonly resources: Obj;
  /** The resources as they were before the first was transformed. */
  readonly original: Obj;
  readonly names: Names;
  readonly failures: SamFailure[];
  readonly properties: Map<string, Map<string, string>>;
  readonly ids: Map<string, string>;
  readonly preferences: Map<string, Preference>;
  /** Conditions of APIs that share one usage plan, and the stages of it. */
  readonly sharedPlan: SharedPlan;
}

export interface SharedPlan {
  readonly apis: { stage: Obj; condition: unknown; passed: Obj; apiId: string; stageId: string }[];
  settings: Obj;
}

/** The value with the template's parameters put in. */
export const known = (work: Work, value: unknown): unknown => resolved(value, work.names);

/** Notes that `id.property` is a name for the generated resource. */
export function nameFor(work: Work, id: string, property: string, generated: string): void {
  const names = work.properties.get(id) ?? new Map<string, string>();
  names.set(property, generated);
  work.properties.set(id, names);
}

/** The resource of the template that `id` names, as its author wrote it. */
export const resourceAt = (work: Work, id: unknown): Obj | undefined =>
  isText(id) && Object.hasOwn(work.resources, id) ? obj(work.resources[id]) : undefined;

/** Notes a condition of the template that holds where any, or all, of the given ones hold. */
export function addCondition(work: Work, name: string, condition: unknown): void {
  const conditions = obj(work.template['Conditions']);
  conditions[name] = condition;
  work.template['Conditions'] = conditions;
}
