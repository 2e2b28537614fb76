import * as fc from 'fast-check';
import type { Protocol } from '../../service/service.ts';
import type { Member, Shape, StructureShape } from '../schema/shape.ts';

/** Which values to make of a schema. */
export interface Making {
  readonly protocol: Protocol;
  readonly direction: 'input' | 'output';
  /** `minimal`: required members alone; `full`: every member; `any`: as chance has it. */
  readonly extent: 'minimal' | 'full' | 'any';
  /** Members that a client or the protocol treats in its own way, by name: null leaves them out, an arbitrary replaces them (at the top alone). */
  readonly members: Readonly<Record<string, fc.Arbitrary<unknown> | null>>;
}

type Place = 'body' | 'label' | 'query' | 'header' | 'payload';

/** Inputs or outputs of an operation, as random as its schema allows. For tests only. */
export function valuesOf(shape: StructureShape, making: Making): fc.Arbitrary<Record<string, unknown>> {
  return structure(shape, making, 0, true);
}

const deepest = 4;

function structure(
  shape: StructureShape,
  making: Making,
  depth: number,
  top: boolean,
): fc.Arbitrary<Record<string, unknown>> {
  // A form has no trace of a structure without members.
  const vanishes = making.protocol === 'awsQuery' && making.direction === 'input' && !top;
  let members = shape.members.filter((member) => wanted(member, making, depth));
  if (vanishes && members.length === 0)
    members = shape.members
      .filter((member) => wanted(member, { ...making, extent: 'full' }, depth))
      .slice(0, 1);
  const values = members.map((member) =>
    valueOf(member, making, depth, top ? placeOf(member, making) : 'body'),
  );
  if (shape.union) {
    const one = members.map((member, index) => values[index]?.map((value) => ({ [member.name]: value })));
    return fc.oneof(...one.filter((choice) => choice !== undefined));
  }
  const model: Record<string, fc.Arbitrary<unknown>> = {};
  members.forEach((member, index) => {
    const value = values[index];
    if (value !== undefined) model[member.name] = value;
  });
  const optional = making.extent === 'any' && Object.keys(model).length > 0;
  const required = members.filter((member) => member.required || !optional).map((member) => member.name);
  const record = fc.record(model, { requiredKeys: required, noNullPrototype: true });
  return vanishes && members.length > 0 ? record.filter((one) => Object.keys(one).length > 0) : record;
}

function wanted(member: Member, making: Making, depth: number): boolean {
  if (making.members[member.name] === null) return false;
  if (member.required) return true;
  if (making.extent === 'minimal') return false;
  // An event stream is no value, and shapes that contain themselves must end.
  if (member.shape.kind === 'structure' && member.shape.streaming) return false;
  return depth < deepest || !['structure', 'list', 'map'].includes(member.shape.kind);
}

function placeOf({ traits }: Member, { direction, protocol }: Making): Place {
  if (!protocol.startsWith('rest')) return 'body';
  if (traits.httpHeader !== undefined || traits.httpPrefixHeaders !== undefined) return 'header';
  if (traits.httpPayload === 1) return 'payload';
  if (direction === 'output') return 'body';
  if (traits.httpLabel === 1) return 'label';
  return traits.httpQuery !== undefined || traits.httpQueryParams === 1 ? 'query' : 'body';
}

function valueOf(member: Member, making: Making, depth: number, place: Place): fc.Arbitrary<unknown> {
  const special = making.members[member.name];
  if (special !== undefined && special !== null && depth === 0) return special;
  if (member.traits.httpResponseCode === 1 && making.direction === 'output') return fc.constantFrom(200, 202);
  return shaped(member.shape, making, depth, place);
}

function shaped(shape: Shape, making: Making, depth: number, place: Place): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case 'string':
    case 'document':
      return textFor(place, making);
    case 'boolean':
      return fc.boolean();
    case 'number':
      return fc.oneof(fc.integer(), fc.integer({ min: 0, max: 100 }), fc.constantFrom(0.5, -1.25, 2 ** 40));
    case 'bigInteger':
      return fc.bigInt({ min: -(2n ** 60n), max: 2n ** 60n });
    case 'timestamp': {
      const whole = place === 'header' || shape.format === 'http-date';
      const unit = whole ? 1000 : 1;
      return fc.integer({ min: 0, max: 4_000_000_000 }).map((n) => new Date(n * unit));
    }
    case 'blob': {
      // Empty bytes in a body's place are no body.
      const minLength = place === 'payload' && !shape.streaming ? 1 : 0;
      return fc.uint8Array({ minLength, maxLength: 64 }).map((bytes) => Uint8Array.from(bytes));
    }
    case 'list':
      // Forms, queries and headers cannot tell an empty list from none.
      return fc.array(valueOf(shape.member, making, depth + 1, place), {
        minLength: emptiesVanish(making, place) ? 1 : 0,
        maxLength: 3,
      });
    case 'map':
      return fc.dictionary(keyFor(place, making), valueOf(shape.value, making, depth + 1, place), {
        minKeys: emptiesVanish(making, place) ? 1 : 0,
        maxKeys: 3,
        noNullPrototype: true,
      });
    case 'structure':
      return structure(shape, making, depth + 1, false);
    default:
      return fc.constant(undefined);
  }
}

function emptiesVanish({ protocol }: Making, place: Place): boolean {
  return place === 'query' || place === 'header' || protocol === 'restXml' || protocol === 'awsQuery';
}

const unicode = fc.string({ unit: 'binary', maxLength: 24 });
const visible = fc
  .string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 24 })
  .filter((text) => text.trim() === text);
const telling = fc.constantFrom(
  '__proto__',
  'constructor',
  '<a>&amp;"\'',
  'a,b',
  '"',
  '%2F+ %',
  '日本',
  '😀',
);

function textFor(place: Place, making: Making): fc.Arbitrary<string> {
  if (place === 'header') return visible;
  if (place === 'label') return fc.oneof(unicode, telling).filter((text) => /[^./]/.test(text));
  const text = fc.oneof(unicode, telling);
  const xml = making.protocol === 'restXml' || making.protocol === 'awsQuery';
  // The SDK's XML reader takes white space alone for no text, and some characters are no XML at all.
  if (xml && making.direction === 'output') return text.filter((one) => one.trim() !== '' && isXml(one));
  return making.protocol === 'restXml' ? text.filter(isXml) : text;
}

function keyFor(place: Place, making: Making): fc.Arbitrary<string> {
  if (place === 'header') return fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
  // The SDK's own readers lose this key, of answers and of CBOR; what the wire layer makes of it has its own test.
  const lost = making.direction === 'output' || making.protocol === 'rpcv2Cbor' ? '__proto__' : '';
  // What every object inherits is never sent as a query's key: the SDK asks `key in query` of a plain object.
  const kept = (key: string) => key !== '' && key !== lost && !(place === 'query' && key in {});
  return textFor(place, making).filter(kept);
}

/** https://www.w3.org/TR/xml/#charsets */
function isXml(text: string): boolean {
  return /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u.test(text);
}
