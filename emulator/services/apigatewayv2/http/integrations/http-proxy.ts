import { send } from '../../../../gateway/backends/send.ts';
import { withStageVariables } from '../../../../gateway/stage-variables.ts';
import { isHeaderName, isHeaderValue } from '../../../apigateway/execution/response/headers.ts';
import type { IntegrationDefinition } from '../../definition/definition.ts';
import { internal, unavailable } from '../failure.ts';
import type { HttpResponse, Passage } from '../passage.ts';

/** What belongs to a connection, and not to what is said over it. */
const OF_THE_CONNECTION: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
]);

/**
 * `HTTP_PROXY`: the back end gets the request as it is, and the client its answer.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-http.html
 * @throws HttpFailure 503 where nobody answers
 */
export async function httpProxy(
  passage: Passage,
  integration: IntegrationDefinition,
  signal: AbortSignal,
): Promise<HttpResponse> {
  const { request, context } = passage;
  const { IntegrationMethod: method = 'ANY' } = integration;
  const url = urlOf(passage, integration);
  try {
    const answer = await send({
      method: method === 'ANY' ? request.method : method,
      url,
      headers: headersOf(passage, url),
      body: request.body,
      signal,
    });
    const { status } = answer;
    context.integration = { ...context.integration, status, integrationStatus: status };
    return { status, headers: kept(answer.headers), body: answer.body };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    context.integration = { ...context.integration, error: why };
    throw unavailable(why, error);
  }
}

/* `$default` has no path of its own: the client's goes on whole. */
function urlOf(passage: Passage, { IntegrationUri = '' }: IntegrationDefinition): URL {
  const { request, pathParameters, route, served } = passage;
  const resolved = withStageVariables(IntegrationUri, served.stage.StageVariables);
  const filled = resolved.replaceAll(/\{([^{}+]+)\+?\}/g, (whole, name: string) =>
    Object.hasOwn(pathParameters, name) ? encoded(pathParameters[name] ?? '') : whole,
  );
  let url: URL;
  try {
    url = new URL(filled);
  } catch (error) {
    throw internal(`The integration's address is none: ${filled}`, error);
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw internal(`The integration's address is none: ${filled}`);
  const { RequestParameters } = route.integration ?? {};
  const moved = RequestParameters !== undefined && 'overwrite:path' in RequestParameters;
  if (moved) url.pathname = request.rawPath;
  else if (route.path === undefined) url.pathname = `${url.pathname.replace(/\/$/, '')}${request.rawPath}`;
  for (const [name, values] of Object.entries(request.query))
    for (const value of values) url.searchParams.append(name, value);
  return url;
}

const encoded = (value: string): string => value.split('/').map(encodeURIComponent).join('/');

function headersOf({ request, context }: Passage, url: URL): Record<string, readonly string[]> {
  const sent = Object.entries(request.headers).filter(
    ([name, values]) =>
      name.toLowerCase() !== 'host' &&
      !OF_THE_CONNECTION.has(name.toLowerCase()) &&
      isHeaderName(name) &&
      values.every((value) => isHeaderValue(value) && isLatin(value)),
  );
  const forwarded = `by=${request.sourceIp};for=${request.sourceIp};host=${context.domainName};proto=http`;
  return {
    ...Object.fromEntries(sent),
    Host: [url.host],
    Forwarded: [forwarded],
    Via: ['HTTP/1.1 AmazonAPIGateway'],
  };
}

function kept(headers: HttpResponse['headers']): HttpResponse['headers'] {
  const told: Record<string, readonly string[]> = {};
  for (const [name, values] of Object.entries(headers)) {
    const lower = name.toLowerCase();
    if (!OF_THE_CONNECTION.has(lower)) told[lower] = [...(told[lower] ?? []), ...values];
  }
  return told;
}

const isLatin = (value: string): boolean => !/[\u0100-\uffff]/.test(value);
