import type { Json } from '../../../state/state.ts';
import { templateError, TemplateFailure } from '../template/failure.ts';
import type { JsonMap } from '../template/model.ts';
import { isArray, isMap, isScalar } from '../template/tree.ts';
import { subPieces, type SubPiece } from './sub-text.ts';

/** A call of an intrinsic function, its arguments in place but not worked out. */
export type Call =
  | { readonly fn: 'Ref'; readonly name: string }
  | { readonly fn: 'Fn::GetAtt'; readonly id: string; readonly attribute: Json }
  | { readonly fn: 'Fn::Sub'; readonly pieces: readonly SubPiece[]; readonly variables: JsonMap }
  | { readonly fn: 'Fn::Join'; readonly delimiter: string; readonly list: Json }
  | { readonly fn: 'Fn::Split'; readonly delimiter: string; readonly source: Json }
  | { readonly fn: 'Fn::Select'; readonly index: Json; readonly list: Json }
  | { readonly fn: 'Fn::Base64' | 'Fn::GetAZs' | 'Fn::ImportValue'; readonly value: Json }
  | { readonly fn: 'Fn::Cidr'; readonly block: Json; readonly count: Json; readonly bits: Json }
  | {
      readonly fn: 'Fn::FindInMap';
      readonly path: readonly [Json, Json, Json];
      readonly otherwise: Json | undefined;
    }
  | { readonly fn: 'Fn::If'; readonly condition: string; readonly yes: Json; readonly no: Json }
  | { readonly fn: 'Fn::Length' | 'Fn::ToJsonString'; readonly value: Json };

const SUPPORTED =
  'Fn::Base64, Fn::GetAtt, Fn::GetAZs, Fn::ImportValue, Fn::Join, Fn::Split, Fn::FindInMap, Fn::Select, Ref, Fn::Equals, Fn::If, Fn::Not, Condition, Fn::And, Fn::Or, Fn::Contains, Fn::EachMemberEquals, Fn::EachMemberIn, Fn::ValueOf, Fn::ValueOfAll, Fn::RefAll, Fn::Sub, Fn::Cidr';

/** The function's name and what is given to it; undefined where the value calls none. */
export function named(value: Json): readonly [string, Json] | undefined {
  if (!isMap(value)) return undefined;
  const [entry, ...more] = Object.entries(value);
  return entry && more.length === 0 && (entry[0] === 'Ref' || entry[0].startsWith('Fn::'))
    ? entry
    : undefined;
}

/**
 * The call that the value is, or undefined where it calls no function.
 * @throws TemplateFailure where the function is unknown or given what it does not take
 */
export function callOf(value: Json): Call | undefined {
  const call = named(value);
  if (!call) return undefined;
  const [fn, given] = call;
  const read = Object.hasOwn(READERS, fn) ? READERS[fn] : undefined;
  if (!read)
    throw new TemplateFailure(
      `Template Error: Encountered unsupported function: ${fn} Supported functions are: [${SUPPORTED}]`,
    );
  return read(given);
}

const READERS: Readonly<Record<string, (given: Json) => Call>> = {
  Ref: (given) => {
    if (!isScalar(given)) throw templateError('All References must be of type string');
    return { fn: 'Ref', name: String(given) };
  },
  'Fn::GetAtt': getAtt,
  'Fn::Sub': sub,
  'Fn::Join': (given) => {
    if (!isArray(given) || given.length !== 2 || !isText(given[0]) || isScalar(given[1])) throw badJoin();
    return { fn: 'Fn::Join', delimiter: given[0], list: given[1] ?? [] };
  },
  'Fn::Split': (given) => {
    if (!isArray(given) || given.length !== 2 || !isText(given[0]) || isArray(given[1])) throw badSplit();
    return { fn: 'Fn::Split', delimiter: given[0], source: given[1] ?? '' };
  },
  'Fn::Select': (given) => {
    if (!isArray(given) || given.length !== 2 || isScalar(given[1])) throw badSelect();
    return { fn: 'Fn::Select', index: given[0] ?? '', list: given[1] ?? [] };
  },
  'Fn::Base64': (given) => {
    if (isArray(given)) throw badText('Fn::Base64');
    return { fn: 'Fn::Base64', value: given };
  },
  'Fn::GetAZs': (given) => {
    if (isArray(given)) throw badText('Fn::GetAZs');
    return { fn: 'Fn::GetAZs', value: given };
  },
  'Fn::ImportValue': (given) => {
    if (isArray(given)) throw badImport();
    return { fn: 'Fn::ImportValue', value: given };
  },
  'Fn::Cidr': (given) => {
    if (!isArray(given) || given.length < 2 || given.length > 3) throw badCidr();
    // a subnet of IPv4 with 8 bits of hosts, as AWS's reference has it
    return { fn: 'Fn::Cidr', block: given[0] ?? '', count: given[1] ?? '', bits: given[2] ?? 8 };
  },
  'Fn::FindInMap': findInMap,
  'Fn::If': (given) => {
    if (!isArray(given) || !isText(given[0]))
      throw templateError('Fn::If requires a list argument with the first element being a condition');
    if (given.length !== 3) throw templateError('Fn::If requires a list argument with three elements');
    return { fn: 'Fn::If', condition: given[0], yes: given[1] ?? '', no: given[2] ?? '' };
  },
  'Fn::Length': (given) => ({ fn: 'Fn::Length', value: given }),
  'Fn::ToJsonString': (given) => ({ fn: 'Fn::ToJsonString', value: given }),
};

