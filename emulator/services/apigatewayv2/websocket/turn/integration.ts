import type { IntegrationDefinition as MappedIntegration } from '../../../apigateway/definition/definition.ts';
import type { IntegrationDefinition, IntegrationResponseDefinition } from '../../definition/definition.ts';
import { selected, type Lookup } from '../routes/selection.ts';

/** The time that a back end has where an integration says nothing, in ms: the most it can say, too. */
const PATIENCE = 29_000;

/**
 * A WebSocket API's integration as the mappings of REST APIs take it, which are the same but for names. Templates
 * are chosen by what the message says, not by content types: those that it does not choose are left out.
 * @param lookup what selection expressions of templates may name
 */
export function mappedIntegration(integration: IntegrationDefinition, lookup: Lookup): MappedIntegration {
  const { RequestTemplates, TemplateSelectionExpression, RequestParameters, ContentHandlingStrategy } =
    integration;
  const responses = Object.values(integration.integrationResponses);
  return {
    type: integration.IntegrationType,
    uri: integration.IntegrationUri,
    httpMethod: integration.IntegrationMethod ?? 'POST',
    credentials: integration.CredentialsArn,
    timeoutInMillis: Math.min(integration.TimeoutInMillis, PATIENCE),
    passthroughBehavior: integration.PassthroughBehavior ?? 'WHEN_NO_MATCH',
    ...(RequestParameters !== undefined && { requestParameters: renamed(RequestParameters) }),
    ...(RequestTemplates !== undefined && {
      requestTemplates: chosen(RequestTemplates, TemplateSelectionExpression, lookup),
    }),
    ...(ContentHandlingStrategy !== undefined && { contentHandling: ContentHandlingStrategy }),
    integrationResponses:
      responses.length === 0
        ? { $default: { statusCode: '200' } }
        : Object.fromEntries(
            responses.map((response) => [response.IntegrationResponseKey, mapped(response, lookup)]),
          ),
  };
}

/* No integration response says a status: whatever one is chosen, the back end has answered. */
function mapped(response: IntegrationResponseDefinition, lookup: Lookup) {
  const {
    IntegrationResponseKey: key,
    ResponseParameters,
    ResponseTemplates,
    ContentHandlingStrategy,
  } = response;
  const pattern = /^\/([^]*)\/$/.exec(key)?.[1];
  return {
    statusCode: '200',
    ...(pattern !== undefined && { selectionPattern: pattern }),
    ...(ResponseParameters !== undefined && { responseParameters: renamed(ResponseParameters) }),
    ...(ResponseTemplates !== undefined && {
      responseTemplates: chosen(ResponseTemplates, response.TemplateSelectionExpression, lookup),
    }),
    ...(ContentHandlingStrategy !== undefined && { contentHandling: ContentHandlingStrategy }),
  };
}

/** The template that an expression selects, else the one for all else; where none is meant, a name that no type has. */
function chosen(
  templates: Readonly<Record<string, string>>,
  expression: string | undefined,
  lookup: Lookup,
): Record<string, string> {
  if (expression === undefined || Object.keys(templates).length === 0) return { ...templates };
  const key = selected(expression, lookup);
  const name = Object.hasOwn(templates, key) ? key : '$default';
  const text = Object.hasOwn(templates, name) ? templates[name] : undefined;
  return text === undefined ? { '': '' } : { $default: text };
}

const renamed = (parameters: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      name.replace(/^route\.response\./, 'method.response.'),
      value.replace(/^route\.request\./, 'method.request.'),
    ]),
  );
