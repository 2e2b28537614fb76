import { badRequest } from '../failures.ts';

/* As seen on AWS around every complaint of a schema. */
const invalid = (why: string): Error =>
  badRequest(
    `Invalid model specified: Validation Result: warnings : [], errors : [Invalid model schema specified. ${why}]`,
  );

/**
 * Checks a model's schema: JSON, whose references are to models of the same API or inside itself.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html
 * @throws BadRequestException, for none in the recorded words
 */
export function checkSchema(schema: string | undefined, contentType: string): string {
  if (schema === undefined || schema.trim() === '')
    throw badRequest('Model schema must have at least 1 property or array items defined');
  if (!/json/i.test(contentType)) return schema;
  let document: unknown;
  try {
    document = JSON.parse(schema);
  } catch (error) {
    throw invalid((error as Error).message);
  }
  if (typeof document !== 'object' || document === null || Array.isArray(document))
    throw invalid('A schema is a JSON object');
  for (const reference of references(document))
    if (!reference.startsWith('#') && modelOf(reference) === undefined)
      throw invalid('Model reference must be in canonical form');
  return schema;
}

/** `https://apigateway.amazonaws.com/restapis/abc123/models/Pet` → `Pet` */
export function modelOf(reference: string): string | undefined {
  return /^https:\/\/apigateway\.amazonaws\.com\/restapis\/[^/]+\/models\/([^/#]+)$/.exec(reference)?.[1];
}

function references(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(references);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '$ref' && typeof inner === 'string' ? [inner] : references(inner),
  );
}

/**
 * A schema that refers to no other model: what it referred to stands among its definitions.
 * @param schemas the API's other schemas, by the models' names
 */
export function flattened(schema: string, schemas: (name: string) => string | undefined): string {
  const definitions: Record<string, unknown> = {};
  const inside = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(inside);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => {
        const name = key === '$ref' && typeof inner === 'string' ? modelOf(inner) : undefined;
        if (name === undefined) return [key, inside(inner)];
        define(name);
        return [key, `#/definitions/${name}`];
      }),
    );
  };
  const define = (name: string): void => {
    if (Object.hasOwn(definitions, name)) return;
    definitions[name] = {};
    definitions[name] = inside(JSON.parse(schemas(name) ?? '{}'));
  };
  const document = inside(JSON.parse(schema)) as Record<string, unknown>;
  if (Object.keys(definitions).length === 0) return schema;
  const own = document['definitions'] as Record<string, unknown> | undefined;
  return JSON.stringify({ ...document, definitions: { ...own, ...definitions } });
}
