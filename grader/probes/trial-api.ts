import {
  CreateResourceCommand,
  CreateRestApiCommand,
  DeleteRestApiCommand,
  GetResourcesCommand,
  PutIntegrationCommand,
  PutMethodCommand,
  type PutMethodRequest,
} from '@aws-sdk/client-api-gateway';
import { AddPermissionCommand } from '@aws-sdk/client-lambda';
import { roleOf } from './made-once.ts';
import { known } from './mock-method.ts';
import type { Source, Throwaway } from './throwaway.ts';

/** An API of a trial's own, with nothing in it. */
export interface TrialApi {
  readonly restApiId: string;
  readonly rootId: string | undefined;
  /** A name for what stands in it. */
  readonly name: string;
}

/** Makes an API that goes when the trials end. AWS removes one in thirty seconds, so trials share theirs. */
export async function makeApi(place: Throwaway): Promise<TrialApi> {
  const { apigateway } = place.clients;
  let apiId: string | undefined;
  const name = place.named(
    async (clients) => apiId && clients.apigateway.send(new DeleteRestApiCommand({ restApiId: apiId })),
  );
  const api = await apigateway.send(
    new CreateRestApiCommand({ name, endpointConfiguration: { types: ['REGIONAL'] } }),
  );
  const restApiId = (apiId = known(api.id));
  const { items: [root] = [] } = await apigateway.send(new GetResourcesCommand({ restApiId }));
  return { restApiId, rootId: root?.id, name };
}

/** Lets every API call a function of a trial. @returns the function's ARN */
export async function openToApis({ clients }: Throwaway, functionName: string): Promise<string> {
  const { Statement } = await clients.lambda.send(
    new AddPermissionCommand({
      FunctionName: functionName,
      StatementId: 'trial',
      Principal: 'apigateway.amazonaws.com',
      Action: 'lambda:InvokeFunction',
    }),
  );
  const { Resource: arn } = JSON.parse(known(Statement)) as { Resource?: string };
  return known(arn);
}

/** What an integration or an authorizer calls. @param arn the function's */
export const invocationUri = (arn: string): string =>
  `arn:aws:apigateway:${arn.split(':')[3] ?? ''}:lambda:path/2015-03-31/functions/${arn}/invocations`;

/**
 * Makes a method `GET` that a function of its own answers.
 * @param api its `rootId` is the resource that the method's stands below
 * @param settings what the method asks for
 */
export async function callAt(
  place: Throwaway,
  { restApiId, rootId }: Pick<TrialApi, 'restApiId' | 'rootId'>,
  source: Source,
  pathPart: string,
  settings: Pick<PutMethodRequest, 'authorizationType' | 'apiKeyRequired'> = { authorizationType: 'NONE' },
): Promise<void> {
  const { apigateway } = place.clients;
  const arn = await openToApis(place, await place.make(source, await roleOf(place)));
  const { id } = await apigateway.send(new CreateResourceCommand({ restApiId, parentId: rootId, pathPart }));
  const method = { restApiId, resourceId: known(id), httpMethod: 'GET' };
  await apigateway.send(new PutMethodCommand({ ...method, ...settings }));
  await apigateway.send(
    new PutIntegrationCommand({
      ...method,
      type: 'AWS_PROXY',
      integrationHttpMethod: 'POST',
      uri: invocationUri(arn),
    }),
  );
}
