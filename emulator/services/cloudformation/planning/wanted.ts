import { ResourceFailure, type Properties, type ResourceWork } from '../resources/resource-type.ts';
import { coerced } from '../resources/schema/coerced.ts';
import { problems, validationFailed } from '../resources/schema/problems.ts';
import type { Live, Tags } from '../rows.ts';
import { TemplateFailure } from '../template/failure.ts';
import type { Context } from '../values/context.ts';
import { dynamicReferencesIn, withDynamic } from '../values/dynamic-references.ts';
import { evaluate, evaluatedProperties } from '../values/evaluate.ts';
import { isKnown, shown, type Value } from '../values/unknown.ts';
import type { Plan } from './plan.ts';

/** What a resource is to be. */
export type Wanted = Omit<Live, 'id' | 'attributes'>;

/** The resource as a plan has it, its properties not yet worked out. @throws TemplateFailure where it has none such */
export function outlineOf(
  plan: Plan,
  logicalId: string,
  tags: Tags,
  context: Context,
): Omit<Wanted, 'properties'> & { readonly values: Readonly<Record<string, Value>> } {
  const declared = plan.declared(logicalId);
  if (declared === undefined) throw new TemplateFailure(`The template has no resource ${logicalId}`);
  const metadata = declared.metadata === undefined ? undefined : evaluate(declared.metadata, context);
  return {
    type: declared.type,
    tags,
    whenDeleted: declared.deletionPolicy ?? 'Delete',
    whenReplaced: declared.updateReplacePolicy ?? 'Delete',
    needs: [...(plan.needs.get(logicalId) ?? [])],
    values: evaluatedProperties(declared, context),
    ...(metadata !== undefined && { metadata: shown(metadata) }),
  };
}

/**
 * The resource as a plan has it, once all that it needs is there.
 * @throws TemplateFailure, ServiceFailure, ResourceFailure where the properties are not the type's
 */
export async function wantedOf(
  plan: Plan,
  logicalId: string,
  tags: Tags,
  context: Context,
  call: ResourceWork['call'],
): Promise<Wanted> {
  const { values, ...outline } = outlineOf(plan, logicalId, tags, context);
  if (!isKnown(values)) throw new Error(`${logicalId} was begun before what it needs was there.`);
  const properties = coerced(outline.type, (await withReferences(values, call)) as Properties);
  const wrong = problems(outline.type, properties);
  if (wrong.length > 0) throw new ResourceFailure(validationFailed(logicalId, wrong));
  return { ...outline, properties };
}

/** Puts in what dynamic references stand for. @throws TemplateFailure, ServiceFailure */
export async function withReferences<T extends Value>(value: T, call: ResourceWork['call']): Promise<T> {
  const found = new Map<string, string>();
  for (const { text, service, name, version } of dynamicReferencesIn(value)) {
    if (service !== 'ssm')
      throw new TemplateFailure(
        `Coldstart's embedded cloud does not have dynamic references to ${service}: ${text}`,
      );
    const { Parameter } = await call('ssm', 'GetParameter', {
      Name: version === undefined ? name : `${name}:${version}`,
    });
    found.set(text, Parameter?.Value ?? '');
  }
  return found.size === 0 ? value : withDynamic(value, found);
}
