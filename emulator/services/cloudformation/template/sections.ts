import type { Json } from '../../../state/state.ts';
import { formatError, TemplateFailure } from './failure.ts';
import type { JsonMap, Output, Rule, Section, Template } from './model.ts';
import { condition } from './resources.ts';
import { isArray, isMap, isScalar, member } from './tree.ts';

/** Most members of each part, from AWS's page on quotas. */
const MOST: Readonly<Record<string, number>> = {
  Parameters: 200,
  Mappings: 200,
  Resources: 500,
  Outputs: 200,
};

const MOST_ATTRIBUTES = 200;

/** Most letters of a name of a parameter, resource, mapping or output. */
const LONGEST_NAME = 255;

/** One part of the template, member by member. @param what how AWS calls a member in its messages */
export function section<T>(
  template: JsonMap,
  name: string,
  what: string,
  read: (name: string, declared: Json) => T,
): Section<T> {
  const members = member(template, name) ?? {};
  if (!isMap(members)) throw formatError(`[/${name}] ${name} must be an object.`);
  const names = Object.keys(members);
  const most = MOST[name];
  if (most !== undefined && names.length > most)
    throw formatError(
      `Number of ${name.toLowerCase()}, ${names.length}, is greater than maximum allowed, ${most}`,
    );
  return new Map(
    names.map((one) => {
      if (!/^[A-Za-z0-9]+$/.test(one)) {
        // a loop that AWS::LanguageExtensions has not written out is no resource
        if (one.startsWith('Fn::'))
          throw formatError(`[/${name}/${one}] ${what.toLowerCase()} definition is malformed`);
        throw formatError(`${what} name ${one} is non alphanumeric.`);
      }
      if (one.length > LONGEST_NAME)
        throw formatError(`${what} name ${one} exceeds the maximum length of ${LONGEST_NAME} characters.`);
      return [one, read(one, members[one] ?? {})];
    }),
  );
}

export function mapping(name: string, declared: Json): Section<Section<Json>> {
  if (!isMap(declared)) throw formatError(`Every Mappings member ${name} must be a map`);
  return new Map(
    Object.entries(declared).map(([key, row]) => {
      // recorded: a mapping with one level only
      if (!isMap(row)) throw formatError(`Every Mappings member ${key} must be a map`);
      if (!/^[A-Za-z0-9.-]+$/.test(key))
        throw formatError(
          `Mappings element name '${key}' must be non-empty and can contain only alphanumerics, '-' or '.'`,
        );
      return [key, attributes(key, row)];
    }),
  );
}

function attributes(key: string, row: JsonMap): Section<Json> {
  const entries = Object.entries(row);
  if (entries.length > MOST_ATTRIBUTES)
    throw new TemplateFailure(`Mapping with key ${key} has more than ${MOST_ATTRIBUTES}, the max allowed.`);
  for (const [, value] of entries)
    if (!isScalar(value) && !(isArray(value) && value.every(isScalar)))
      throw formatError('Every Mappings attribute must be a String or a List.');
  return new Map(entries);
}

export function output(name: string, declared: Json): Output {
  if (!isMap(declared)) throw formatError('Any Outputs member must be an object.');
  const strange = Object.keys(declared).find(
    (key) => !['Value', 'Description', 'Condition', 'Export'].includes(key),
  );
  const value = member(declared, 'Value');
  if (value === undefined) throw formatError('Every Outputs member must contain a Value object');
  if (strange !== undefined) throw formatError(`Invalid outputs property : [${strange}]`);
  if (isArray(value))
    throw formatError('The Value field of every Outputs member must evaluate to a String and not a List.');
  return {
    value,
    description: description(declared),
    condition: condition(declared),
    exportName: exportName(name, member(declared, 'Export')),
  };
}

function exportName(output: string, declared: Json | undefined): Json | undefined {
  if (declared === undefined) return undefined;
  const name = isMap(declared) && Object.keys(declared).length === 1 ? member(declared, 'Name') : undefined;
  if (name === undefined || isArray(name) || (isScalar(name) && !/^[A-Za-z0-9:-]+$/.test(String(name))))
    throw badExport(output);
  return name;
}

export const badExport = (output: string): TemplateFailure =>
  formatError(
    `Output ${output} is malformed. The Name field of every Export member must be specified and consist only of alphanumeric characters, colons, or hyphens.`,
  );

export function rule(name: string, declared: Json): Rule {
  const assertions = isMap(declared) ? member(declared, 'Assertions') : undefined;
  if (!isMap(declared) || !isArray(assertions) || assertions.length === 0)
    throw formatError(`Rule ${name} must contain a list of Assertions.`);
  return {
    condition: member(declared, 'RuleCondition'),
    assertions: assertions.map((one) => {
      const assert = isMap(one) ? member(one, 'Assert') : undefined;
      if (!isMap(one) || assert === undefined)
        throw formatError(`Every assertion of rule ${name} must contain an Assert member.`);
      const description = member(one, 'AssertDescription');
      return { assert, description: typeof description === 'string' ? description : undefined };
    }),
  };
}

/** A description, 1,024 bytes at most. @throws TemplateFailure */
export function description(declared: JsonMap): string | undefined {
  const text = member(declared, 'Description');
  if (text === undefined) return undefined;
  if (!isScalar(text)) throw formatError('Every Description member must be a string.');
  if (Buffer.byteLength(String(text)) > 1024) throw formatError("'Description' length is greater than 1024.");
  return String(text);
}

/** The names of the macros that the template wants, in order. @throws TemplateFailure where one is no name */
export function transforms(template: JsonMap): Template['transforms'] {
  const written = member(template, 'Transform') ?? [];
  return (isArray(written) ? written : [written]).map((one) => {
    const name = isMap(one) ? member(one, 'Name') : one;
    if (typeof name !== 'string')
      throw new TemplateFailure('Key Name of transform definition must be a string.');
    return name;
  });
}
