import type {
  ApiDefinition,
  MethodDefinition,
  MethodResponseDefinition,
} from '../../definition/definition.ts';
import {
  list,
  own,
  part,
  parts,
  said,
  text,
  texts,
  type ApiDocument,
  type Part,
} from '../../../../gateway/openapi/document.ts';
import { securityOf } from './authorizers.ts';
import { importIntegration } from './integration.ts';
import type { ModelImport } from './models.ts';

/** What the operations of one document share. */
export interface MethodSources {
  readonly document: ApiDocument;
  readonly models: ModelImport;
  readonly requestValidators: ApiDefinition['requestValidators'];
  readonly authorizers: ApiDefinition['authorizers'];
  readonly warnings: string[];
  readonly errors: string[];
}

export interface Operation {
  /** `GET`, … or `ANY` */
  readonly method: string;
  readonly path: string;
  readonly resourceId: string;
  readonly value: Part;
  /** Of the path: each operation has them too. */
  readonly parameters: readonly unknown[];
}

const PLACES: ReadonlyMap<string, string> = new Map([
  ['path', 'path'],
  ['query', 'querystring'],
  ['header', 'header'],
]);

export function importMethod(sources: MethodSources, operation: Operation): MethodDefinition {
  const { document, authorizers } = sources;
  const { root } = document;
  const { value } = operation;
  const where = `Unable to put method '${operation.method}' on resource at path '${operation.path}'`;
  const parameters = [...operation.parameters, ...list(own(value, 'parameters'))].map((one) =>
    resolved(one, root),
  );
  const requirements = own(value, 'security') ?? own(root, 'security');
  const auth = text(part(own(value, 'x-amazon-apigateway-auth'))['type'])?.toUpperCase();
  const security = securityOf(parts(requirements), document, authorizers);
  const requestParameters = parametersOf(parameters);
  const requestModels = requestModelsOf(sources, value, parameters, where);
  return said<MethodDefinition>({
    httpMethod: operation.method,
    ...security,
    authorizationType: auth === 'AWS_IAM' ? 'AWS_IAM' : security.authorizationType,
    operationName: text(value['operationId']),
    requestValidatorId: validatorOf(sources, value, where),
    requestParameters: some(requestParameters),
    requestModels: some(requestModels),
    methodResponses: methodResponses(sources, value, where),
    integration: integrationOf(sources, operation),
  });
}

const some = <T extends object>(map: T): T | undefined => (Object.keys(map).length === 0 ? undefined : map);

/** `$ref` to a shared parameter or response. */
function resolved(value: unknown, root: Part): Part {
  const from = part(value);
  const reference = text(own(from, '$ref'));
  if (reference?.startsWith('#/') !== true) return from;
  return part(
    reference
      .slice(2)
      .split('/')
      .map((one) => one.replaceAll('~1', '/').replaceAll('~0', '~'))
      .reduce<unknown>((at, name) => own(part(at), name), root),
  );
}

function parametersOf(parameters: readonly Part[]): Record<string, boolean> {
  return Object.fromEntries(
    parameters.flatMap((one) => {
      const place = PLACES.get(text(one['in']) ?? '');
      const name = text(one['name']);
      return place === undefined || name === undefined
        ? []
        : [[`method.request.${place}.${name}`, one['required'] === true || one['required'] === 'true']];
    }),
  );
}

function requestModelsOf(
  { document, models }: MethodSources,
  value: Part,
  parameters: readonly Part[],
  where: string,
): Record<string, string> {
  if (document.dialect === 'oas30') {
    const body = resolved(own(value, 'requestBody'), document.root);
    return contentModels(part(own(body, 'content')), models, where);
  }
  const body = parameters.find((one) => text(one['in']) === 'body');
  const model = models.nameOf(body?.['schema'], where);
  return model === undefined ? {} : typed(mediaTypes(document.root, value, 'consumes'), model);
}

function contentModels(content: Part, models: ModelImport, where: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(content).flatMap(([type, media]) => {
      const model = models.nameOf(part(media)['schema'], where);
      return model === undefined ? [] : [[type, model]];
    }),
  );
}

const typed = (types: readonly string[], model: string): Record<string, string> =>
  Object.fromEntries(types.map((type) => [type, model]));

/** Swagger's `consumes` and `produces`, of the operation or the document; JSON where neither says. */
function mediaTypes(root: Part, value: Part, name: 'consumes' | 'produces'): readonly string[] {
  const types = texts(own(value, name) ?? own(root, name));
  return types.length === 0 ? ['application/json'] : types;
}

function methodResponses(
  { document, models, warnings }: MethodSources,
  value: Part,
  where: string,
): MethodDefinition['methodResponses'] {
  const { root, dialect } = document;
  return Object.fromEntries(
    Object.entries(part(own(value, 'responses'))).flatMap(([statusCode, raw]) => {
      if (!/^[1-5]\d\d$/.test(statusCode)) {
        if (statusCode !== 'default') warnings.push(`${where}: response ${statusCode} is not supported`);
        return [];
      }
      const response = resolved(raw, root);
      const headers = Object.keys(part(own(response, 'headers')));
      const model = dialect === 'swagger' ? models.nameOf(own(response, 'schema'), where) : undefined;
      const responseModels =
        dialect === 'oas30'
          ? contentModels(part(own(response, 'content')), models, where)
          : model === undefined
            ? {}
            : typed(mediaTypes(root, value, 'produces'), model);
      const made = said<MethodResponseDefinition>({
        statusCode,
        responseParameters: some(
          Object.fromEntries(headers.map((name) => [`method.response.header.${name}`, false])),
        ),
        responseModels: some(responseModels),
      });
      return [[statusCode, made]];
    }),
  );
}

function validatorOf(
  { document, requestValidators, warnings }: MethodSources,
  value: Part,
  where: string,
): string | undefined {
  const key = 'x-amazon-apigateway-request-validator';
  const name = text(own(value, key) ?? own(document.root, key));
  if (name === undefined) return undefined;
  const id = Object.values(requestValidators).find((one) => one.name === name)?.id;
  if (id === undefined) warnings.push(`${where}: request validator ${name} is not defined`);
  return id;
}

function integrationOf({ errors }: MethodSources, operation: Operation): MethodDefinition['integration'] {
  const value = own(operation.value, 'x-amazon-apigateway-integration');
  if (value === undefined) return undefined;
  const integration = importIntegration(value, operation.resourceId);
  if (integration === undefined) {
    errors.push(
      `Unable to put integration on '${operation.method}' for resource at path '${operation.path}': Enumeration value for IntegrationType must be non-empty`,
    );
  }
  return integration;
}
