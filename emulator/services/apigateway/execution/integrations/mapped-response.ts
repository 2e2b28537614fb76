import type { IntegrationDefinition, IntegrationResponseDefinition } from '../../definition/definition.ts';
import { mapResponseParameters } from '../../mapping/parameters.ts';
import { renderTemplate, TemplateFailure } from '../../mapping/template.ts';
import { valuesOf } from '../../mapping/variables.ts';
import type { ApiResponse, Values } from '../exchange.ts';
import type { Passage } from '../passage.ts';
import { remapped } from '../response/headers.ts';
import { bareType, firstAccepted } from '../snapshot/binary.ts';
import { misconfigured, notAsked } from './failures.ts';
import { converted } from './mapped-request.ts';

/** What a back end that is no proxy has answered. */
export interface BackendAnswer {
  readonly status: number;
  readonly headers: Values;
  readonly body: Uint8Array;
  /** What selection patterns are held against: a status, or the error message of a function. */
  readonly selected: string;
}

/**
 * The answer that mappings make of the back end's.
 * @throws GatewayFailure API_CONFIGURATION_ERROR where no integration response is meant
 */
export function mappedResponse(
  passage: Passage,
  { integrationResponses }: IntegrationDefinition,
  answer: BackendAnswer,
): ApiResponse {
  const { variables, request, api, log } = passage;
  const response = select(integrationResponses, answer.selected);
  if (response === undefined) {
    log.error(
      () =>
        `Execution failed due to configuration error: No match for output mapping and no default output mapping configured. Endpoint Response Status Code: ${answer.status}`,
    );
    throw misconfigured();
  }
  const accept = valuesOf(request.headers, 'accept', true)?.at(-1);
  const isBinary = api.isBinary(valuesOf(answer.headers, 'content-type', true)?.at(-1));
  const handling =
    response.contentHandling ??
    (isBinary === api.isBinary(firstAccepted(accept))
      ? undefined
      : isBinary
        ? 'CONVERT_TO_TEXT'
        : 'CONVERT_TO_BINARY');
  const body = converted(answer.body, handling, isBinary);
  const template = templateFor(response, accept);
  try {
    const text = (): string => Buffer.from(body).toString('utf8');
    const source = {
      headers: answer.headers,
      get body() {
        return text();
      },
    };
    const mapped = mapResponseParameters(response.responseParameters, source, variables);
    const rendered = template && renderTemplate(template.text, text(), variables);
    const headers: Record<string, readonly string[]> = { ...mapped };
    for (const [name, value] of Object.entries(rendered?.responseOverride.header ?? {}))
      headers[name] = typeof value === 'string' ? [value] : value;
    if (valuesOf(headers, 'content-type', true) === undefined)
      headers['Content-Type'] = [template?.contentType ?? 'application/json'];
    return {
      status: rendered?.responseOverride.status ?? Number(response.statusCode),
      headers: remapped(headers, 'other'),
      body: rendered === undefined ? body : Buffer.from(rendered.text),
    };
  } catch (error) {
    if (!(error instanceof TemplateFailure)) throw error;
    log.error(() => `Execution failed: ${error.message}`);
    throw notAsked(error);
  }
}

/** The first whose pattern the text is, else the one without a pattern. */
export function select(
  responses: IntegrationDefinition['integrationResponses'],
  selected: string,
): IntegrationResponseDefinition | undefined {
  const all = Object.values(responses);
  return (
    all.find(
      ({ selectionPattern = '' }) => selectionPattern !== '' && javaMatches(selectionPattern, selected),
    ) ?? all.find(({ selectionPattern = '' }) => selectionPattern === '')
  );
}

const patterns = new Map<string, RegExp | undefined>();

/** As Java's `matches`: the whole text. What JavaScript cannot read matches nothing. */
function javaMatches(pattern: string, text: string): boolean {
  if (!patterns.has(pattern)) {
    if (patterns.size > 1000) patterns.clear();
    patterns.set(pattern, readPattern(pattern));
  }
  return patterns.get(pattern)?.test(text) === true;
}

function readPattern(pattern: string): RegExp | undefined {
  const [, flags = '', rest = pattern] = /^\(\?([ims]+)\)(.*)$/s.exec(pattern) ?? [];
  try {
    return new RegExp(`^(?:${rest})$`, flags);
  } catch {
    return undefined;
  }
}

/** By what the client accepts, else JSON, else the first; `undefined` where the body passes as it is. */
function templateFor(
  { responseTemplates = {} }: IntegrationResponseDefinition,
  accept: string | undefined,
): { readonly contentType: string; readonly text: string } | undefined {
  const names = Object.keys(responseTemplates);
  const wanted = (accept ?? '').split(',').map(bareType);
  const name =
    wanted.map((type) => names.find((one) => bareType(one) === type)).find((one) => one !== undefined) ??
    names.find((one) => bareType(one) === 'application/json') ??
    names[0];
  const text = name === undefined ? undefined : responseTemplates[name];
  // AWS keeps an empty template as none: the body passes.
  return name === undefined || text === undefined || text === '' ? undefined : { contentType: name, text };
}
