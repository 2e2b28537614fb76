/*
 * Builds a REST API piece by piece, as in lab 5, with what each method asks of its caller. Each function may run
 * again: what is there is found or made anew. Nothing here is to be changed.
 */
import { setTimeout } from 'node:timers/promises';
import {
  APIGatewayClient,
  ConflictException,
  CreateAuthorizerCommand,
  CreateDeploymentCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  DeleteMethodCommand,
  GetAuthorizersCommand,
  NotFoundException,
  PutIntegrationCommand,
  PutMethodCommand,
  UpdateAuthorizerCommand,
  paginateGetResources,
  paginateGetRestApis,
} from '@aws-sdk/client-api-gateway';
import { AddPermissionCommand, LambdaClient, ResourceConflictException } from '@aws-sdk/client-lambda';

// API Gateway takes few requests a second from an account: a deployment every five seconds, for one. The SDK waits
// and tries again by itself.
const gateway = new APIGatewayClient({ maxAttempts: 10 });
const lambda = new LambdaClient({});

/** A method of the API: `GET` of `/reports`. */
export interface Method {
  readonly apiId: string;
  readonly httpMethod: string;
  /** One segment below the root. */
  readonly path: string;
}

/** What a method asks of its caller, before anything behind it is called. */
export type Access =
  | { readonly kind: 'open' }
  /** A key of a usage plan, in the header `x-api-key`. */
  | { readonly kind: 'key' }
  /** Whatever this authorizer wants to see. */
  | { readonly kind: 'authorizer'; readonly authorizerId: string };

/** Finds the API by its name, or makes it. */
export async function openApi(name: string): Promise<string> {
  for await (const { items = [] } of paginateGetRestApis({ client: gateway, pageSize: 500 }, {})) {
    const found = items.find((api) => api.name === name);
    if (found?.id !== undefined) return found.id;
  }
  const { id } = await gateway.send(
    new CreateRestApiCommand({ name, endpointConfiguration: { types: ['REGIONAL'] } }),
  );
  if (id === undefined) throw new Error(`the API ${name} has no id`);
  return id;
}

/**
 * A Lambda authorizer for tokens: the gateway gives the function what stands in the header `Authorization`, and keeps
 * its answer for that token. Without the header it answers 401 by itself.
 * @param seconds how long an answer is kept; 0: not at all
 * @returns its id
 */
export async function openAuthorizer(
  restApiId: string,
  name: string,
  functionArn: string,
  seconds: number,
): Promise<string> {
  const authorizerUri = invocationOf(functionArn);
  const { items = [] } = await gateway.send(new GetAuthorizersCommand({ restApiId, limit: 500 }));
  const found = items.find((authorizer) => authorizer.name === name)?.id;
  const settings = { authorizerUri, authorizerResultTtlInSeconds: seconds };
  if (found !== undefined) {
    const patchOperations = Object.entries(settings).map(([member, value]) => ({
      op: 'replace' as const,
      path: `/${member}`,
      value: String(value),
    }));
    await gateway.send(new UpdateAuthorizerCommand({ restApiId, authorizerId: found, patchOperations }));
    return found;
  }
  const { id } = await gateway.send(
    new CreateAuthorizerCommand({
      restApiId,
      name,
      type: 'TOKEN',
      identitySource: 'method.request.header.Authorization',
      ...settings,
    }),
  );
  if (id === undefined) throw new Error(`the authorizer ${name} has no id`);
  return id;
}

/** Puts the function behind a method, and says what the method asks of its caller. */
export async function proxyToFunction(method: Method, functionArn: string, access: Access): Promise<void> {
  const { apiId, httpMethod, path } = method;
  const place = { restApiId: apiId, resourceId: await resourceOf(apiId, path), httpMethod };
  try {
    // Made anew. Its stage does not notice: it answers from its snapshot.
    await gateway.send(new DeleteMethodCommand(place));
  } catch (error) {
    if (!(error instanceof NotFoundException)) throw error;
  }
  await gateway.send(
    new PutMethodCommand({
      ...place,
      apiKeyRequired: access.kind === 'key',
      ...(access.kind === 'authorizer'
        ? { authorizationType: 'CUSTOM', authorizerId: access.authorizerId }
        : { authorizationType: 'NONE' }),
    }),
  );
  await gateway.send(
    new PutIntegrationCommand({
      ...place,
      type: 'AWS_PROXY',
      integrationHttpMethod: 'POST',
      uri: invocationOf(functionArn),
    }),
  );
  await allow(functionArn, `${apiId}-${httpMethod}-${path.slice(1)}`, `${apiId}/*/${httpMethod}${path}`);
}

/** Lets the gateway ask the function as this authorizer. */
export async function allowToAuthorize(functionArn: string, apiId: string, authorizerId: string) {
  await allow(functionArn, `${apiId}-${authorizerId}`, `${apiId}/authorizers/${authorizerId}`);
}

/** Takes a snapshot of the API as it is now, and lets the stage show it. Until then no client sees a change. */
export async function deployTo(apiId: string, stageName: string): Promise<void> {
  await gateway.send(new CreateDeploymentCommand({ restApiId: apiId, stageName }));
}

/** Where the stage answers. */
export async function addressOf(apiId: string, stageName: string): Promise<string> {
  const local = process.env.AWS_ENDPOINT_URL;
  if (local !== undefined) return new URL(`/_aws/execute-api/${apiId}/${stageName}`, local).href;
  return `https://${apiId}.execute-api.${await gateway.config.region()}.amazonaws.com/${stageName}`;
}

/** How the gateway calls a function: a method's and an authorizer's URI have the same form. */
function invocationOf(functionArn: string): string {
  const region = functionArn.split(':')[3] ?? '';
  return `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`;
}

/** Lets the gateway call the function for one source. */
async function allow(functionArn: string, StatementId: string, source: string): Promise<void> {
  const [, partition = '', , region = '', account = ''] = functionArn.split(':');
  try {
    await lambda.send(
      new AddPermissionCommand({
        FunctionName: functionArn,
        StatementId,
        Principal: 'apigateway.amazonaws.com',
        Action: 'lambda:InvokeFunction',
        SourceArn: `arn:${partition}:execute-api:${region}:${account}:${source}`,
      }),
    );
  } catch (error) {
    // It is there already.
    if (!(error instanceof ResourceConflictException)) throw error;
  }
}

/**
 * The resource at a path, found or made. On a real account a list may not show yet what was made a moment ago: then it
 * is asked for again.
 * @returns its id
 */
async function resourceOf(apiId: string, path: string): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await findOrMake(apiId, path);
    } catch (error) {
      const late = error instanceof ConflictException || error instanceof NotFoundException;
      if (!late || attempt === 15) throw error;
      await setTimeout(1000); // ms
    }
  }
}

async function findOrMake(apiId: string, path: string): Promise<string> {
  let root: string | undefined;
  for await (const { items = [] } of paginateGetResources({ client: gateway }, { restApiId: apiId })) {
    const found = items.find((resource) => resource.path === path);
    if (found?.id !== undefined) return found.id;
    root ??= items.find((resource) => resource.path === '/')?.id;
  }
  const { id } = await gateway.send(
    new CreateResourceCommand({ restApiId: apiId, parentId: root, pathPart: path.slice(1) }),
  );
  if (id === undefined) throw new Error(`the resource ${path} has no id`);
  return id;
}
