import type { Cloud } from '../../../../../cloud.ts';
import type { WireIdentity } from '../../../../../service/service.ts';
import { identities } from '../../../../identities.ts';
import type { IntegrationDefinition } from '../../../definition/definition.ts';
import { valuesOf } from '../../../mapping/variables.ts';
import { GatewayFailure, type ApiResponse } from '../../exchange.ts';
import { javaMap } from '../../logs/java-map.ts';
import type { Passage } from '../../passage.ts';
import { traceOf } from '../http/integration.ts';
import { send, type Received } from '../../../../../gateway/backends/send.ts';
import { mappedRequest, type BackendRequest } from '../mapped-request.ts';
import { mappedResponse } from '../mapped-response.ts';
import { withStageVariables } from '../../../../../gateway/stage-variables.ts';
import { queryAnswerAsJson } from './query-answer.ts';
import { sign, type Asked } from './sign.ts';
import { serviceUri, type ServiceUri } from './uri.ts';

/** Names that URIs have for services whose calls are signed for another. */
const SIGNED_FOR: Readonly<Record<string, string>> = { cloudwatch: 'monitoring' };
/** Seen on AWS: of an `action` only these get their target; others need the header from a mapping. */
const TARGETED: ReadonlySet<string> = new Set(['dynamodb', 'kinesis', 'states', 'ssm']);

/**
 * `AWS`: a call of one of this cloud's own services, signed with a session of the integration's role, by the same
 * way in that students' calls take.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/getting-started-aws-proxy.html
 * @throws GatewayFailure
 */
export async function serviceMapped(
  cloud: Cloud,
  passage: Passage,
  integration: IntegrationDefinition,
  signal: AbortSignal,
): Promise<ApiResponse> {
  const { log, context, variables, scope } = passage;
  const uri = serviceUri(withStageVariables(integration.uri ?? '', variables.stageVariables));
  const wire = uri && wireOf(uri.service);
  if (uri === undefined || wire === undefined) {
    const name = uri?.service ?? integration.uri ?? '';
    const why = `Coldstart's embedded cloud has no integration with ${name}.`;
    log.error(() => why);
    cloud.trail.record(scope, 'decision', { by: 'apigateway', outcome: 'refused', why }, passage.cause);
    throw new GatewayFailure('INTEGRATION_FAILURE', why, { status: 500 });
  }
  const mapped = mappedRequest(passage, integration);
  const asked = requestOf(cloud, passage, integration, uri, wire, mapped);
  const signed = await sign(cloud, passage, integration, uri, wire, asked);
  log.data(() => `Endpoint request headers: ${javaMap(signed)}`);
  log.info(
    () => `Sending request to https://${uri.service}.${uri.region}.amazonaws.com${asked.url.pathname}`,
  );
  let answer: Received;
  try {
    const headers = Object.fromEntries(Object.entries(signed).map(([name, value]) => [name, [value]]));
    answer = await send({ ...asked, headers, signal });
  } catch (error) {
    throw new GatewayFailure('INTEGRATION_FAILURE', 'Network error communicating with endpoint', {
      cause: error,
    });
  }
  context.integration = { ...context.integration, status: answer.status, integrationStatus: answer.status };
  const told = asked.form ? asJson(answer) : answer;
  log.data(() => `Endpoint response body before transformations: ${Buffer.from(told.body).toString('utf8')}`);
  const response = mappedResponse(passage, integration, { ...told, selected: String(told.status) });
  return { ...response, headers: { ...response.headers, ...traceOf(passage) } };
}

function wireOf(service: string): WireIdentity | undefined {
  const all: readonly WireIdentity[] = Object.values(identities);
  const name = SIGNED_FOR[service] ?? service;
  return all.find(({ id }) => id === name) ?? all.find(({ signingName }) => signingName === name);
}

function requestOf(
  cloud: Cloud,
  { request }: Passage,
  { httpMethod = 'ANY' }: IntegrationDefinition,
  uri: ServiceUri,
  wire: WireIdentity,
  mapped: BackendRequest,
): Asked {
  const headers: Record<string, string> = {};
  for (const [name, values] of Object.entries(mapped.headers)) headers[name.toLowerCase()] = values.join(',');
  headers['content-type'] ??= mapped.contentType;
  const path = uri.kind === 'path' ? filled(uri, mapped.path) : '';
  const bucket = uri.subdomain !== undefined && uri.service === 's3' ? `/${uri.subdomain}` : '';
  const url = new URL(`${cloud.settings.origin}${bucket}/${path}`);
  for (const [name, values] of Object.entries(mapped.query))
    for (const value of values) url.searchParams.append(name, value);
  const method = httpMethod === 'ANY' ? request.method : httpMethod;
  if (uri.kind === 'action' && TARGETED.has(uri.service)) {
    headers['x-amz-target'] ??= `${wire.target}.${uri.rest}`;
    if (!headers['content-type'].startsWith('application/x-amz-json-'))
      headers['content-type'] = wire.protocols.includes('awsJson1.1')
        ? 'application/x-amz-json-1.1'
        : 'application/x-amz-json-1.0';
  }
  if (!wire.protocols.includes('awsQuery') || headers['x-amz-target'] !== undefined)
    return { method, url, headers, body: mapped.body, form: false };
  return asForm({ method, url, headers, body: mapped.body, form: true }, uri, wire);
}

/* Parameters of the query protocol may stand in the query or in the body; here they go together in the body. */
function asForm({ url, headers, body }: Asked, uri: ServiceUri, wire: WireIdentity): Asked {
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
  const form = new URLSearchParams(isForm ? Buffer.from(body).toString('utf8') : '');
  for (const [name, value] of url.searchParams) if (!form.has(name)) form.append(name, value);
  if (uri.kind === 'action') form.set('Action', uri.rest);
  if (!form.has('Version')) form.set('Version', wire.version);
  // Where the address is a queue's, it says which queue is meant.
  if (wire.id === 'sqs' && url.pathname.length > 1 && !form.has('QueueUrl'))
    form.set('QueueUrl', `${url.origin}${url.pathname}`);
  return {
    method: 'POST',
    url: new URL('/', url),
    headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
    body: Buffer.from(form.toString()),
    form: true,
  };
}

function filled({ rest }: ServiceUri, path: Readonly<Record<string, string>>): string {
  return rest.replaceAll(/\{([^{}+]+)\+?\}/g, (whole, name: string) =>
    Object.hasOwn(path, name) ? (path[name] ?? '').split('/').map(encodeURIComponent).join('/') : whole,
  );
}

function asJson(answer: Received): Received {
  const json = queryAnswerAsJson(Buffer.from(answer.body).toString('utf8'));
  if (json === undefined) return answer;
  const contentType = valuesOf(answer.headers, 'content-type', true) ?? [];
  return {
    ...answer,
    headers: contentType.some((type) => type.includes('xml'))
      ? { 'Content-Type': ['application/json'] }
      : answer.headers,
    body: Buffer.from(json),
  };
}
