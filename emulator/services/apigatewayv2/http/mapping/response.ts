import { isHeaderName, isHeaderValue } from '../../../apigateway/execution/response/headers.ts';
import { actionOf } from '../../integrations/parameters.ts';
import type { HttpResponse, Passage } from '../passage.ts';
import { Entries } from './request.ts';
import { valueOf } from './expression.ts';

/** The answer as the client gets it: with what the integration changes in answers of its status code. */
export function mappedResponse(
  passage: Passage,
  response: HttpResponse,
  parameters: Readonly<Record<string, Readonly<Record<string, string>>>> | undefined,
): HttpResponse {
  const mappings = parameters?.[String(response.status)];
  if (mappings === undefined) return response;
  const headers = new Entries(response.headers, true);
  let { status } = response;
  for (const [key, expression] of Object.entries(mappings)) {
    const action = actionOf(key);
    if (action === undefined) continue;
    const value = action.how === 'remove' ? undefined : valueOf(expression, passage, response);
    if (action.how !== 'remove' && value === undefined) continue;
    if (action.what === 'statuscode' && /^[2-5]\d\d$/.test(value ?? '')) status = Number(value);
    if (action.what === 'header' && isHeaderName(action.name) && isHeaderValue(value ?? ''))
      headers.apply(action.how, action.name.toLowerCase(), value);
  }
  return { ...response, status, headers: headers.values };
}
