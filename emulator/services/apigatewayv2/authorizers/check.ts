import type { ProtocolType } from '@aws-sdk/client-apigatewayv2';
import { badRequest } from '../../../gateway/failures.ts';
import type { AuthorizerDefinition } from '../definition/definition.ts';

/**
 * Checks what an authorizer would be after its making or a change.
 * @throws BadRequestException in AWS's words where they are known
 */
export function checkAuthorizer(protocol: ProtocolType, authorizer: AuthorizerDefinition): void {
  const { AuthorizerType: type, Name: name } = authorizer;
  if (name === '' || name.length > 128) throw badRequest('Invalid authorizer name specified');
  if (protocol === 'WEBSOCKET' && type !== 'REQUEST')
    throw badRequest('Only REQUEST authorizer type is supported on WEBSOCKET protocol Apis.');
  if (type === 'JWT') checkJwt(authorizer);
  else checkRequest(protocol, authorizer);
}

function checkJwt({ JwtConfiguration, IdentitySource = [] }: AuthorizerDefinition): void {
  if (JwtConfiguration === undefined)
    throw badRequest('JwtConfiguration must not be null for JWT Authorizer');
  const { Issuer = '', Audience = [] } = JwtConfiguration;
  // AWS takes https alone; an issuer on this machine has no certificate.
  if (!URL.canParse(Issuer) || !/^https?:$/.test(new URL(Issuer).protocol))
    throw badRequest('Invalid issuer: the issuer must be a valid HTTPS URL');
  if (Audience.length === 0) throw badRequest('Audience must not be empty for JWT Authorizer');
  if (IdentitySource.length !== 1) throw badRequest('JWT Authorizer must have exactly one identity source');
  for (const source of IdentitySource) checkSource(source, 'HTTP');
}

function checkRequest(protocol: ProtocolType, authorizer: AuthorizerDefinition): void {
  const {
    AuthorizerUri,
    AuthorizerPayloadFormatVersion: version,
    AuthorizerResultTtlInSeconds: ttl = 0,
    EnableSimpleResponses = false,
    IdentitySource = [],
  } = authorizer;
  if (AuthorizerUri === undefined || AuthorizerUri === '')
    throw badRequest('AuthorizerUri is a required field in an Authorizer');
  if (!/^arn:aws[\w-]*:apigateway:[\w-]+:lambda:path\/.+\/invocations$/s.test(AuthorizerUri))
    throw badRequest(
      `Invalid Authorizer URI: ${AuthorizerUri}. Authorizer URI should be a valid API Gateway ARN that represents a Lambda function invocation.`,
    );
  for (const source of IdentitySource) checkSource(source, protocol);
  if (protocol === 'WEBSOCKET') return;
  if (version === undefined || version === '')
    throw badRequest('AuthorizerPayloadFormatVersion is a required parameter for REQUEST authorizer');
  if (version !== '1.0' && version !== '2.0')
    throw badRequest(`AuthorizerPayloadFormatVersion ${version} is not supported`);
  if (EnableSimpleResponses && version !== '2.0')
    throw badRequest('EnableSimpleResponses can only be set for AuthorizerPayloadFormatVersion "2.0".');
  if (ttl < 0 || ttl > 3600)
    throw badRequest(
      'Authorizer result TTL outside allowable range. TTL must be between 0 and 3600 seconds.',
    );
  if (ttl > 0 && IdentitySource.length === 0)
    throw badRequest('Identity source must be set if authorizer caching is enabled (TTL is greater than 0)');
}

function checkSource(source: string, protocol: ProtocolType): void {
  const known =
    protocol === 'HTTP'
      ? /^\$\{?(request\.(header|querystring)\.[^\s}]+|context\.[^\s}]+|stageVariables\.[^\s}]+)\}?$/
      : /^(route\.request\.(header|querystring|multivalueheader|multivaluequerystring)\.\S+|context\.\S+|stageVariables\.\S+)$/;
  if (known.test(source)) return;
  throw badRequest(
    protocol === 'HTTP'
      ? `Invalid identity source expression: ${source}. The source must be a request header, request querystring, stage variable or context parameter`
      : `Invalid request identity source expression: ${source}`,
  );
}
