import type { Values } from '../execution/exchange.ts';
import { parseBody } from './input.ts';
import { writeJson } from './json/write.ts';
import { pathOf, readPath } from './json-path/read.ts';
import { at, valuesOf, written, type RequestValues, type Variables } from './variables.ts';
import { Budget } from './velocity/budget.ts';
import type { Value } from './velocity/value.ts';

/** What parameter mappings give the back end, beside what the request gives it anyway. */
export interface MappedRequest {
  readonly headers: Values;
  readonly query: Values;
  /** What goes where the integration's URI has `{name}`. */
  readonly path: Readonly<Record<string, string>>;
}

/** The back end's answer, as response mappings read it. */
export interface BackendResponse {
  readonly headers: Values;
  readonly body: string;
}

/**
 * `integration.request.header.x` = `method.request.querystring.y`, `'static'`, `context.…`, `stageVariables.…`,
 * `method.request.body.$.a`. What leads nowhere is left out.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html
 * @throws TemplateFailure where a mapping reads a body that is no JSON
 */
export function mapRequestParameters(
  parameters: Readonly<Record<string, string>> | undefined,
  variables: Variables,
): MappedRequest {
  const read = reader(variables, (source) => ofRequest(source, variables.request));
  const headers: Record<string, readonly string[]> = {};
  const query: Record<string, readonly string[]> = {};
  const path: Record<string, string> = {};
  for (const [key, expression] of Object.entries(parameters ?? {})) {
    const [, place, name = ''] = /^integration\.request\.(header|querystring|path)\.(.+)$/.exec(key) ?? [];
    const values = place === undefined ? undefined : read(expression);
    if (values === undefined) continue;
    if (place === 'header') headers[name] = values;
    else if (place === 'querystring') query[name] = values;
    else path[name] = values.join(',');
  }
  return { headers, query, path };
}

/**
 * `method.response.header.x` = `integration.response.header.y`, `integration.response.body.$.a`, `'static'`, …
 * @throws TemplateFailure where a mapping reads a body that is no JSON
 */
export function mapResponseParameters(
  parameters: Readonly<Record<string, string>> | undefined,
  response: BackendResponse,
  variables: Variables,
): Values {
  const read = reader(variables, (source) => ofResponse(source, response));
  const headers: Record<string, readonly string[]> = {};
  for (const [key, expression] of Object.entries(parameters ?? {})) {
    const name = /^method\.response\.header\.(.+)$/.exec(key)?.[1];
    const values = name === undefined ? undefined : read(expression);
    if (name !== undefined && values !== undefined) headers[name] = values;
  }
  return headers;
}

type Read = (expression: string) => readonly string[] | undefined;

function reader({ context, stageVariables }: Variables, own: Read): Read {
  return (expression) => {
    if (/^'[^]*'$/.test(expression)) return [expression.slice(1, -1)];
    const [root = '', ...rest] = expression.split('.');
    if (root === 'context') return listed(written(at(context, rest.join('.'))));
    if (root === 'stageVariables') return listed(written(at(stageVariables, rest.join('.'))));
    return own(expression);
  };
}

function ofRequest(expression: string, request: RequestValues): readonly string[] | undefined {
  const [, place, name = ''] = /^method\.request\.(\w+)(?:\.([^]+))?$/.exec(expression) ?? [];
  switch (place) {
    case 'path':
      return listed(Object.hasOwn(request.path, name) ? request.path[name] : undefined);
    case 'querystring':
      return last(valuesOf(request.query, name, false));
    case 'multivaluequerystring':
      return valuesOf(request.query, name, false);
    case 'header':
      return last(valuesOf(request.headers, name, true));
    case 'multivalueheader':
      return valuesOf(request.headers, name, true);
    case 'body':
      return ofBody(request.body, name);
    default:
      return undefined;
  }
}

function ofResponse(expression: string, response: BackendResponse): readonly string[] | undefined {
  const [, place, name = ''] = /^integration\.response\.(\w+)(?:\.([^]+))?$/.exec(expression) ?? [];
  switch (place) {
    case 'header':
      return last(valuesOf(response.headers, name, true));
    case 'multivalueheader':
      return valuesOf(response.headers, name, true);
    case 'body':
      return ofBody(response.body, name);
    default:
      return undefined;
  }
}

/** The whole body, or what a JSONPath after `body.` leads to. */
function ofBody(body: string, path: string): readonly string[] | undefined {
  if (path === '') return body === '' ? undefined : [body];
  const budget = new Budget();
  const found = readPath(parseBody(body), pathOf(path), budget);
  return found === undefined || found === null ? undefined : [textOf(found, budget)];
}

const textOf = (value: Value, budget: Budget): string =>
  typeof value === 'string' ? value : writeJson(value, budget);

/** One of several values: the last one counts. */
function last(values: readonly string[] | undefined): readonly string[] | undefined {
  return listed(values?.at(-1));
}

const listed = (value: string | undefined): readonly string[] | undefined =>
  value === undefined ? undefined : [value];
