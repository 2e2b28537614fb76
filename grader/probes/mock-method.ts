import {
  CreateResourceCommand,
  PutIntegrationCommand,
  PutIntegrationResponseCommand,
  PutMethodCommand,
  PutMethodResponseCommand,
  type PutMethodRequest,
} from '@aws-sdk/client-api-gateway';
import type { Throwaway } from './throwaway.ts';

type Settings = Omit<PutMethodRequest, 'restApiId' | 'resourceId' | 'httpMethod'>;

/** A method `GET` that a mock answers with 200, at a resource of its own. @param settings what the method asks for */
export const mock = (
  place: Throwaway,
  restApiId: string,
  rootId: string | undefined,
  pathPart: string,
  settings: Settings,
): Promise<void> =>
  mockWith(place, { restApiId, rootId }, pathPart, settings, {
    request: { 'application/json': '{"statusCode": 200}' },
  });

/** The same, with templates that may be missing. @param under its `rootId` is what the resource stands below */
export async function mockWith(
  { clients: { apigateway } }: Throwaway,
  { restApiId, rootId }: { readonly restApiId: string; readonly rootId: string | undefined },
  pathPart: string,
  settings: Settings,
  templates: { readonly request?: Record<string, string>; readonly response?: Record<string, string> },
): Promise<void> {
  const { id } = await apigateway.send(new CreateResourceCommand({ restApiId, parentId: rootId, pathPart }));
  const method = { restApiId, resourceId: known(id), httpMethod: 'GET' };
  const statusCode = '200';
  await apigateway.send(new PutMethodCommand({ ...method, ...settings }));
  await apigateway.send(
    new PutIntegrationCommand({ ...method, type: 'MOCK', requestTemplates: templates.request }),
  );
  await apigateway.send(new PutMethodResponseCommand({ ...method, statusCode }));
  await apigateway.send(
    new PutIntegrationResponseCommand({ ...method, statusCode, responseTemplates: templates.response }),
  );
}

/** @throws where the server has answered without it: it does not have what is tried */
export function known(value: string | undefined): string {
  if (value === undefined) throw new Error('The server made something without a name.');
  return value;
}
