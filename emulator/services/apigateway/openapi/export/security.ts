import type { ApiDefinition, AuthorizerDefinition, MethodDefinition } from '../../definition/definition.ts';
import { said } from '../../../../gateway/openapi/document.ts';
import type { Detail } from './export.ts';

const API_KEY = 'api_key';
const SIGV4 = 'sigv4';

/** What the methods ask for, defined once. */
export function exportSchemes(
  definition: ApiDefinition,
  detail: Detail,
): Record<string, unknown> | undefined {
  const methods = Object.values(definition.resources).flatMap(({ methods: all }) => Object.values(all));
  const schemes: Record<string, unknown> = {};
  if (methods.some((one) => one.apiKeyRequired)) {
    schemes[API_KEY] = { type: 'apiKey', name: 'x-api-key', in: 'header' };
  }
  if (detail.authorizers) {
    if (methods.some((one) => one.authorizationType === 'AWS_IAM')) {
      schemes[SIGV4] = {
        type: 'apiKey',
        name: 'Authorization',
        in: 'header',
        'x-amazon-apigateway-authtype': 'awsSigv4',
      };
    }
    for (const one of Object.values(definition.authorizers)) schemes[one.name] = scheme(one);
  }
  return Object.keys(schemes).length === 0 ? undefined : schemes;
}

function scheme(authorizer: AuthorizerDefinition): Record<string, unknown> {
  const header = /^method\.request\.header\.([^,\s]+)$/.exec(authorizer.identitySource ?? '')?.[1];
  const named = authorizer.type !== 'REQUEST' && header !== undefined;
  return said({
    type: 'apiKey',
    name: named ? header : 'Unused',
    in: 'header',
    'x-amazon-apigateway-authtype': authorizer.authType,
    'x-amazon-apigateway-authorizer': said({
      type: authorizer.type.toLowerCase(),
      authorizerUri: authorizer.authorizerUri,
      authorizerCredentials: authorizer.authorizerCredentials,
      identitySource: named ? undefined : authorizer.identitySource,
      identityValidationExpression: authorizer.identityValidationExpression,
      authorizerResultTtlInSeconds: authorizer.authorizerResultTtlInSeconds,
      providerARNs: authorizer.providerARNs,
    }),
  });
}

/** `security` of an operation. */
export function exportSecurity(
  method: MethodDefinition,
  authorizers: ApiDefinition['authorizers'],
  detail: Detail,
): readonly Record<string, string[]>[] | undefined {
  const required: Record<string, string[]>[] = [];
  if (detail.authorizers) {
    const authorizer = authorizers[method.authorizerId ?? ''];
    if (method.authorizationType === 'AWS_IAM') required.push({ [SIGV4]: [] });
    else if (method.authorizationType !== 'NONE' && authorizer !== undefined) {
      required.push({ [authorizer.name]: [...(method.authorizationScopes ?? [])] });
    }
  }
  if (method.apiKeyRequired) required.push({ [API_KEY]: [] });
  return required.length === 0 ? undefined : required;
}
