import type { Integration } from '@aws-sdk/client-api-gateway';
import type { IntegrationDefinition, IntegrationResponseDefinition } from '../../definition/definition.ts';
import {
  isPart,
  own,
  part,
  said,
  text,
  textMap,
  texts,
  whole,
  type Part,
} from '../../../../gateway/openapi/document.ts';

const TYPES = ['AWS', 'AWS_PROXY', 'HTTP', 'HTTP_PROXY', 'MOCK'] as const;
const PASSTHROUGH = ['WHEN_NO_MATCH', 'WHEN_NO_TEMPLATES', 'NEVER'] as const;
const HANDLING = ['CONVERT_TO_BINARY', 'CONVERT_TO_TEXT'] as const;
const CONNECTIONS = ['INTERNET', 'VPC_LINK'] as const;

/**
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html
 * @returns `undefined` where the type is none
 */
export function importIntegration(value: unknown, resourceId: string): IntegrationDefinition | undefined {
  const from = part(value);
  const type = among(TYPES, from['type']);
  if (type === undefined) return undefined;
  const tls = own(from, 'tlsConfig');
  return said<IntegrationDefinition>({
    type,
    httpMethod: text(from['httpMethod'])?.toUpperCase(),
    uri: text(from['uri']),
    connectionType: among(CONNECTIONS, from['connectionType']),
    connectionId: text(from['connectionId']),
    credentials: text(from['credentials']),
    requestParameters: textMap(from['requestParameters']),
    requestTemplates: textMap(from['requestTemplates']),
    passthroughBehavior: among(PASSTHROUGH, from['passthroughBehavior']) ?? 'WHEN_NO_MATCH',
    contentHandling: among(HANDLING, from['contentHandling']),
    timeoutInMillis: whole(from['timeoutInMillis']) ?? 29_000,
    cacheNamespace: text(from['cacheNamespace']) ?? resourceId,
    cacheKeyParameters: texts(from['cacheKeyParameters']),
    tlsConfig: isPart(tls)
      ? (said({
          insecureSkipVerification: tls['insecureSkipVerification'] === true,
        }) satisfies Integration['tlsConfig'])
      : undefined,
    integrationResponses: responses(part(from['responses'])),
  });
}

/** Their keys are the patterns by which a response is chosen. */
function responses(all: Part): IntegrationDefinition['integrationResponses'] {
  return Object.fromEntries(
    Object.entries(all).map(([pattern, value]) => {
      const from = part(value);
      const statusCode = text(from['statusCode']) ?? '200';
      return [
        statusCode,
        said<IntegrationResponseDefinition>({
          statusCode,
          selectionPattern: pattern === 'default' ? undefined : pattern,
          responseParameters: textMap(from['responseParameters']),
          responseTemplates: textMap(from['responseTemplates']),
          contentHandling: among(HANDLING, from['contentHandling']),
        }),
      ];
    }),
  );
}

function among<Name extends string>(names: readonly Name[], value: unknown): Name | undefined {
  const wanted = text(value)?.toUpperCase();
  return names.find((name) => name === wanted);
}
