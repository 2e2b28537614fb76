import {
  CreateResourceCommand,
  PutIntegrationCommand,
  PutIntegrationResponseCommand,
  PutMethodCommand,
  PutMethodResponseCommand,
  type PutMethodRequest,
} from '@aws-sdk/client-api-gateway';
import type { Throwaway } from './throwaway.ts';

/** A method `GET` that a mock answers with 200, at a resource of its own. @param settings what the method asks for */
export async function mock(
  { clients: { apigateway } }: Throwaway,
  restApiId: string,
  parentId: string | undefined,
  pathPart: string,
  settings: Omit<PutMethodRequest, 'restApiId' | 'resourceId' | 'httpMethod'>,
): Promise<void> {
  const { id } = await apigateway.send(new CreateResourceCommand({ restApiId, parentId, pathPart }));
  const method = { restApiId, resourceId: known(id), httpMethod: 'GET' };
  const statusCode = '200';
  await apigateway.send(new PutMethodCommand({ ...method, ...settings }));
  const requestTemplates = { 'application/json': '{"statusCode": 200}' };
  await apigateway.send(new PutIntegrationCommand({ ...method, type: 'MOCK', requestTemplates }));
  await apigateway.send(new PutMethodResponseCommand({ ...method, statusCode }));
  await apigateway.send(new PutIntegrationResponseCommand({ ...method, statusCode }));
}

/** @throws where the server has answered without it: it does not have what is tried */
export function known(value: string | undefined): string {
  if (value === undefined) throw new Error('The server made something without a name.');
  return value;
}
