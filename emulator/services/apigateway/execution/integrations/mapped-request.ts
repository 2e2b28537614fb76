import type { IntegrationDefinition } from '../../definition/definition.ts';
import { mapRequestParameters, type MappedRequest } from '../../mapping/parameters.ts';
import { renderTemplate, TemplateFailure, type Rendered } from '../../mapping/template.ts';
import { valuesOf } from '../../mapping/variables.ts';
import { GatewayFailure, type Values } from '../exchange.ts';
import type { Passage } from '../passage.ts';
import { bareType } from '../snapshot/binary.ts';
import { misconfigured } from './failures.ts';

/** What a back end that is no proxy is sent, before its URI is looked at. */
export interface BackendRequest extends MappedRequest {
  readonly body: Uint8Array;
  readonly contentType: string;
}

/**
 * The request that mappings make of the client's.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/integration-passthrough-behaviors.html
 * @throws GatewayFailure UNSUPPORTED_MEDIA_TYPE, BAD_REQUEST_BODY, API_CONFIGURATION_ERROR
 */
export function mappedRequest(passage: Passage, integration: IntegrationDefinition): BackendRequest {
  const { request, variables, api } = passage;
  const given = valuesOf(request.headers, 'content-type', true)?.at(-1);
  const contentType = given ?? 'application/json';
  const template = templateFor(integration, bareType(contentType));
  const mapped = guarded(passage, () => mapRequestParameters(integration.requestParameters, variables));
  if (template === undefined) {
    const body = converted(request.body, integration.contentHandling, api.isBinary(given));
    return { ...mapped, body, contentType };
  }
  const text = converted(
    request.body,
    integration.contentHandling ?? (api.isBinary(given) ? 'CONVERT_TO_TEXT' : undefined),
    api.isBinary(given),
  );
  const rendered = guarded(passage, () =>
    renderTemplate(template, Buffer.from(text).toString('utf8'), variables),
  );
  return { ...overridden(mapped, rendered.requestOverride), body: Buffer.from(rendered.text), contentType };
}

/** @returns undefined where the body passes as it is @throws GatewayFailure UNSUPPORTED_MEDIA_TYPE */
function templateFor(
  { requestTemplates = {}, passthroughBehavior }: IntegrationDefinition,
  contentType: string,
): string | undefined {
  const names = Object.keys(requestTemplates);
  const name =
    names.find((type) => bareType(type) === contentType) ?? names.find((type) => type === '$default');
  // An empty template is one as well: an empty body.
  if (name !== undefined) return requestTemplates[name] ?? '';
  if (passthroughBehavior === 'NEVER' || (passthroughBehavior === 'WHEN_NO_TEMPLATES' && names.length > 0))
    throw new GatewayFailure('UNSUPPORTED_MEDIA_TYPE', 'Unsupported Media Type');
  return undefined;
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html */
export function converted(
  body: Uint8Array,
  handling: IntegrationDefinition['contentHandling'],
  isBinary: boolean,
): Uint8Array {
  if (handling === 'CONVERT_TO_TEXT' && isBinary) return Buffer.from(Buffer.from(body).toString('base64'));
  if (handling === 'CONVERT_TO_BINARY' && !isBinary)
    return Buffer.from(Buffer.from(body).toString('utf8'), 'base64');
  return body;
}

function overridden(mapped: MappedRequest, override: Rendered['requestOverride']): MappedRequest {
  const lists = (values: Readonly<Record<string, string | readonly string[]>>): Values =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? [value] : value]),
    );
  const texts = Object.entries(override.path).map(([name, value]): [string, string] => [
    name,
    typeof value === 'string' ? value : value.join(','),
  ]);
  return {
    headers: { ...mapped.headers, ...lists(override.header) },
    query: { ...mapped.query, ...lists(override.querystring) },
    path: { ...mapped.path, ...Object.fromEntries(texts) },
  };
}

/** A body that is no JSON is the client's mistake; all else is the API's. @throws GatewayFailure */
function guarded<T>({ log }: Passage, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof TemplateFailure)) throw error;
    log.error(() => `Execution failed: ${error.message}`);
    if (error.kind === 'payload')
      throw new GatewayFailure('BAD_REQUEST_BODY', error.message, { cause: error });
    throw misconfigured(error);
  }
}
