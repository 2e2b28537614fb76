import { readJson, NotJson } from './json/read.ts';
import { writeJson } from './json/write.ts';
import { pathOf, readPath } from './json-path/read.ts';
import type { RequestValues } from './variables.ts';
import { valuesOf } from './variables.ts';
import type { Budget } from './velocity/budget.ts';
import { TemplateFailure } from './velocity/failure.ts';
import { javaText } from './velocity/java-text.ts';
import { Host, List, type Table, type Value } from './velocity/value.ts';
import type { Values } from '../execution/exchange.ts';

/**
 * `$input` of API Gateway.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html#input-variable-reference
 * @param body what the template transforms: the client's body, or the back end's
 * @param request whose parameters `$input.params` gives
 */
export function inputHost(body: string, request: RequestValues, budget: Budget): Host {
  let parsed: { readonly value: Value } | undefined;
  const document = (): Value => (parsed ??= { value: parseBody(body) }).value;
  const reach = (args: readonly Value[]): Value | undefined =>
    readPath(document(), pathOf(args.length === 0 ? '$' : javaText(args[0] ?? null, budget)), budget);
  return new Host(
    {
      // What is not there is empty text in JSON, and null to a template, which writes nothing.
      json: (args) => {
        const found = reach(args);
        return found === undefined ? '""' : writeJson(found, budget);
      },
      path: (args) => copied(reach(args) ?? null, budget),
      params: (args) =>
        args.length === 0 ? allParams(request) : oneParam(request, javaText(args[0] ?? null, budget)),
    },
    // A request without a body is an empty object, as recorded on AWS.
    (name) => (name === 'body' ? (body === '' ? '{}' : body) : null),
  );
}

/** @throws TemplateFailure of kind `payload`, worded as AWS words it */
export function parseBody(body: string): Value {
  try {
    return body.trim() === '' ? new Map() : readJson(body);
  } catch (error) {
    if (error instanceof NotJson) {
      throw new TemplateFailure('payload', `Could not parse request body into json: ${error.message}`);
    }
    throw error;
  }
}

/** What a template changes is its own, so that reading the path again gives what the body holds. */
function copied(value: Value, budget: Budget): Value {
  budget.step();
  if (value instanceof List) {
    return budget.nested(
      () =>
        new List(
          value.items.map((item) => copied(item, budget)),
          value.json,
        ),
    );
  }
  if (value instanceof Map) {
    return budget.nested(() => new Map([...value].map(([key, item]) => [key, copied(item, budget)])));
  }
  return value;
}

/** The last of each parameter's values. */
function allParams({ path, query, headers }: RequestValues): Table {
  const last = (values: Values): Table =>
    new Map(Object.entries(values).map(([name, all]) => [name, all.at(-1) ?? null]));
  return new Map<string, Value>([
    ['path', new Map(Object.entries(path))],
    ['querystring', last(query)],
    ['header', last(headers)],
  ]);
}

/** Looked for in the path, the query and the headers, in this order. */
function oneParam({ path, query, headers }: RequestValues, name: string): Value {
  if (Object.hasOwn(path, name)) return path[name] ?? '';
  return (valuesOf(query, name, false) ?? valuesOf(headers, name, true))?.at(-1) ?? '';
}
