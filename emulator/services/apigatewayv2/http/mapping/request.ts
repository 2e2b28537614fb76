import { actionOf } from '../../integrations/parameters.ts';
import type { Passage } from '../passage.ts';
import type { HttpRequest } from '../request/request.ts';
import { valueOf } from './expression.ts';

/**
 * The request as a back end gets it: with what the integration appends, overwrites and removes.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html
 */
export function mappedRequest(
  passage: Passage,
  parameters: Readonly<Record<string, string>> | undefined,
): HttpRequest {
  const { request } = passage;
  if (parameters === undefined || Object.keys(parameters).length === 0) return request;
  const headers = new Entries(request.headers, true);
  const query = new Entries(request.query, false);
  let { path, rawPath } = request;
  for (const [key, expression] of Object.entries(parameters)) {
    const action = actionOf(key);
    if (action === undefined) continue;
    const value = action.how === 'remove' ? undefined : valueOf(expression, passage);
    if (action.how !== 'remove' && value === undefined) continue;
    if (action.what === 'header') headers.apply(action.how, action.name, value);
    if (action.what === 'querystring') query.apply(action.how, action.name, value);
    if (action.what === 'path' && value !== undefined)
      path = rawPath = value.startsWith('/') ? value : `/${value}`;
  }
  const rawQuery = query.isChanged ? queryText(query.values) : request.rawQuery;
  return { ...request, headers: headers.values, query: query.values, path, rawPath, rawQuery };
}

/** Names with values, which a mapping changes. */
export class Entries {
  readonly #anyCase: boolean;
  #values: Record<string, readonly string[]>;
  isChanged = false;

  /** @param anyCase whether names that differ in nothing but case are one */
  constructor(values: Readonly<Record<string, readonly string[]>>, anyCase: boolean) {
    this.#values = { ...values };
    this.#anyCase = anyCase;
  }

  get values(): Readonly<Record<string, readonly string[]>> {
    return this.#values;
  }

  apply(how: 'append' | 'overwrite' | 'remove', name: string, value: string | undefined): void {
    const same = (other: string): boolean =>
      this.#anyCase ? other.toLowerCase() === name.toLowerCase() : other === name;
    const known = Object.keys(this.#values).find(same) ?? name;
    const before = this.#values[known] ?? [];
    const rest = Object.entries(this.#values).filter(([other]) => !same(other));
    const now =
      how === 'remove' || value === undefined ? [] : how === 'append' ? [...before, value] : [value];
    this.isChanged = true;
    this.#values = Object.fromEntries(now.length === 0 ? rest : [...rest, [known, now]]);
  }
}

function queryText(query: Readonly<Record<string, readonly string[]>>): string {
  const text = new URLSearchParams();
  for (const [name, values] of Object.entries(query)) for (const value of values) text.append(name, value);
  return text.toString();
}
