import type { Json } from '../../../state/state.ts';
import { templateError } from '../template/failure.ts';
import type { Template } from '../template/model.ts';
import { isArray, isMap, mapOf } from '../template/tree.ts';
import {
  type Call,
  badCidr,
  badFindInMap,
  badGetAtt,
  badImport,
  badJoin,
  badSelect,
  badSplit,
  badText,
  badVariable,
  callOf,
  noMapping,
} from './call.ts';
import { cidrBlocks } from './cidr.ts';
import { isKnown, textOf, UNKNOWN, Unknown, type Value } from './unknown.ts';

/** Texts that functions may make in one go, in UTF-16 units: a template of 1 MB would else make gigabytes. */
const MOST_TEXT = 16_000_000;

/** Where functions get from what they cannot work out themselves. Each throws TemplateFailure for what is not there. */
export interface Sources {
  /** What `Ref` gives; undefined for `AWS::NoValue`. */
  ref(name: string): Value | undefined;
  attribute(id: string, attribute: string): Value;
  readonly mappings: Template['mappings'];
  readonly region: string;
  condition(name: string): boolean | Unknown;
  exported(name: string): Value;
}

/** Working out values; it counts what it has made, so that a small template cannot make a huge stack. */
export class Working {
  private readonly sources: Sources;
  private left = MOST_TEXT;

  constructor(sources: Sources) {
    this.sources = sources;
  }

  /** The value with all functions worked out; undefined where it is `AWS::NoValue`. @throws TemplateFailure */
  value(value: Json): Value | undefined {
    if (isArray(value))
      return value.flatMap((one) => {
        const worked = this.value(one);
        return worked === undefined ? [] : [worked];
      });
    if (!isMap(value)) return value as Value;
    const call = callOf(value);
    if (call) return this.spent(this.called(call));
    return mapOf(
      Object.entries(value).flatMap(([key, one]): [string, Value][] => {
        const worked = this.value(one);
        return worked === undefined ? [] : [[key, worked]];
      }),
    );
  }

  private spent(value: Value | undefined): Value | undefined {
    if (value !== undefined) this.left -= sizeOf(value);
    if (this.left < 0) throw templateError('the values of the template are too large.');
    return value;
  }

  private called(call: Call): Value | undefined {
    switch (call.fn) {
      case 'Ref':
        return this.sources.ref(call.name);
      case 'Fn::GetAtt':
        return this.text(call.attribute, badGetAtt(), (name) => this.sources.attribute(call.id, name));
      case 'Fn::Sub':
        return this.sub(call);
      case 'Fn::Join':
        return this.join(call.delimiter, call.list);
      case 'Fn::Split':
        return this.text(call.source, badSplit(), (text) => split(text, call.delimiter));
      case 'Fn::Select':
        return this.select(call.index, call.list);
      case 'Fn::Base64':
        return this.text(call.value, badText(call.fn), (text) => Buffer.from(text).toString('base64'));
      case 'Fn::GetAZs':
        return this.text(call.value, badText(call.fn), (region) => zonesOf(region || this.sources.region));
      case 'Fn::ImportValue':
        return this.text(call.value, badImport(), (name) => this.sources.exported(name));
      case 'Fn::Cidr':
        return this.cidr(call.block, call.count, call.bits);
      case 'Fn::FindInMap':
        return this.found(call.path, call.otherwise);
      case 'Fn::If': {
        const holds = this.sources.condition(call.condition);
        return holds instanceof Unknown ? UNKNOWN : this.value(holds ? call.yes : call.no);
      }
      case 'Fn::Length':
        return this.length(call.value);
      case 'Fn::ToJsonString': {
        const value = this.value(call.value);
        return value === undefined ? undefined : jsonText(value);
      }
    }
  }

  /** What `then` makes of the text that the value is; unknown where the value is. */
  private text(value: Json, failure: Error, then: (text: string) => Value): Value {
    const worked = this.value(value);
    if (worked instanceof Unknown) return UNKNOWN;
    const text = textOf(worked);
    if (text === undefined) throw failure;
    return then(text);
  }

