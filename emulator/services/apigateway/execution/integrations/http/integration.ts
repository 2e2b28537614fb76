import type { IntegrationDefinition } from '../../../definition/definition.ts';
import { mapRequestParameters } from '../../../mapping/parameters.ts';
import { valuesOf } from '../../../mapping/variables.ts';
import { GatewayFailure, type ApiResponse, type Values } from '../../exchange.ts';
import { javaMap } from '../../logs/java-map.ts';
import type { Passage } from '../../passage.ts';
import { isHeaderName, isHeaderValue, remapped } from '../../response/headers.ts';
import { notAsked } from '../failures.ts';
import { mappedRequest } from '../mapped-request.ts';
import { mappedResponse } from '../mapped-response.ts';
import { withStageVariables } from '../../../../../gateway/stage-variables.ts';
import { send, type Received } from '../../../../../gateway/backends/send.ts';

/** `HTTP_PROXY`: the back end gets the request as it is, and the client its answer. @throws GatewayFailure */
export async function httpProxy(
  passage: Passage,
  integration: IntegrationDefinition,
  signal: AbortSignal,
): Promise<ApiResponse> {
  const { request, variables, rawPathParameters } = passage;
  const mapped = mapRequestParameters(integration.requestParameters, variables);
  const headers = withDefaults(
    { ...without(request.headers, ['host', 'content-encoding']), ...mapped.headers },
    passage,
  );
  const url = urlOf(
    passage,
    integration,
    { ...rawPathParameters, ...encodedAll(mapped.path) },
    {
      ...request.query,
      ...mapped.query,
    },
  );
  const answer = await asked(passage, integration, url, headers, request.body, signal);
  return {
    status: answer.status,
    headers: { ...remapped(answer.headers, 'httpProxy'), ...traceOf(passage) },
    body: answer.body,
  };
}

/** `HTTP`: mappings make the back end's request and the client's answer. @throws GatewayFailure */
export async function httpMapped(
  passage: Passage,
  integration: IntegrationDefinition,
  signal: AbortSignal,
): Promise<ApiResponse> {
  const mapped = mappedRequest(passage, integration);
  const url = urlOf(passage, integration, encodedAll(mapped.path), mapped.query);
  const own = valuesOf(mapped.headers, 'content-type', true) === undefined && mapped.body.length > 0;
  const headers = withDefaults(
    { ...mapped.headers, ...(own ? { 'Content-Type': [mapped.contentType] } : {}) },
    passage,
  );
  const answer = await asked(passage, integration, url, headers, mapped.body, signal);
  const response = mappedResponse(passage, integration, { ...answer, selected: String(answer.status) });
  return { ...response, headers: { ...response.headers, ...traceOf(passage) } };
}

/** @throws GatewayFailure INTEGRATION_FAILURE, and 500 for an address that leads nowhere */
async function asked(
  passage: Passage,
  integration: IntegrationDefinition,
  url: URL,
  headers: Values,
  body: Uint8Array,
  signal: AbortSignal,
): Promise<Received> {
  const { log, context, request } = passage;
  const { httpMethod = 'ANY' } = integration;
  const method = httpMethod === 'ANY' ? request.method : httpMethod;
  log.data(() => `Endpoint request URI: ${url.href}`);
  log.data(() => `Endpoint request headers: ${javaMap(headers)}`);
  log.info(() => `Sending request to ${url.href}`);
  try {
    const answer = await send({ method, url, headers, body, signal });
    context.integration = { ...context.integration, status: answer.status, integrationStatus: answer.status };
    log.data(() => `Endpoint response headers: ${javaMap(answer.headers)}`);
    log.data(
      () => `Endpoint response body before transformations: ${Buffer.from(answer.body).toString('utf8')}`,
    );
    return answer;
  } catch (error) {
    log.error(() => `Execution failed due to a network error communicating with endpoint: ${String(error)}`);
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOTFOUND' || code === 'ERR_INVALID_URL') throw notAsked(error);
    throw new GatewayFailure('INTEGRATION_FAILURE', 'Network error communicating with endpoint', {
      cause: error,
    });
  }
}

/** @throws GatewayFailure 500 for what is no address */
function urlOf(
  { variables, log }: Passage,
  { uri = '' }: IntegrationDefinition,
  path: Readonly<Record<string, string>>,
  query: Values,
): URL {
  const filled = withStageVariables(uri, variables.stageVariables).replaceAll(
    /\{([^{}+]+)\+?\}/g,
    (whole, name: string) => (Object.hasOwn(path, name) ? (path[name] ?? '') : whole),
  );
  let url: URL;
  try {
    url = new URL(filled);
  } catch (error) {
    log.error(() => `Execution failed due to configuration error: Invalid endpoint address`);
    throw notAsked(error);
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw notAsked();
  for (const [name, values] of Object.entries(query))
    for (const value of values) url.searchParams.append(name, value);
  return url;
}

function withDefaults(given: Values, { context }: Passage): Record<string, readonly string[]> {
  const headers: Record<string, readonly string[]> = {};
  for (const [name, values] of Object.entries(given))
    if (isHeaderName(name) && values.every(isHeaderValue)) headers[name] = values.map(latin);
  if (valuesOf(headers, 'user-agent', true) === undefined)
    headers['User-Agent'] = [`AmazonAPIGateway_${context.apiId}`];
  if (valuesOf(headers, 'accept', true) === undefined) headers['Accept'] = ['application/json'];
  headers['x-amzn-apigateway-api-id'] = [context.apiId];
  return headers;
}

const latin = (value: string): string =>
  /[\u0100-\uffff]/.test(value) ? Buffer.from(value, 'utf8').toString('latin1') : value;

function without(values: Values, names: readonly string[]): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name.toLowerCase())));
}

const encodedAll = (path: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(path).map(([name, value]) => [name, value.split('/').map(encodeURIComponent).join('/')]),
  );

/** Back ends that are reached over the network are traced (recorded: MOCK is not). */
export function traceOf({ trace }: Passage): Record<string, readonly string[]> {
  return { 'X-Amzn-Trace-Id': [trace] };
}
