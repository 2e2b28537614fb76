/** JSON Schema draft 04, in which API Gateway's models are written, as the draft 07 that ajv reads. */

const ONE: readonly string[] = ['additionalItems', 'additionalProperties', 'not'];
const LIST: readonly string[] = ['allOf', 'anyOf', 'oneOf'];
const NAMED: readonly string[] = ['properties', 'patternProperties', 'definitions', 'dependencies'];
const MODEL = /^https:\/\/apigateway\.amazonaws\.com\/restapis\/[^/]+\/models\/([^/#]+)(#.*)?$/;

/** Under which key a model's schema is known to the others. */
export const keyOf = (model: string): string => `model:/${encodeURIComponent(model)}`;

/**
 * Models that a schema names by `$ref`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html
 */
export function modelsNamedBy(schema: unknown): readonly string[] {
  const found = new Set<string>();
  JSON.stringify(schema, (key, value: unknown) => {
    const name = key === '$ref' && typeof value === 'string' ? MODEL.exec(value)?.[1] : undefined;
    if (name !== undefined) found.add(decodeURIComponent(name));
    return value;
  });
  return [...found];
}

/** Whether deciding could take long: patterns that try again, or each element compared with all others. */
export const isCostly = (schema: unknown): boolean =>
  /"(pattern|patternProperties|uniqueItems)":/.test(JSON.stringify(schema));

/** @param schema anything; what is no schema comes back as it is, for ajv to refuse */
export function translated(schema: unknown): unknown {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return schema;
  const from = schema as Readonly<Record<string, unknown>>;
  const reference = from['$ref'];
  // What stands beside a reference does not count in draft 04.
  if (typeof reference === 'string') {
    const definitions = from['definitions'];
    return {
      $ref: target(reference),
      ...(definitions === undefined ? {} : { definitions: named(definitions) }),
    };
  }
  return Object.fromEntries(
    Object.entries(from)
      .filter(([key, value]) => !isOfDraft04(key, value))
      .map(([key, value]) => [key, member(key, value)])
      .flatMap(([key, value]) => limit(key as string, value, from)),
  );
}

/** What draft 07 has not, or reads as something else. */
function isOfDraft04(key: string, value: unknown): boolean {
  return (
    key === '$schema' ||
    (key === 'id' && typeof value === 'string') ||
    (key === 'required' && typeof value === 'boolean')
  );
}

function member(key: string, value: unknown): unknown {
  if (key === 'items') return Array.isArray(value) ? value.map(translated) : translated(value);
  if (ONE.includes(key)) return translated(value);
  if (LIST.includes(key) && Array.isArray(value)) return value.map(translated);
  return NAMED.includes(key) ? named(value) : value;
}

function named(schemas: unknown): unknown {
  if (typeof schemas !== 'object' || schemas === null || Array.isArray(schemas)) return schemas;
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, translated(schema)]));
}

function target(reference: string): string {
  const [, model, fragment = ''] = MODEL.exec(reference) ?? [];
  return model === undefined ? reference : `${keyOf(decodeURIComponent(model))}${fragment}`;
}

const EXCLUSIVE: ReadonlyMap<string, string> = new Map([
  ['minimum', 'exclusiveMinimum'],
  ['maximum', 'exclusiveMaximum'],
]);

/** `exclusiveMinimum: true` beside `minimum: 5` is `exclusiveMinimum: 5`. */
function limit(key: string, value: unknown, schema: Readonly<Record<string, unknown>>): [string, unknown][] {
  if (key.startsWith('exclusive') && typeof value === 'boolean') return [];
  const exclusive = EXCLUSIVE.get(key);
  return [[exclusive !== undefined && schema[exclusive] === true ? exclusive : key, value]];
}
