import { isDeepStrictEqual } from 'node:util';
import type {
  EvaluationType,
  Replacement,
  RequiresRecreation,
  ResourceChangeDetail,
} from '@aws-sdk/client-cloudformation';
import { isKnown, type Value } from '../values/unknown.ts';

/** What else changes, by name. */
export interface ChangedNames {
  readonly parameters: ReadonlySet<string>;
  readonly resources: Map<string, Replacement>;
}

/** A property that changes. */
interface Changed {
  readonly property: string;
  readonly recreation: RequiresRecreation;
  readonly value: Value | undefined;
  /** As the template has it, its functions not worked out, and as it had it. */
  readonly raw: unknown;
  readonly before: unknown;
  readonly changed: ChangedNames;
}

/** What a property names of what changes too. */
interface Reference {
  readonly name: string;
  readonly attribute: string | undefined;
}

/**
 * Why a property changes, as a change set tells it: because the template is another there, or because of what it names.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ResourceChangeDetail.html
 */
export function detailOf({
  property,
  recreation,
  value,
  raw,
  before,
  changed,
}: Changed): ResourceChangeDetail[] {
  const target = {
    Target: {
      Attribute: property === 'Tags' ? ('Tags' as const) : ('Properties' as const),
      ...(property !== 'Tags' && { Name: property }),
      RequiresRecreation: recreation,
    },
  };
  const known = value === undefined || isKnown(value);
  const evaluation: EvaluationType = known ? 'Static' : 'Dynamic';
  const references = referencesIn(raw);
  const parameters = references.filter(({ name }) => changed.parameters.has(name));
  const resources = references.filter(({ name }) => changed.resources.has(name));
  if (
    !isDeepStrictEqual(raw, before) &&
    before !== undefined &&
    resources.length === 0 &&
    parameters.length === 0
  )
    return [{ ...target, Evaluation: evaluation, ChangeSource: 'DirectModification' }];
  const details: ResourceChangeDetail[] = [
    ...parameters.map(({ name }) => ({
      ...target,
      Evaluation: evaluation,
      ChangeSource: 'ParameterReference' as const,
      CausingEntity: name,
    })),
    ...resources.map(({ name, attribute }) => ({
      ...target,
      // That another physical id comes of a replacement is certain; what an attribute will be is not.
      Evaluation:
        attribute === undefined && changed.resources.get(name) === 'True'
          ? ('Static' as const)
          : ('Dynamic' as const),
      ChangeSource: attribute === undefined ? ('ResourceReference' as const) : ('ResourceAttribute' as const),
      CausingEntity: attribute === undefined ? name : `${name}.${attribute}`,
    })),
  ];
  return details.length > 0
    ? details
    : [{ ...target, Evaluation: evaluation, ChangeSource: 'DirectModification' }];
}

function referencesIn(raw: unknown): Reference[] {
  if (Array.isArray(raw)) return raw.flatMap(referencesIn);
  if (typeof raw !== 'object' || raw === null) return [];
  const map = raw as Readonly<Record<string, unknown>>;
  const { Ref: ref, 'Fn::GetAtt': attribute, 'Fn::Sub': sub } = map;
  if (typeof ref === 'string') return [{ name: ref, attribute: undefined }];
  if (Array.isArray(attribute)) {
    const [name, ...rest] = attribute as unknown[];
    return [{ name: String(name), attribute: rest.map(String).join('.') }];
  }
  if (typeof attribute === 'string') return inText(`\${${attribute}}`);
  const [text, variables] = Array.isArray(sub) ? (sub as unknown[]) : [sub];
  if (typeof text === 'string') return [...inText(text), ...referencesIn(variables)];
  return Object.values(map).flatMap(referencesIn);
}

/* The names between `${` and `}`. */
function inText(text: string): Reference[] {
  return [...text.matchAll(/\$\{([^!}][^}]*)\}/g)].map(([, inside = '']) => {
    const [name = '', ...attribute] = inside.trim().split('.');
    return { name, attribute: attribute.length === 0 ? undefined : attribute.join('.') };
  });
}
