import type { ErrorObject } from 'ajv';

/** What `$context.error.validationErrorString` says: the words of the Java validator that API Gateway runs. */
export function validationErrorString(errors: readonly ErrorObject[]): string {
  const missing = new Map<string, string[]>();
  const extra = new Map<string, string[]>();
  const said: string[] = [];
  for (const error of errors) {
    const params = error.params as Readonly<Record<string, unknown>>;
    if (error.keyword === 'required') push(missing, error.instancePath, String(params['missingProperty']));
    else if (error.keyword === 'additionalProperties') {
      push(extra, error.instancePath, String(params['additionalProperty']));
    } else said.push(sentence(error, params));
  }
  return `[${[
    ...[...missing.values()].map((names) => `object has missing required properties (${listed(names)})`),
    ...[...extra.values()].map(
      (names) => `object instance has properties which are not allowed by the schema: ${listed(names)}`,
    ),
    ...said,
  ].join(', ')}]`;
}

function sentence(error: ErrorObject, params: Readonly<Record<string, unknown>>): string {
  const data: unknown = error.data;
  const schema: unknown = error.schema;
  const limit = String(params['limit']);
  const size = sizeOf(data);
  switch (error.keyword) {
    case 'type':
      return `instance type (${typeOf(data)}) does not match any allowed primitive type (allowed: ${listed([schema].flat().map(String))})`;
    case 'enum':
      return `instance value (${JSON.stringify(data)}) not found in enum (possible values: ${JSON.stringify(schema)})`;
    case 'minLength':
      return `string ${JSON.stringify(data)} is too short (length: ${size}, required minimum: ${limit})`;
    case 'maxLength':
      return `string ${JSON.stringify(data)} is too long (length: ${size}, maximum allowed: ${limit})`;
    case 'minimum':
      return `numeric instance is lower than the required minimum (minimum: ${limit}, found: ${String(data)})`;
    case 'maximum':
      return `numeric instance is greater than the required maximum (maximum: ${limit}, found: ${String(data)})`;
    case 'exclusiveMinimum':
      return `numeric instance is not strictly greater than the required minimum ${limit}`;
    case 'exclusiveMaximum':
      return `numeric instance is not strictly lower than the required maximum ${limit}`;
    case 'pattern':
      return `ECMA 262 regex ${JSON.stringify(schema)} does not match input string ${JSON.stringify(data)}`;
    case 'minItems':
      return `array is too short: must have at least ${limit} elements but instance has ${size} elements`;
    case 'maxItems':
      return `array is too long: must have at most ${limit} elements but instance has ${size} elements`;
    case 'uniqueItems':
      return 'array must not contain duplicate elements';
    case 'minProperties':
      return `object has too few properties (found ${size} but schema requires at least ${limit})`;
    case 'maxProperties':
      return `object has too many properties (found ${size} but schema requires at most ${limit})`;
    case 'oneOf':
      return `instance failed to match exactly one schema (matched ${[params['passingSchemas'] ?? []].flat().length} out of ${sizeOf(schema)})`;
    case 'anyOf':
      return `instance failed to match at least one required schema among ${sizeOf(schema)}`;
    case 'not':
      return 'instance matched a schema which it should not have';
    default:
      return error.message ?? error.keyword;
  }
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

function sizeOf(value: unknown): number {
  if (typeof value === 'string') return Array.from(value).length;
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 0;
}

const listed = (names: readonly string[]): string => JSON.stringify([...names].sort());

function push(all: Map<string, string[]>, key: string, name: string): void {
  all.set(key, [...(all.get(key) ?? []), name]);
}
