import type { Json } from '../../../state/state.ts';
import type { JsonMap } from '../template/model.ts';
import { mapping, section } from '../template/sections.ts';
import { isArray, isMap, isScalar, mapOf, member, templateTree } from '../template/tree.ts';
import { named } from '../values/call.ts';
import type { ParameterValue, Pseudo } from '../values/context.ts';
import { Unknown } from '../values/unknown.ts';
import { extensionFailure } from './failure.ts';
import { checkLoops, filled, LOOP, loopOf, type Loop } from './for-each.ts';
import { type Bindings, Knowing, nameOf } from './knowing.ts';

/** What `AWS::LanguageExtensions` runs with: it is before the stack, so no resource is known. */
export interface ExpansionGiven {
  readonly parameters: ReadonlyMap<string, ParameterValue>;
  readonly pseudo: Pseudo;
}

/** The parts in which loops and the transform's functions may stand. */
const SECTIONS = ['Conditions', 'Resources', 'Outputs'] as const;
type SectionName = (typeof SECTIONS)[number];

/** Letters and values that loops may make: a processed template of more than 1 MB is refused anyway. */
const MOST = 4_000_000;

/**
 * Runs the transform `AWS::LanguageExtensions` on a template as `readTemplate` gave it: loops are written out, and
 * its functions are worked out where they stand. The input stays as it is; the transform is taken from its list.
 * @throws TemplateFailure with the transform's text
 */
export function expand(tree: unknown, given: ExpansionGiven): JsonMap {
  const whole = templateTree(tree);
  checkLoops(whole, SECTIONS);
  const knowing = new Knowing(section(whole, 'Mappings', 'Mapping', mapping), given.parameters, given.pseudo);
  const expanding = new Expanding(knowing);
  const written = mapOf(
    Object.entries(whole).flatMap(([name, part]): [string, Json][] => {
      if (name === 'Transform') return remaining(part);
      const section = SECTIONS.find((one) => one === name);
      return [[name, section && isMap(part) ? expanding.map(part, new Map(), section) : part]];
    }),
  );
  return withNames(written, knowing);
}

function remaining(transform: Json): [string, Json][] {
  const left = (isArray(transform) ? transform : [transform]).filter(
    (one) => one !== 'AWS::LanguageExtensions',
  );
  return left.length === 0 ? [] : [['Transform', left]];
}

/** Writes a template's loops out. It counts what it has made. */
class Expanding {
  private readonly knowing: Knowing;
  private left = MOST;

  constructor(knowing: Knowing) {
    this.knowing = knowing;
  }

  /** A map with its loops written out. @param section the part whose members these are, if they are */
  map(map: JsonMap, bindings: Bindings, section?: SectionName): JsonMap {
    const members = new Map<string, Json>();
    for (const [key, value] of Object.entries(map)) {
      const made = key.startsWith(LOOP)
        ? this.loop(loopOf(value), bindings, section)
        : [[key, this.value(value, bindings)] as const];
      for (const [name, one] of made) {
        if (members.has(name))
          throw extensionFailure(`Duplicate key '${name}' when merging keys to parent object in Fn::ForEach`);
        members.set(name, one);
      }
    }
    return mapOf(members);
  }

  private loop(
    loop: Loop,
    bindings: Bindings,
    section: SectionName | undefined,
  ): (readonly [string, Json])[] {
    return this.items(loop.collection, bindings).flatMap((item) => {
      const inner = new Map([...bindings, [loop.identifier, item]]);
      return Object.entries(loop.fragment).flatMap(([key, value]) => {
        this.spend(key.length);
        if (key.startsWith(LOOP)) return this.loop(loopOf(value), inner, section);
        const name = filled(key, inner);
        if (section !== undefined && !/^[A-Za-z0-9]+$/.test(name))
          throw extensionFailure(
            `${section === 'Outputs' ? 'OutputKey' : 'LogicalId'} '${name}' should be alphanumeric`,
          );
        return [[name, this.value(value, inner)] as const];
      });
    });
  }

