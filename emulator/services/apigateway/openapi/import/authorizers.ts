import type { AuthorizerType } from '@aws-sdk/client-api-gateway';
import type { ApiDefinition, AuthorizerDefinition } from '../../definition/definition.ts';
import {
  own,
  part,
  said,
  text,
  texts,
  whole,
  type ApiDocument,
  type Part,
} from '../../../../gateway/openapi/document.ts';
import type { ImportOptions } from './options.ts';

const AUTHORIZER = 'x-amazon-apigateway-authorizer';
const TYPES: ReadonlyMap<string, AuthorizerType> = new Map([
  ['token', 'TOKEN'],
  ['request', 'REQUEST'],
  ['cognito_user_pools', 'COGNITO_USER_POOLS'],
]);

/** `securityDefinitions` of Swagger, `components.securitySchemes` of OpenAPI. */
export const schemesOf = ({ dialect, root }: ApiDocument): Part =>
  part(
    dialect === 'swagger'
      ? own(root, 'securityDefinitions')
      : part(own(root, 'components'))['securitySchemes'],
  );

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authorizer.html */
export function importAuthorizers(
  document: ApiDocument,
  options: ImportOptions,
): ApiDefinition['authorizers'] {
  const { existing, mode, newId } = options;
  const before = Object.values(existing.authorizers);
  const named = Object.entries(schemesOf(document)).flatMap(([name, value]) => {
    const scheme = part(value);
    const authorizer = part(own(scheme, AUTHORIZER));
    const type = TYPES.get(text(authorizer['type'])?.toLowerCase() ?? '');
    if (type === undefined) return [];
    const id = before.find((one) => one.name === name)?.id ?? newId();
    return [read(id, name, type, scheme, authorizer)];
  });
  const kept = mode === 'merge' ? before.filter((one) => !named.some(({ name }) => name === one.name)) : [];
  return Object.fromEntries([...kept, ...named].map((one) => [one.id, one]));
}

function read(
  id: string,
  name: string,
  type: AuthorizerType,
  scheme: Part,
  authorizer: Part,
): AuthorizerDefinition {
  const header = text(scheme['name']);
  const arns = own(authorizer, 'providerARNs');
  return said<AuthorizerDefinition>({
    id,
    name,
    type,
    authType: text(scheme['x-amazon-apigateway-authtype']),
    authorizerUri: text(authorizer['authorizerUri']),
    authorizerCredentials: text(authorizer['authorizerCredentials']),
    identitySource:
      text(authorizer['identitySource']) ??
      // A scheme names the header that holds the token.
      (type === 'REQUEST' || header === undefined ? undefined : `method.request.header.${header}`),
    identityValidationExpression: text(authorizer['identityValidationExpression']),
    authorizerResultTtlInSeconds: whole(authorizer['authorizerResultTtlInSeconds']),
    providerARNs: arns === undefined ? undefined : texts(arns),
  });
}

/** How an operation is secured. */
export interface Security {
  readonly authorizationType: string;
  readonly authorizerId?: string;
  readonly authorizationScopes?: string[];
  readonly apiKeyRequired: boolean;
}

/** @param requirements `security` of the operation, else of the document */
export function securityOf(
  requirements: readonly Part[],
  document: ApiDocument,
  authorizers: ApiDefinition['authorizers'],
): Security {
  const schemes = schemesOf(document);
  let security: Security = { authorizationType: 'NONE', apiKeyRequired: false };
  for (const [name, scopes] of requirements.flatMap((one) => Object.entries(one))) {
    const scheme = part(own(schemes, name));
    const authorizer = Object.values(authorizers).find((one) => one.name === name);
    if (text(scheme['x-amazon-apigateway-authtype'])?.toLowerCase() === 'awssigv4') {
      security = { ...security, authorizationType: 'AWS_IAM' };
    } else if (authorizer !== undefined) {
      const asked = texts(scopes);
      security = {
        ...security,
        authorizationType: authorizer.type === 'COGNITO_USER_POOLS' ? 'COGNITO_USER_POOLS' : 'CUSTOM',
        authorizerId: authorizer.id,
        ...(asked.length > 0 ? { authorizationScopes: asked } : {}),
      };
    } else if (text(scheme['type']) === 'apiKey' && text(scheme['name'])?.toLowerCase() === 'x-api-key') {
      security = { ...security, apiKeyRequired: true };
    }
  }
  return security;
}
