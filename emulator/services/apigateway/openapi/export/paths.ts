import type { ApiDefinition, MethodDefinition, ResourceDefinition } from '../../definition/definition.ts';
import { said } from '../../../../gateway/openapi/document.ts';
import { refTo } from '../schema-refs.ts';
import type { Detail } from './export.ts';
import { exportIntegration } from './integration.ts';
import { exportSecurity } from './security.ts';

export function exportPaths(definition: ApiDefinition, detail: Detail): Record<string, unknown> {
  const resources = Object.values(definition.resources);
  const parents = new Set(resources.map(({ parentId }) => parentId));
  return Object.fromEntries(
    resources
      .filter((one) => Object.keys(one.methods).length > 0 || (one.path !== '/' && !parents.has(one.id)))
      .map((one) => [one.path, item(one, definition, detail)]),
  );
}

function item(
  resource: ResourceDefinition,
  definition: ApiDefinition,
  detail: Detail,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.values(resource.methods).map((method) => [
      method.httpMethod === 'ANY' ? 'x-amazon-apigateway-any-method' : method.httpMethod.toLowerCase(),
      operation(method, resource, definition, detail),
    ]),
  );
}

function operation(
  method: MethodDefinition,
  resource: ResourceDefinition,
  { authorizers, requestValidators }: ApiDefinition,
  detail: Detail,
): Record<string, unknown> {
  const { integration } = method;
  return said({
    operationId: method.operationName,
    ...(detail.dialect === 'swagger' ? swaggerBody(method) : openApiBody(method)),
    responses: responses(method, detail),
    security: exportSecurity(method, authorizers, detail),
    'x-amazon-apigateway-request-validator': detail.all
      ? requestValidators[method.requestValidatorId ?? '']?.name
      : undefined,
    'x-amazon-apigateway-integration':
      detail.integrations && integration !== undefined
        ? exportIntegration(integration, resource.id)
        : undefined,
  });
}

/** `method.request.querystring.page` → `{name: 'page', in: 'query'}` */
function parameters(method: MethodDefinition): { name: string; in: string; required: boolean }[] {
  return Object.entries(method.requestParameters ?? {}).flatMap(([key, required]) => {
    const [, place, name] = /^method\.request\.(path|querystring|header)\.(.+)$/.exec(key) ?? [];
    return place === undefined || name === undefined
      ? []
      : [{ name, in: place === 'querystring' ? 'query' : place, required }];
  });
}

function swaggerBody(method: MethodDefinition): Record<string, unknown> {
  const models = Object.entries(method.requestModels ?? {});
  const [first] = models;
  const all = [
    ...parameters(method).map((one) => ({ ...one, type: 'string' })),
    ...(first === undefined
      ? []
      : [{ in: 'body', name: first[1], required: true, schema: { $ref: refTo(first[1], 'swagger') } }]),
  ];
  const { integration } = method;
  const consumes = new Set([
    ...models.map(([type]) => type),
    ...Object.keys(integration?.requestTemplates ?? {}),
  ]);
  const produces = new Set([
    ...Object.values(method.methodResponses).flatMap((one) => Object.keys(one.responseModels ?? {})),
    ...Object.values(integration?.integrationResponses ?? {}).flatMap((one) =>
      Object.keys(one.responseTemplates ?? {}),
    ),
  ]);
  return said({
    consumes: consumes.size === 0 ? undefined : [...consumes],
    produces: produces.size === 0 ? undefined : [...produces],
    parameters: all.length === 0 ? undefined : all,
  });
}

function openApiBody(method: MethodDefinition): Record<string, unknown> {
  const all = parameters(method).map(({ required, ...one }) => ({
    ...one,
    ...(required ? { required } : {}),
    schema: { type: 'string' },
  }));
  const models = Object.entries(method.requestModels ?? {});
  return said({
    parameters: all.length === 0 ? undefined : all,
    requestBody: models.length === 0 ? undefined : { content: content(models), required: true },
  });
}

const content = (models: readonly (readonly [string, string])[]): Record<string, unknown> =>
  Object.fromEntries(models.map(([type, model]) => [type, { schema: { $ref: refTo(model, 'oas30') } }]));

function responses(method: MethodDefinition, { dialect }: Detail): Record<string, unknown> {
  return Object.fromEntries(
    Object.values(method.methodResponses).map(({ statusCode, responseParameters, responseModels }) => {
      const models = Object.entries(responseModels ?? {});
      const [first] = models;
      const headers = Object.keys(responseParameters ?? {}).map((key) => [
        key.replace('method.response.header.', ''),
        dialect === 'swagger' ? { type: 'string' } : { schema: { type: 'string' } },
      ]);
      const shape =
        dialect === 'oas30'
          ? { content: content(models) }
          : { schema: first === undefined ? undefined : { $ref: refTo(first[1], 'swagger') } };
      return [
        statusCode,
        said({
          description: `${statusCode} response`,
          headers: headers.length === 0 ? undefined : (Object.fromEntries(headers) as unknown),
          ...shape,
        }),
      ];
    }),
  );
}
