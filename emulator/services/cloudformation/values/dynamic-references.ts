import { TemplateFailure } from '../template/failure.ts';
import { mapOf } from '../template/tree.ts';
import { Unknown, type Value } from './unknown.ts';

/** A reference to a value that another service keeps: `{{resolve:ssm:/db/host:3}}`. */
export interface DynamicReference {
  /** As it stands in the text, braces and all: the key of {@link withDynamic}. */
  readonly text: string;
  readonly service: 'ssm' | 'ssm-secure' | 'secretsmanager';
  /** The parameter's name, or what comes after `secretsmanager:`, whole. */
  readonly name: string;
  /** Of a parameter; undefined is the newest. */
  readonly version: string | undefined;
}

/** A template may have that many, says AWS's page on dynamic references. */
const MOST = 60;

const REFERENCE = /\{\{resolve:([A-Za-z0-9-]+):([^{}]+)\}\}/g;

/**
 * The dynamic references in a value whose functions have been worked out, each once.
 * @throws TemplateFailure for a service that CloudFormation does not know, or a malformed or 61st reference
 */
export function dynamicReferencesIn(value: Value): readonly DynamicReference[] {
  const found = new Map<string, DynamicReference>();
  collect(value, found);
  if (found.size > MOST)
    throw new TemplateFailure(`Template has too many dynamic references: ${found.size}, at most ${MOST}.`);
  return [...found.values()];
}

function collect(value: Value, found: Map<string, DynamicReference>): void {
  if (typeof value === 'string') {
    for (const [text, service = '', rest = ''] of value.matchAll(REFERENCE))
      if (!found.has(text)) found.set(text, referenceOf(text, service, rest));
    return;
  }
  if (typeof value !== 'object' || value === null || value instanceof Unknown) return;
  for (const one of Object.values<Value>(value)) collect(one, found);
}

function referenceOf(text: string, service: string, rest: string): DynamicReference {
  if (service === 'secretsmanager') return { text, service, name: rest, version: undefined };
  if (service !== 'ssm' && service !== 'ssm-secure')
    throw new TemplateFailure(`Unsupported service in dynamic reference ${text}: ${service}`);
  // a parameter may be named by its ARN, which has colons of its own
  const [, name = rest, version] = /^(.+?)(?::(\d+))?$/.exec(rest) ?? [];
  if (!/^[a-zA-Z0-9_.\-/:]+$/.test(name))
    throw new TemplateFailure(`Incorrect format is used in the following SSM reference: [${rest}]`);
  return { text, service, name, version };
}

/** The value with what the references stand for put in, by their text. */
export function withDynamic<T extends Value>(value: T, found: ReadonlyMap<string, string>): T {
  return replaced(value, found) as T;
}

function replaced(value: Value, found: ReadonlyMap<string, string>): Value {
  if (typeof value === 'string') return value.replace(REFERENCE, (text) => found.get(text) ?? text);
  if (typeof value !== 'object' || value === null || value instanceof Unknown) return value;
  if (Array.isArray(value)) return (value as readonly Value[]).map((one) => replaced(one, found));
  return mapOf(Object.entries(value).map(([key, one]): [string, Value] => [key, replaced(one, found)]));
}
