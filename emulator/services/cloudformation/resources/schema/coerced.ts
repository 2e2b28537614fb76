import type { Json } from '../../../../state/state.ts';
import type { Properties } from '../resource-type.ts';
import { memberSchema, resolved, schemaOf } from './schema.ts';
import type { Schema, TypeSchema } from './schema.ts';

/**
 * Properties with every plain value in the form that the type's schema wants: templates and parameters say `"3"` for 3,
 * `"true"` for true and 3 for `"3"`. What cannot be meant so stays as it is. Members without a value are left out.
 */
export function coerced(type: string, properties: Properties): Properties {
  const schema = schemaOf(type);
  if (schema === undefined) return properties;
  return cast(properties, schema, schema) as Properties;
}

function cast(value: Json, given: Schema, type: TypeSchema): Json {
  const schema = resolved(given, type);
  if (isList(value)) {
    const { items } = schema;
    return items === undefined ? value : value.map((item) => cast(item, items, type));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).flatMap(([name, member]): [string, Json][] => {
        if (member === undefined) return [];
        const known = memberSchema(schema, name);
        return [[name, known === undefined ? member : cast(member, known, type)]];
      }),
    );
  }
  return plain(value, typesOf(schema));
}

/** The types that a value may have; none where any will do. */
export const typesOf = (schema: Schema): readonly string[] =>
  schema.type === undefined ? [] : typeof schema.type === 'string' ? [schema.type] : schema.type;

function plain(value: string | number | boolean | null, types: readonly string[]): Json {
  if (types.length === 0 || value === null) return value;
  if (typeof value !== 'string') {
    const own = typeof value === 'number' ? ['number', 'integer'] : ['boolean'];
    if (types.some((type) => own.includes(type))) return value;
    return types.includes('string') ? String(value) : value;
  }
  if (types.includes('string')) return value;
  const text = value.trim();
  if (types.includes('integer') && /^[+-]?\d{1,15}(?:\.0+)?$/.test(text)) return Number(text);
  if (types.includes('number') && /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text))
    return Number(text);
  if (types.includes('boolean') && /^(?:true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  return value;
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
