import { badRequest, notFound } from '../../../gateway/failures.ts';
import { entry, without, type Read } from '../patch/fields.ts';
import type { PathRule } from '../patch/rules.ts';

/**
 * Checks the names of what a method takes: `method.request.header.x`, each name once across places.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html
 * @throws BadRequestException in the recorded words
 */
export function checkRequestParameters(parameters: Readonly<Record<string, boolean>> = {}): void {
  const names = Object.keys(parameters);
  for (const name of names)
    if (!/^method\.request\.(querystring|path|header)\.[^\s]+$/.test(name)) throw invalidMapping(name);
  const short = names.map((name) => name.split('.').slice(3).join('.'));
  if (new Set(short).size < short.length)
    throw badRequest('Parameter names must be unique across querystring, header and path');
}

/** @throws BadRequestException */
export function checkResponseParameters(parameters: Readonly<Record<string, boolean>> = {}): void {
  for (const name of Object.keys(parameters))
    if (!/^method\.response\.header\.[^\s]+$/.test(name)) throw invalidMapping(name);
}

const source =
  /^(method\.request\.(querystring|path|header|multivalueheader|multivaluequerystring)\.\S+|method\.request\.body(\..+|\[.+)?|stageVariables\.\S+|context\.\S+|'.*')$/s;
const responseSource =
  /^(integration\.response\.(header|multivalueheader)\.\S+|integration\.response\.body(\..+|\[.+)?|stageVariables\.\S+|context\.\S+|'.*')$/s;

/** What an integration gets from the request. @throws BadRequestException in the recorded words */
export function checkIntegrationParameters(parameters: Readonly<Record<string, string>> = {}): void {
  for (const [target, value] of Object.entries(parameters)) {
    if (!/^integration\.request\.(querystring|path|header)\.\S+$/.test(target)) throw invalidMapping(target);
    if (!source.test(value)) throw invalidMapping(value);
  }
}

/** What a response gets from the integration. @throws BadRequestException */
export function checkIntegrationResponseParameters(parameters: Readonly<Record<string, string>> = {}): void {
  for (const [target, value] of Object.entries(parameters)) {
    if (!/^method\.response\.header\.\S+$/.test(target)) throw invalidMapping(target);
    if (!responseSource.test(value)) throw invalidMapping(value);
  }
}

/** Recorded for the value `true`. */
function invalidMapping(expression: string): Error {
  return badRequest(
    `Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression specified: ${expression}]`,
  );
}

/** Templates are by content type. @throws BadRequestException in the recorded words */
export function checkTemplates(templates: Readonly<Record<string, string>> = {}): void {
  for (const type of Object.keys(templates))
    if (!isContentType(type))
      throw badRequest(
        `Validation Result: warnings : [], errors : [Invalid content type specified: ${type}]`,
      );
}

/** `$default` stands for any. */
export function isContentType(type: string): boolean {
  return type === '$default' || /^[\w!#$&^.+*-]+\/[\w!#$&^.+*-]+(\s*;.*)?$/.test(type);
}

/** What is said where a patch replaces or removes what is not there: recorded of method and gateway responses. */
export const noParameter = (): Error => notFound('Invalid parameter name specified');
export const noContentType = (): Error => notFound('Content-Type specified was not found');

type Entry<Map> = NonNullable<Map> extends Readonly<Record<string, infer Value>> ? Value : never;

/** An entry of a map that must be there to be replaced or removed; the map goes with its last entry. */
export function knownEntry<Target extends object, Key extends keyof Target & string>(
  path: `${string}/{name}`,
  key: Key,
  read: Read<Entry<Target[Key]>>,
  missing: () => Error,
): PathRule<Target> {
  const rule = entry<Target, Key>(path, key, read);
  const check = (target: Target, names: Readonly<Record<string, string>>): void => {
    const map = (target[key] ?? {}) as Readonly<Record<string, unknown>>;
    if (!Object.hasOwn(map, names['name'] ?? '')) throw missing();
  };
  return {
    ...rule,
    replace: (target, change) => {
      check(target, change.names);
      return rule.replace?.(target, change) ?? target;
    },
    remove: (target, change) => {
      check(target, change.names);
      const left = rule.remove?.(target, change) ?? target;
      return Object.keys(left[key] as object).length === 0 ? without(left, key) : left;
    },
  };
}
