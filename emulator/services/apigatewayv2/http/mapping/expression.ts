import { inJson, json } from '../../../../gateway/json.ts';
import { at, written } from '../../../../gateway/values.ts';
import type { HttpResponse, Passage } from '../passage.ts';
import { headerOf } from '../request/request.ts';

/** Bodies are read as JSON up to here (AWS: "truncates the request body at 100 KB"). */
const LONGEST_BODY = 102_400;

/**
 * What an expression of a mapping means: `$request.header.x`, `${context.requestId}`, a constant, or several of them
 * in one text.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html
 * @returns undefined where there is nothing at the place that it names
 */
export function valueOf(expression: string, passage: Passage, response?: HttpResponse): string | undefined {
  const bare = /^\$(?!\{)([\w.:\-[\]'"*@]+)$/.exec(expression)?.[1];
  if (bare !== undefined) return named(bare, passage, response);
  const quoted = /^'(.*)'$/s.exec(expression)?.[1];
  const missing: string[] = [];
  const text = (quoted ?? expression).replaceAll(/\$\{([^}]+)\}/g, (_whole, name: string) => {
    const value = named(name, passage, response);
    if (value === undefined) missing.push(name);
    return value ?? '';
  });
  return missing.length === 0 ? text : undefined;
}

function named(name: string, passage: Passage, response: HttpResponse | undefined): string | undefined {
  const { request, context, served, pathParameters } = passage;
  const [source = '', place = ''] = name.split('.', 2);
  const rest = name.slice(source.length + place.length + 2);
  if (source === 'stageVariables') {
    const variable = name.slice(source.length + 1);
    const { StageVariables } = served.stage;
    return Object.hasOwn(StageVariables, variable) ? StageVariables[variable] : undefined;
  }
  if (source === 'context') return written(at(context, name.slice(source.length + 1)));
  if (source === 'request' && place === 'header') return headerOf(request, rest);
  if (source === 'request' && place === 'querystring')
    return Object.hasOwn(request.query, rest) ? request.query[rest]?.join(',') : undefined;
  if (source === 'request' && place === 'path') {
    if (rest === '') return request.path;
    return Object.hasOwn(pathParameters, rest) ? pathParameters[rest] : undefined;
  }
  if (source === 'request' && place === 'body') return inBody(request.body, rest);
  if (source !== 'response' || response === undefined) return undefined;
  if (place === 'header') return headerOf(response, rest);
  return place === 'body' ? inBody(response.body, rest) : undefined;
}

function inBody(body: Uint8Array, path: string): string | undefined {
  const text = Buffer.from(body).toString('utf8');
  if (path === '') return text;
  return written(inJson(json(text.slice(0, LONGEST_BODY)), path));
}
