import { invalidTemplate } from './failures.ts';
import { type Obj, isIntrinsic, isList, isObj, isText, printed } from './json.ts';

/** What names stand for while a template is transformed. */
export interface Names {
  readonly parameters: Obj;
  readonly mappings: Obj;
}

/** The value with parameters, and mappings asked with plain texts, put in; other functions stay. */
export function resolved(value: unknown, names: Names): unknown {
  if (isList(value)) return value.map((one) => resolved(one, names));
  if (!isObj(value)) return value;
  const parts = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolved(one, names)]));
  return isIntrinsic(parts) ? resolvedCall(parts, names) : parts;
}

function resolvedCall(call: Obj, names: Names): unknown {
  if (isText(call['Ref']))
    return Object.hasOwn(names.parameters, call['Ref']) ? names.parameters[call['Ref']] : call;
  if ('Fn::Sub' in call) return { 'Fn::Sub': resolvedSub(call['Fn::Sub'], names) };
  if ('Fn::FindInMap' in call) return found(call, names);
  return call;
}

function resolvedSub(argument: unknown, names: Names): unknown {
  const text = isList(argument) ? argument[0] : argument;
  const own = isList(argument) && isObj(argument[1]) ? argument[1] : {};
  if (!isText(text))
    throw invalidTemplate(
      `Invalid Fn::Sub variable value ${printed(text)}. Fn::Sub expects all variables to be strings.`,
    );
  const done = text.replace(/\$\{([A-Za-z0-9_:]+)\}/g, (whole, name: string) => {
    // pseudo parameters are left for CloudFormation
    const value = Object.hasOwn(own, name) || name.startsWith('AWS::') ? undefined : names.parameters[name];
    if (isList(value))
      throw invalidTemplate(
        `Invalid Fn::Sub variable value ${printed(value)}. Fn::Sub expects all variables to be strings.`,
      );
    return isText(value) || typeof value === 'number' ? String(value) : whole;
  });
  return isList(argument) ? [done, ...argument.slice(1)] : done;
}

function found(call: Obj, names: Names): unknown {
  const asked = call['Fn::FindInMap'];
  if (!isList(asked) || asked.length !== 3)
    throw invalidTemplate(
      `Invalid FindInMap value ${printed(asked)}. FindInMap expects an array with 3 values.`,
    );
  const [map, top, second] = asked;
  if (!isText(map) || !isText(top) || !isText(second)) return call;
  const rows = names.mappings[map];
  if (rows === undefined) return call;
  const row = isObj(rows) ? rows[top] : undefined;
  if (!isObj(rows) || (row !== undefined && !isObj(row)))
    throw invalidTemplate(`Cannot use Fn::FindInMap on Mapping '${map}' which is not a a two-level map.`);
  return isObj(row) && second in row ? row[second] : call;
}

/** Ids that SAM resources are known by to the template's author, and what they became. */
export interface Renames {
  /** `Function.Alias` and the like, by resource and property. */
  readonly properties: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Whole resources that got another id. */
  readonly ids: ReadonlyMap<string, string>;
}

/** The template with each reference to something generated led to it. */
export function renamed(value: unknown, renames: Renames): unknown {
  if (isList(value)) return value.map((one) => renamed(one, renames));
  if (!isObj(value)) return value;
  if (isIntrinsic(value)) {
    const call = renamedCall(value, renames);
    if (call !== undefined) return call;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key,
      key === 'DependsOn' ? renamedDependencies(one, renames) : renamed(one, renames),
    ]),
  );
}

function renamedDependencies(written: unknown, renames: Renames): unknown {
  if (isText(written)) return renames.ids.get(written) ?? written;
  return isList(written) ? written.map((one) => renamedDependencies(one, renames)) : written;
}

function renamedCall(call: Obj, renames: Renames): Obj | undefined {
  if (isText(call['Ref'])) return { Ref: renamedId(call['Ref'], renames) };
  const attribute = call['Fn::GetAtt'];
  if (isList(attribute) && attribute.every(isText)) {
    const path = attribute.join('.').split('.');
    const [id = '', property = '', ...rest] = path;
    const generated = renames.properties.get(id)?.get(property);
    if (generated !== undefined) return { 'Fn::GetAtt': [generated, ...rest] };
    const changed = renames.ids.get(id);
    return changed === undefined ? call : { 'Fn::GetAtt': [changed, ...attribute.slice(1)] };
  }
  const text = call['Fn::Sub'];
  if (isText(text)) return { 'Fn::Sub': renamedText(text, renames, {}) };
  if (isList(text) && isText(text[0]))
    return {
      'Fn::Sub': [
        renamedText(text[0], renames, isObj(text[1]) ? text[1] : {}),
        ...text.slice(1).map((one) => renamed(one, renames)),
      ],
    };
  return undefined;
}

function renamedId(name: string, renames: Renames): string {
  const [id = '', property] = name.split('.');
  if (property !== undefined) return renames.properties.get(id)?.get(property) ?? name;
  return renames.ids.get(name) ?? name;
}

const renamedText = (text: string, renames: Renames, own: Obj): string =>
  text.replace(/\$\{([^!{}][^{}]*)\}/g, (whole, name: string) => {
    if (Object.hasOwn(own, name)) return whole;
    const [id = '', property, ...rest] = name.split('.');
    const generated = property === undefined ? undefined : renames.properties.get(id)?.get(property);
    if (generated !== undefined) return `\${${[generated, ...rest].join('.')}}`;
    const changed = renames.ids.get(id);
    return changed === undefined ? whole : `\${${[changed, ...name.split('.').slice(1)].join('.')}}`;
  });
