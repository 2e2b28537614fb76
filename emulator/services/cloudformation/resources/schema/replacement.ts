import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../../../../state/state.ts';
import type { Properties } from '../resource-type.ts';
import { schemaOf } from './schema.ts';

/** A property that changed, and what follows. The words are those of a change set's `RequiresRecreation`. */
export interface PropertyChange {
  readonly property: string;
  readonly recreation: 'Never' | 'Conditionally' | 'Always';
}

/**
 * The properties that differ, and whether the resource must be made anew for them.
 * Both sides are worked out and cast as `coerced` does.
 */
export function needsReplacement(
  type: string,
  before: Properties,
  after: Properties,
): readonly PropertyChange[] {
  const schema = schemaOf(type);
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((property): PropertyChange[] => {
    if (isDeepStrictEqual(before[property], after[property])) return [];
    const among = (paths: readonly string[] = []): boolean =>
      paths.some((path) => {
        const [head, ...rest] = path.split('.');
        return head === property && differ(before[property], after[property], rest);
      });
    const recreation = among(schema?.createOnly)
      ? 'Always'
      : among(schema?.conditionalCreateOnly)
        ? 'Conditionally'
        : 'Never';
    return [{ property, recreation }];
  });
}

function differ(before: Json | undefined, after: Json | undefined, path: readonly string[]): boolean {
  const [step, ...rest] = path;
  if (step === undefined) return !isDeepStrictEqual(before, after);
  if (step !== '*') return differ(member(before, step), member(after, step), rest);
  const pairs = Math.max(length(before), length(after));
  return Array.from({ length: pairs }, (_, index) => String(index)).some((index) =>
    differ(member(before, index), member(after, index), rest),
  );
}

const length = (value: Json | undefined): number => (Array.isArray(value) ? value.length : 0);

const member = (value: Json | undefined, name: string): Json | undefined =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, Json | undefined>>)[name]
    : undefined;
