import {
  GetDeploymentCommand,
  paginateGetDeployments,
  type APIGatewayClient,
  type Deployment,
} from '@aws-sdk/client-api-gateway';
import type { FoundApi } from './only-api.ts';

export type Kept = Deployment & { readonly id: string };

/** Every deployment that the API keeps, the newest first. */
export async function deploymentsOf(client: APIGatewayClient, restApiId: string): Promise<Kept[]> {
  const found: Kept[] = [];
  for await (const { items = [] } of paginateGetDeployments({ client, pageSize: 500 }, { restApiId }))
    for (const item of items) if (item.id !== undefined) found.push({ ...item, id: item.id });
  return found.sort((one, other) => timeOf(other) - timeOf(one));
}

/** When a deployment was taken, in ms since 1970. */
export const timeOf = ({ createdDate }: Deployment): number => createdDate?.getTime() ?? 0;

/**
 * The methods that a deployment has, by `GET /v1/quote`.
 * @returns undefined where the server does not tell
 */
export async function methodsIn(
  client: APIGatewayClient,
  restApiId: string,
  deploymentId: string,
): Promise<ReadonlySet<string> | undefined> {
  const { apiSummary } = await client.send(
    new GetDeploymentCommand({ restApiId, deploymentId, embed: ['apisummary'] }),
  );
  if (apiSummary === undefined) return undefined;
  const routes = Object.entries(apiSummary).flatMap(([path, methods]) =>
    Object.keys(methods).map((verb) => `${verb} ${path}`),
  );
  return new Set(routes);
}

/**
 * The routes of an API that a deployment lacks: they were made after it.
 * @returns none where the server does not tell
 */
export async function forgottenIn(
  client: APIGatewayClient,
  { id, deploymentId, methods }: Pick<FoundApi, 'id' | 'deploymentId' | 'methods'>,
): Promise<readonly string[]> {
  const deployed = await methodsIn(client, id, deploymentId);
  return deployed === undefined ? [] : [...methods.keys()].filter((route) => !deployed.has(route));
}
