import { parse } from 'yaml';
import { ServiceFailure } from '../../service/failure.ts';
import { nestsDeeper } from './json-nesting.ts';
import { mayNestDeeply } from './yaml-nesting.ts';

/** A part of a document that somebody wrote: anything may stand anywhere. */
export type Part = Readonly<Record<string, unknown>>;

/** OpenAPI 3.0, or Swagger 2.0. */
export type Dialect = 'oas30' | 'swagger';

export interface ApiDocument {
  readonly dialect: Dialect;
  readonly root: Part;
}

/** As recorded on AWS for a file that is none. */
export const invalidDocument = (): ServiceFailure =>
  new ServiceFailure('BadRequestException', 'Invalid OpenAPI input.');

/**
 * Reads OpenAPI 3.0 or Swagger 2.0, JSON or YAML.
 * @throws ServiceFailure BadRequestException
 */
export function readDocument(body: Uint8Array | string): ApiDocument {
  const root = part(readTree(typeof body === 'string' ? body : new TextDecoder().decode(body)));
  if (/^3\.0(\.|$)/.test(text(root['openapi']) ?? '')) return { dialect: 'oas30', root };
  if (/^2(\.0)?$/.test(text(root['swagger']) ?? '')) return { dialect: 'swagger', root };
  throw invalidDocument();
}

const MAX_DEPTH = 200;

/**
 * Reads JSON or YAML that somebody sent.
 * @throws ServiceFailure BadRequestException where it is neither, or nests beyond all sense
 */
export function readTree(source: string): unknown {
  const json = source.trimStart().startsWith('{');
  if (json ? nestsDeeper(source, MAX_DEPTH) : mayNestDeeply(source)) throw invalidDocument();
  try {
    if (json) return JSON.parse(source) as unknown;
    const tree: unknown = parse(source, { logLevel: 'silent', maxAliasCount: 100 });
    if (!nestsDeeper(JSON.stringify(tree), MAX_DEPTH)) return tree;
  } catch {
    throw invalidDocument();
  }
  throw invalidDocument();
}

/** An object, or an empty one where none stands. */
export const part = (value: unknown): Part =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Part) : {};

/** A member that is the object's own. */
export const own = (of: Part, name: string): unknown => (Object.hasOwn(of, name) ? of[name] : undefined);

export const parts = (value: unknown): readonly Part[] => list(value).map(part);

export const list = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? (value as unknown[]) : [];

/** Text, or a scalar as text: YAML reads `200` and `true` as what they look like. */
export const text = (value: unknown): string | undefined =>
  typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : undefined;

export const texts = (value: unknown): string[] =>
  list(value).flatMap((one) => (text(one) === undefined ? [] : [text(one) ?? '']));

/** A map of texts; what is no text is left out. */
export const textMap = (value: unknown): Record<string, string> | undefined =>
  isPart(value)
    ? Object.fromEntries(
        Object.entries(value).flatMap(([key, one]) => {
          const read = text(one);
          return read === undefined ? [] : [[key, read]];
        }),
      )
    : undefined;

export const isPart = (value: unknown): value is Part =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const whole = (value: unknown): number | undefined => {
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) ? number : undefined;
};

/** The object without its members that are undefined, so that definitions hold only what was said. */
export function said<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;
}
