import { CreateRestApiCommand, DeleteRestApiCommand, GetResourcesCommand } from '@aws-sdk/client-api-gateway';
import { AddPermissionCommand } from '@aws-sdk/client-lambda';
import { known } from './mock-method.ts';
import type { Throwaway } from './throwaway.ts';

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
