import type { GatewayResponseType } from '@aws-sdk/client-api-gateway';
import type { ApiDefinition, GatewayResponseDefinition } from '../definition/definition.ts';
import type { ApiResponse, GatewayFailure, RequestContext } from '../execution/exchange.ts';
import { valuesOf, type Variables } from '../mapping/variables.ts';
import { parameterValue, substituted } from './substitute.ts';
import { GATEWAY_RESPONSES } from './types.ts';

type Customised = ApiDefinition['gatewayResponses'];

/** What `$context.error` holds while, and after, a failure is answered. */
export function errorOf(failure: GatewayFailure): NonNullable<RequestContext['error']> {
  return {
    message: failure.said,
    messageString: JSON.stringify(failure.said),
    responseType: failure.type,
    ...(failure.validationErrors === undefined ? {} : { validationErrorString: failure.validationErrors }),
  };
}

/**
 * What a client gets when the gateway itself answers. Sets `$context.error` on the way, for the access log.
 * The headers that every answer has (`x-amzn-RequestId`, `x-amz-apigw-id`) are not this module's.
 * @param customised of the API; none where no API was found
 */
export function gatewayResponse(
  failure: GatewayFailure,
  customised: Customised | undefined,
  variables: Variables,
): ApiResponse {
  variables.context.error = errorOf(failure);
  const standard = GATEWAY_RESPONSES[failure.type];
  const custom = customisation(failure.type, customised ?? {});
  const status = Number(
    custom?.statusCode ?? failure.status ?? standard.status ?? fallbackStatus(failure.type),
  );
  const { contentType, text } = bodyOf(failure.type, custom, variables);
  const headers: Record<string, readonly string[]> = {
    'Content-Type': [contentType],
    'x-amzn-ErrorType': [standard.errorType],
  };
  for (const [name, value] of parameters(custom, variables)) replace(headers, name, value);
  return { status, headers, body: new TextEncoder().encode(text) };
}

/** Its own, or the fallback's. */
function customisation(
  type: GatewayResponseType,
  customised: Customised,
): GatewayResponseDefinition | undefined {
  const own = customised[type];
  if (own !== undefined) return own;
  const { fallback } = GATEWAY_RESPONSES[type];
  return fallback === undefined ? undefined : customised[fallback];
}

const fallbackStatus = (type: GatewayResponseType): number => (type === 'DEFAULT_4XX' ? 400 : 500);

function bodyOf(
  type: GatewayResponseType,
  custom: GatewayResponseDefinition | undefined,
  variables: Variables,
): { contentType: string; text: string } {
  const templates = custom?.responseTemplates ?? {};
  const contentType = chosen(Object.keys(templates), variables);
  const template = contentType === undefined ? undefined : templates[contentType];
  if (contentType !== undefined && template !== undefined) {
    return { contentType, text: substituted(template, variables) };
  }
  // A refusal by a policy says `Message`, with a capital, as seen on AWS.
  const name = type === 'ACCESS_DENIED' ? 'Message' : 'message';
  return {
    contentType: 'application/json',
    text: `{"${name}":${variables.context.error?.messageString ?? 'null'}}`,
  };
}

/** The template that the client accepts, else JSON, else the first one. */
function chosen(types: readonly string[], { request }: Variables): string | undefined {
  const accepted = (valuesOf(request.headers, 'accept', true) ?? [])
    .flatMap((value) => value.split(','))
    .map((value) => (value.split(';')[0] ?? '').trim().toLowerCase());
  return (
    accepted
      .map((wanted) => types.find((type) => type.toLowerCase() === wanted))
      .find((type) => type !== undefined) ??
    types.find((type) => type.toLowerCase() === 'application/json') ??
    types[0]
  );
}

/** `gatewayresponse.header.Access-Control-Allow-Origin` → its value. */
function parameters(custom: GatewayResponseDefinition | undefined, variables: Variables): [string, string][] {
  return Object.entries(custom?.responseParameters ?? {}).flatMap(([key, expression]) => {
    const name = /^gatewayresponse\.header\.(.+)$/.exec(key)?.[1];
    const value = parameterValue(expression, variables);
    return name === undefined || value === undefined ? [] : [[name, value]];
  });
}

function replace(headers: Record<string, readonly string[]>, name: string, value: string): void {
  const same = Object.keys(headers).find((key) => key.toLowerCase() === name.toLowerCase());
  if (same !== undefined) headers[same] = [value];
  else headers[name] = [value];
}
