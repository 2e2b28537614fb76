import type { Json } from '../../../../state/state.ts';
import { canonical } from '../../sam/json.ts';
import type { Properties } from '../resource-type.ts';
import { typesOf } from './coerced.ts';
import { expressionOf, memberSchema, resolved, schemaOf } from './schema.ts';
import type { Schema, TypeSchema } from './schema.ts';

/** Of one resource no more is told. */
const MOST = 25;

/**
 * What is wrong with a resource's properties, in the words of CloudFormation's validator (everit-org/json-schema), which
 * gives a broken rule's value away in none: `#: required key [Role] not found`,
 * `#/Timeout: failed validation constraint for keyword [maximum]`.
 * @param properties every function worked out, and cast as `coerced` does
 */
export function problems(type: string, properties: Properties): readonly string[] {
  const schema = schemaOf(type);
  if (schema === undefined) return [];
  const given = Object.keys(properties);
  const readOnly = schema.closed === true ? (schema.readOnly ?? []) : [];
  const own = readOnly
    .filter((name) => given.includes(name) && !writable(schema, name))
    .map((name) => `#: extraneous key [${name}] is not permitted`);
  return [...own, ...found(properties, { ...schema, type: 'object' }, schema, '#')].slice(0, MOST);
}

/** What an event says of it. */
export const validationFailed = (logicalId: string, wrong: readonly string[]): string =>
  `Properties validation failed for resource ${logicalId} with message:\n${wrong.join('\n')}`;

/* Some identifiers are drawn where a template gives none, and are listed as read-only all the same. */
const writable = (schema: TypeSchema, name: string): boolean =>
  (schema.required ?? []).includes(name) || (schema.createOnly ?? []).includes(name);

function found(value: Json, given: Schema, type: TypeSchema, at: string): string[] {
  const schema = resolved(given, type);
  const types = typesOf(schema);
  if (types.length > 0 && !types.some((one) => isOf(value, one))) return [wrongType(value, types, at)];
  return [...keywords(value, schema, at), ...inside(value, schema, type, at)];
}

function inside(value: Json, schema: Schema, type: TypeSchema, at: string): string[] {
  if (isList(value)) {
    const { items } = schema;
    return items === undefined
      ? []
      : value.flatMap((item, index) => found(item, items, type, `${at}/${String(index)}`));
  }
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]): string[] => {
    if (member === undefined) return [];
    const known = memberSchema(schema, name);
    if (known !== undefined) return found(member, known, type, `${at}/${name}`);
    return schema.closed === true ? [`${at}: extraneous key [${name}] is not permitted`] : [];
  });
}

function keywords(value: Json, schema: Schema, at: string): string[] {
  const wrong: string[] = [];
  const broken = (keyword: string): void => {
    wrong.push(`${at}: failed validation constraint for keyword [${keyword}]`);
  };
  const fixed = schema.enum ?? (schema.const === undefined ? undefined : [schema.const]);
  if (fixed !== undefined && !fixed.some((one) => one === value)) {
    // Type and enum are two schemas to the validator, both of which must match.
    if (schema.type !== undefined) wrong.push(`${at}: #: only 1 subschema matches out of 2`);
    broken(schema.enum === undefined ? 'const' : 'enum');
  }
  if (typeof value === 'string') {
    const { minLength = 0, maxLength = Infinity, pattern } = schema;
    const { length } = Array.from(value);
    if (length < minLength)
      wrong.push(`${at}: expected minLength: ${String(minLength)}, actual: ${String(length)}`);
    else if (length > maxLength)
      wrong.push(`${at}: expected maxLength: ${String(maxLength)}, actual: ${String(length)}`);
    if (pattern !== undefined && !expressionOf(pattern).test(value)) broken('pattern');
  }
  if (typeof value === 'number') {
    if (value < (schema.minimum ?? -Infinity)) broken('minimum');
    if (value > (schema.maximum ?? Infinity)) broken('maximum');
  }
  if (isList(value)) wrong.push(...ofList(value, schema, at));
  else if (isObject(value)) wrong.push(...ofObject(value, schema, at));
  return wrong;
}

function ofList(value: readonly Json[], schema: Schema, at: string): string[] {
  const { minItems = 0, maxItems = Infinity } = schema;
  const count = value.length;
  const wrong: string[] = [];
  if (count < minItems)
    wrong.push(`${at}: expected minimum item count: ${String(minItems)}, found: ${String(count)}`);
  if (count > maxItems)
    wrong.push(`${at}: expected maximum item count: ${String(maxItems)}, found: ${String(count)}`);
  if (schema.unique === true && new Set(value.map(canonical)).size < count)
    wrong.push(`${at}: array items are not unique`);
  return wrong;
}

function ofObject(value: Members, schema: Schema, at: string): string[] {
  const has = (name: string): boolean => value[name] !== undefined;
  const count = Object.keys(value).length;
  const { minProperties = 0, maxProperties = Infinity, anyRequired, oneRequired } = schema;
  const wrong = (schema.required ?? [])
    .filter((name) => !has(name))
    .map((name) => `${at}: required key [${name}] not found`);
  if (count < minProperties)
    wrong.push(`${at}: minimum size: [${String(minProperties)}], found: [${String(count)}]`);
  if (count > maxProperties)
    wrong.push(`${at}: maximum size: [${String(maxProperties)}], found: [${String(count)}]`);
  if (anyRequired !== undefined && !anyRequired.some((group) => group.every(has)))
    wrong.push(`${at}: #: no subschema matched out of the total ${String(anyRequired.length)} subschemas`);
  const matched = oneRequired?.filter((group) => group.every(has)).length;
  if (matched !== undefined && matched !== 1)
    wrong.push(`${at}: #: ${String(matched)} subschemas matched instead of one`);
  return wrong;
}

type Members = Readonly<Record<string, Json | undefined>>;

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
const isObject = (value: Json): value is Members =>
  typeof value === 'object' && value !== null && !isList(value);

function isOf(value: Json, type: string): boolean {
  switch (type) {
    case 'integer':
      return Number.isInteger(value);
    case 'array':
      return isList(value);
    case 'object':
      return isObject(value);
    default:
      return typeof value === type;
  }
}

/* The names that the validator has for types. */
const called: Readonly<Record<string, string>> = {
  string: 'String',
  integer: 'Integer',
  number: 'Number',
  boolean: 'Boolean',
  object: 'JSONObject',
  array: 'JSONArray',
};

function wrongType(value: Json, types: readonly string[], at: string): string {
  const [type = '', ...more] = types;
  if (more.length > 0)
    return `${at}: #: no subschema matched out of the total ${String(types.length)} subschemas`;
  const kind =
    value === null
      ? 'Null'
      : isList(value)
        ? 'JSONArray'
        : typeof value === 'number'
          ? Number.isInteger(value)
            ? 'Integer'
            : 'BigDecimal'
          : (called[typeof value] ?? 'String');
  return `${at}: expected type: ${called[type] ?? type}, found: ${kind}`;
}
