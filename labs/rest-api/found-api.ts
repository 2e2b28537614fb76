import {
  GetStageCommand,
  NotFoundException,
  paginateGetResources,
  paginateGetRestApis,
  type APIGatewayClient,
  type Method,
  type RestApi,
  type Stage,
} from '@aws-sdk/client-api-gateway';

/** Every REST API of this name: a name is no key. */
export const apisNamed = (client: APIGatewayClient, name: string): Promise<RestApi[]> =>
  apisWhere(client, (each) => each === name);

/** Every REST API whose name is wanted. */
export async function apisWhere(
  client: APIGatewayClient,
  wanted: (name: string) => boolean,
): Promise<RestApi[]> {
  const found: RestApi[] = [];
  for await (const { items = [] } of paginateGetRestApis({ client, pageSize: 500 }, {}))
    found.push(...items.filter(({ name = '' }) => wanted(name)));
  return found;
}

/** Every method with its integration, by `GET /hello`, as the API is being edited. */
export async function methodsOf(client: APIGatewayClient, restApiId: string): Promise<Map<string, Method>> {
  const methods = new Map<string, Method>();
  const pages = paginateGetResources({ client, pageSize: 500 }, { restApiId, embed: ['methods'] });
  for await (const { items = [] } of pages)
    for (const { path = '', resourceMethods = {} } of items)
      for (const [verb, method] of Object.entries(resourceMethods)) methods.set(`${verb} ${path}`, method);
  return methods;
}

/** @returns undefined where the API has no stage of this name */
export async function stageOf(
  client: APIGatewayClient,
  restApiId: string,
  stageName: string,
): Promise<Stage | undefined> {
  try {
    return await client.send(new GetStageCommand({ restApiId, stageName }));
  } catch (error) {
    if (error instanceof NotFoundException) return undefined;
    throw error;
  }
}

/** The function that the URI of an integration names, with its qualifier if it has one. */
export interface Called {
  readonly arn: string;
  readonly functionName: string;
  readonly qualifier: string | undefined;
}

/**
 * @param uri `…:lambda:path/2015-03-31/functions/<ARN>/invocations`
 * @param stageVariables values for `${stageVariables.name}` in it
 * @returns undefined where the URI names no function
 */
export function calledBy(
  uri: string,
  stageVariables: Readonly<Record<string, string>> = {},
): Called | undefined {
  const named = uri.replaceAll(
    /\$\{stageVariables\.([A-Za-z0-9_]+)\}/g,
    (whole, name: string) => stageVariables[name] ?? whole,
  );
  const [, arn, functionName, qualifier] =
    /\/functions\/(arn:[^:]+:lambda:[^:]+:\d{12}:function:([^:/]+)(?::([^:/]+))?)\/invocations$/.exec(
      named,
    ) ?? [];
  return arn === undefined || functionName === undefined ? undefined : { arn, functionName, qualifier };
}