  private items(collection: Json, bindings: Bindings): readonly string[] {
    if (isScalar(collection)) throw extensionFailure('Fn::ForEach layout is incorrect');
    const items = this.knowing.value(collection, bindings);
    if (!Array.isArray(items) || !(items as readonly Json[]).every(isScalar))
      throw extensionFailure('Could not find a collection or could not be resolved for Fn::ForEach');
    return (items as readonly Json[]).map(String);
  }

  private value(value: Json, bindings: Bindings): Json {
    this.spend(typeof value === 'string' ? value.length : 1);
    if (isArray(value)) return value.map((one) => this.value(one, bindings));
    if (!isMap(value)) return value;
    const call = named(value);
    return (call && this.call(call[0], call[1], bindings)) ?? this.map(value, bindings);
  }

  private call(fn: string, given: Json, bindings: Bindings): Json | undefined {
    switch (fn) {
      case 'Ref': {
        if (typeof given === 'string') return bindings.get(given);
        return isMap(given) ? { Ref: nameOf(this.knowing.value(given, bindings), 'Ref') } : undefined;
      }
      case 'Fn::GetAtt':
        if (!isArray(given)) return undefined;
        return {
          [fn]: given.map((one) =>
            isMap(one) ? nameOf(this.knowing.value(one, bindings), 'Fn::GetAtt') : one,
          ),
        };
      case 'Fn::Sub':
        return { [fn]: this.sub(given, bindings) };
      case 'Fn::Length': {
        const length = this.knowing.value({ [fn]: given }, bindings);
        if (typeof length !== 'number')
          throw extensionFailure('The Fn::Length value could not be resolved for properties');
        return length;
      }
      case 'Fn::ToJsonString': {
        // what only the stack knows is left to it, AWS's own parameters too
        const text = this.knowing.value({ [fn]: given }, bindings, false);
        return typeof text === 'string' ? text : undefined;
      }
      case 'Fn::FindInMap':
        return this.found({ [fn]: given }, bindings);
      default:
        return undefined;
    }
  }

  private found(call: JsonMap, bindings: Bindings): Json | undefined {
    const value = this.knowing.valueIfAny(call, bindings);
    return value instanceof Unknown ? undefined : value;
  }

  private sub(given: Json, bindings: Bindings): Json {
    const [text, variables] = isArray(given) ? given : [given];
    if (typeof text !== 'string') return given;
    const own = isMap(variables) ? variables : {};
    const outer = new Map([...bindings].filter(([name]) => !Object.hasOwn(own, name)));
    const done = filled(text, outer, '$');
    this.spend(done.length);
    return isArray(given) ? [done, this.map(own, bindings)] : done;
  }

  private spend(size: number): void {
    this.left -= size;
    if (this.left < 0) throw extensionFailure('Template may not exceed 1000000 bytes in size.');
  }
}

/** The template with names of conditions and policies worked out, where functions may stand for them. */
function withNames(written: JsonMap, knowing: Knowing): JsonMap {
  const conditions = new Map(Object.entries(mapIn(written, 'Conditions')));
  const named = (part: Json, keys: readonly string[]): Json => {
    if (!isMap(part)) return part;
    const names = mapOf(
      keys.flatMap((key): [string, Json][] => {
        const value = member(part, key);
        if (!isMap(value)) return value === undefined ? [] : [[key, value]];
        return [[key, nameOf(knowing.decided(value, conditions), key)]];
      }),
    );
    const condition = names['Condition'];
    if (typeof condition === 'string' && !conditions.has(condition))
      throw extensionFailure(`Key ${condition} is missing in the map.`);
    return { ...part, ...names };
  };
  return mapOf(
    Object.entries(written).map(([name, part]): [string, Json] => {
      const keys =
        name === 'Resources'
          ? ['Condition', 'DeletionPolicy', 'UpdateReplacePolicy']
          : name === 'Outputs'
            ? ['Condition']
            : [];
      if (keys.length === 0 || !isMap(part)) return [name, part];
      return [name, mapOf(Object.entries(part).map(([id, one]): [string, Json] => [id, named(one, keys)]))];
    }),
  );
}

function mapIn(map: JsonMap, name: string): JsonMap {
  const part = member(map, name);
  return isMap(part) ? part : {};
}
