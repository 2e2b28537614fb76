import type { Dialect } from '../../../gateway/openapi/document.ts';

const MODEL = /^https:\/\/apigateway\.amazonaws\.com\/restapis\/[^/]+\/models\/([^/#]+)$/;
const LOCAL = /^#\/(?:definitions|components\/schemas)\/([^/]+)$/;

/** `#/definitions/Pet`, `#/components/schemas/Pet` → `Pet` */
export const modelOfRef = (reference: unknown): string | undefined =>
  typeof reference === 'string' ? decoded(LOCAL.exec(reference)?.[1]) : undefined;

/** A document's schema as a model keeps it: references name models of the API. */
export const toModel = (schema: unknown, apiId: string): unknown =>
  rewritten(schema, (reference) => {
    const model = modelOfRef(reference);
    return model === undefined
      ? reference
      : `https://apigateway.amazonaws.com/restapis/${apiId}/models/${encodeURIComponent(model)}`;
  });

/** A model's schema as a document has it. */
export const toDocument = (schema: unknown, dialect: Dialect): unknown =>
  rewritten(schema, (reference) => {
    const model = decoded(MODEL.exec(reference)?.[1]);
    return model === undefined ? reference : refTo(model, dialect);
  });

export const refTo = (model: string, dialect: Dialect): string =>
  dialect === 'swagger' ? `#/definitions/${model}` : `#/components/schemas/${model}`;

function rewritten(value: unknown, change: (reference: string) => string, depth = 0): unknown {
  if (depth > 200) return value;
  if (Array.isArray(value)) return value.map((one) => rewritten(one, change, depth + 1));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]: [string, unknown]) => [
      key,
      key === '$ref' && typeof one === 'string' ? change(one) : rewritten(one, change, depth + 1),
    ]),
  );
}

function decoded(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