const isText = (value: Json | undefined): value is string => typeof value === 'string';

function getAtt(given: Json): Call {
  const at = isText(given) ? given.indexOf('.') : -1;
  const [id, attribute, ...more] = isText(given)
    ? [given.slice(0, Math.max(at, 0)), given.slice(at + 1)]
    : isArray(given)
      ? given
      : [];
  if (
    !isText(id) ||
    id === '' ||
    attribute === undefined ||
    attribute === '' ||
    isArray(attribute) ||
    more.length > 0
  )
    throw badGetAtt();
  return { fn: 'Fn::GetAtt', id, attribute };
}

function sub(given: Json): Call {
  const [text, variables = {}, ...more] = isArray(given) ? given : [given];
  if (!isScalar(text) || !isMap(variables) || more.length > 0 || (isArray(given) && given.length !== 2))
    throw templateError(
      "One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a string as first argument, and an optional second argument to specify a mapping of values to replace in the string",
    );
  for (const [name, value] of Object.entries(variables)) {
    if (!/^\w+$/.test(name))
      throw templateError(
        'every key of the context object of every Fn::Sub object must contain only alphanumeric characters and underscores',
      );
    if (isArray(value) || (isMap(value) && !named(value))) throw badVariable();
  }
  return { fn: 'Fn::Sub', pieces: subPieces(String(text)), variables };
}

function findInMap(given: Json): Call {
  const [map, top, second, options, ...more] = isArray(given) ? given : [];
  const otherwise = isMap(options) ? options['DefaultValue'] : undefined;
  if (
    map === undefined ||
    top === undefined ||
    second === undefined ||
    more.length > 0 ||
    (options !== undefined && otherwise === undefined)
  )
    throw badFindInMap();
  return { fn: 'Fn::FindInMap', path: [map, top, second], otherwise };
}

export const badGetAtt = (): TemplateFailure =>
  templateError(
    'every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute',
  );

export const badJoin = (): TemplateFailure =>
  templateError(
    'every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined.',
  );

export const badSplit = (): TemplateFailure =>
  templateError(
    'every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split or a function that returns a string to be split.',
  );

export const badSelect = (): TemplateFailure =>
  templateError('Fn::Select requires a list argument with two elements: an integer index and a list');

export const badCidr = (): TemplateFailure =>
  templateError(
    'every Fn::Cidr object requires two or three parameters, the ipBlock, the count and the cidrBits',
  );

export const badText = (fn: 'Fn::Base64' | 'Fn::GetAZs'): TemplateFailure =>
  templateError(`every ${fn} object must have a String-typed value.`);

export const badImport = (): TemplateFailure =>
  templateError('the attribute in Fn::ImportValue must be a string or a function that returns a string');

export const badVariable = (): TemplateFailure =>
  templateError(
    'every value of the context object of every Fn::Sub object must be a string or a function that returns a string',
  );

export const badFindInMap = (): TemplateFailure =>
  templateError(
    'every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for return value',
  );

export const noMapping = (map: string): TemplateFailure =>
  templateError(`Mapping named '${map}' is not present in the 'Mappings' section of template.`);
