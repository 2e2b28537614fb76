import type { Scope } from '../../../service/call.ts';
import type {
  IntegrationDefinition,
  MethodDefinition,
  ResourceDefinition,
} from '../definition/definition.ts';
import { noSuch, notFound } from '../../../gateway/failures.ts';
import type { ApiStore } from '../store/store.ts';

interface MethodName {
  readonly restApiId?: string | undefined;
  readonly resourceId?: string | undefined;
  readonly httpMethod?: string | undefined;
}

/** A method and the way to replace it. */
export interface FoundMethod {
  readonly apiId: string;
  readonly resource: ResourceDefinition;
  readonly method: MethodDefinition;
  set(method: MethodDefinition | undefined): void;
}

/** @throws NotFoundException for the resource or the method */
export function findMethod(store: ApiStore, scope: Scope, name: MethodName): FoundMethod {
  const { restApiId: apiId = '', httpMethod = '' } = name;
  const resource = store.resource(scope, apiId, name.resourceId);
  const method = Object.hasOwn(resource.methods, httpMethod) ? resource.methods[httpMethod] : undefined;
  if (method === undefined) throw noSuch('Method');
  return {
    apiId,
    resource,
    method,
    set(changed) {
      const others = Object.entries(resource.methods).filter(([known]) => known !== httpMethod);
      const methods = Object.fromEntries(changed === undefined ? others : [...others, [httpMethod, changed]]);
      store.resources.set(scope, apiId, resource.id, { ...resource, methods });
    },
  };
}

/** @throws NotFoundException */
export function integrationOf({ method }: FoundMethod): IntegrationDefinition {
  if (method.integration === undefined) throw noSuch('Integration');
  return method.integration;
}

/** An entry of the responses of a method or an integration. @throws NotFoundException */
export function responseOf<Response>(
  responses: Readonly<Record<string, Response>>,
  statusCode: string | undefined = '',
): Response {
  const response = responses[statusCode];
  if (response === undefined) throw notFound('Invalid Response status code specified');
  return response;
}