  private sub(call: Call & { fn: 'Fn::Sub' }): Value {
    const texts = call.pieces.flatMap((piece) => {
      const text = 'text' in piece ? piece.text : this.variable(piece.name, call);
      return text instanceof Unknown ? [] : [text];
    });
    return texts.length < call.pieces.length ? UNKNOWN : texts.join('');
  }

  private variable(name: string, call: Call & { fn: 'Fn::Sub' }): string | Unknown {
    const own = Object.hasOwn(call.variables, name);
    const at = name.indexOf('.');
    const value = own
      ? this.value(call.variables[name] ?? '')
      : at < 0
        ? this.sources.ref(name)
        : this.sources.attribute(name.slice(0, at), name.slice(at + 1));
    if (value instanceof Unknown) return value;
    const text = textOf(value);
    if (text === undefined)
      throw own
        ? badVariable()
        : templateError(`variable ${name} in Fn::Sub expression does not resolve to a string`);
    this.spent(text);
    return text;
  }

  private join(delimiter: string, list: Json): Value {
    const parts = this.value(list);
    if (parts instanceof Unknown) return UNKNOWN;
    if (!Array.isArray(parts)) throw badJoin();
    const values = parts as readonly Value[];
    if (values.some((one) => one instanceof Unknown)) return UNKNOWN;
    if (values.some((one) => one === null || typeof one === 'object')) throw badJoin();
    return values.map(String).join(delimiter);
  }

  private select(index: Json, list: Json): Value {
    const at = this.value(index);
    const all = this.value(list);
    if (at instanceof Unknown || all instanceof Unknown) return UNKNOWN;
    const position = textOf(at) ?? '';
    if (!Array.isArray(all) || !/^-?\d+$/.test(position)) throw badSelect();
    const one = (all as readonly Value[])[Number(position)];
    if (one === undefined)
      throw templateError(`Fn::Select cannot select nonexistent value at index ${position}`);
    return one;
  }

  private cidr(block: Json, count: Json, bits: Json): Value {
    const given = [block, count, bits].map((one) => this.value(one));
    if (given.some((one) => one instanceof Unknown)) return UNKNOWN;
    const [address = '', many = '', hosts = ''] = given.map(textOf);
    if (address === '' || !/^\d+$/.test(many) || !/^\d+$/.test(hosts)) throw badCidr();
    return cidrBlocks(address, Number(many), Number(hosts));
  }

  private found(path: readonly [Json, Json, Json], otherwise: Json | undefined): Value | undefined {
    const names = path.map((one) => this.value(one));
    if (names.some((one) => one instanceof Unknown)) return UNKNOWN;
    const [map, top, second] = names.map(textOf);
    if (map === undefined || top === undefined || second === undefined) throw badFindInMap();
    const rows = this.sources.mappings.get(map);
    const value = rows?.get(top)?.get(second);
    if (value !== undefined) return value as Value;
    if (otherwise !== undefined) return this.value(otherwise);
    if (!rows) throw noMapping(map);
    throw templateError(`Unable to get mapping for ${map}::${top}::${second}`);
  }

  private length(list: Json): Value {
    const value = this.value(list);
    if (value instanceof Unknown) return UNKNOWN;
    if (!Array.isArray(value)) throw templateError('Fn::Length requires a list');
    return value.length;
  }
}

/** AWS calls the zones of a region by letters; three is what most have. */
const zonesOf = (region: string): readonly string[] => ['a', 'b', 'c'].map((letter) => `${region}${letter}`);

function split(text: string, delimiter: string): readonly string[] {
  return delimiter === '' ? [text] : text.split(delimiter);
}

const jsonText = (value: Value): Value => (isKnown(value) ? JSON.stringify(value) : UNKNOWN);

function sizeOf(value: Value): number {
  if (typeof value === 'string') return value.length;
  if (Array.isArray(value))
    return (value as readonly Value[]).reduce<number>((sum, one) => sum + sizeOf(one), 1);
  if (typeof value !== 'object' || value === null || value instanceof Unknown) return 1;
  return Object.values(value).reduce<number>((sum, one) => sum + sizeOf(one), 1);
}
