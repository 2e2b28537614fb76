/*
 * Builds a REST API piece by piece, as the console does it behind its forms. Each function may run again: what is
 * there is found or made anew. Nothing here is to be changed; read it once, it is what an API consists of.
 */
import { setTimeout } from 'node:timers/promises';
import {
  APIGatewayClient,
  ConflictException,
  CreateDeploymentCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  DeleteMethodCommand,
  NotFoundException,
  PutIntegrationCommand,
  PutIntegrationResponseCommand,
  PutMethodCommand,
  PutMethodResponseCommand,
  UpdateRestApiCommand,
  paginateGetResources,
  paginateGetRestApis,
  type PatchOperation,
} from '@aws-sdk/client-api-gateway';
import { AddPermissionCommand, LambdaClient, ResourceConflictException } from '@aws-sdk/client-lambda';

// API Gateway takes few requests a second from an account: a deployment every five seconds, for one. The SDK waits
// and tries again by itself.
const gateway = new APIGatewayClient({ maxAttempts: 10 });
const lambda = new LambdaClient({});

/** A method of the API: `GET` of `/hello`. */
export interface Method {
  readonly apiId: string;
  readonly httpMethod: string;
  /** One segment below the root. */
  readonly path: string;
}

/**
 * Finds the API by its name, or makes it. An API's name is no key: without looking, each run would make another.
 * @param binaryMediaTypes content types that are bytes; all others pass as text
 */
export async function openApi(name: string, binaryMediaTypes: readonly string[]): Promise<string> {
  for await (const { items = [] } of paginateGetRestApis({ client: gateway, pageSize: 500 }, {})) {
    const found = items.find((api) => api.name === name);
    if (found?.id === undefined) continue;
    const has = found.binaryMediaTypes ?? [];
    // In a patch path a slash of the value is written ~1 (RFC 6901).
    const patch = (op: 'add' | 'remove', type: string): PatchOperation => ({
      op,
      path: `/binaryMediaTypes/${type.replaceAll('/', '~1')}`,
    });
    const patchOperations = [
      ...binaryMediaTypes.filter((type) => !has.includes(type)).map((type) => patch('add', type)),
      ...has.filter((type) => !binaryMediaTypes.includes(type)).map((type) => patch('remove', type)),
    ];
    if (patchOperations.length > 0)
      await gateway.send(new UpdateRestApiCommand({ restApiId: found.id, patchOperations }));
    return found.id;
  }
  const { id } = await gateway.send(
    new CreateRestApiCommand({
      name,
      binaryMediaTypes: [...binaryMediaTypes],
      endpointConfiguration: { types: ['REGIONAL'] },
    }),
  );
  if (id === undefined) throw new Error(`the API ${name} has no id`);
  return id;
}

/**
 * `AWS_PROXY`: the function gets the whole request, and its result is the whole answer. Lambda's Invoke is itself an
 * HTTP call, and always a POST: that is the integration's method, whatever the client's is.
 */
export async function proxyToFunction(method: Method, functionArn: string): Promise<void> {
  const place = await makeMethod(method);
  const region = functionArn.split(':')[3] ?? '';
  await gateway.send(
    new PutIntegrationCommand({
      ...place,
      type: 'AWS_PROXY',
      integrationHttpMethod: 'POST',
      uri: `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`,
    }),
  );
}

/**
 * `MOCK`: the gateway answers by itself. The request template picks the status; the response template of that
 * status is the body.
 */
export async function mock(method: Method, body: string): Promise<void> {
  const place = await makeMethod(method);
  await gateway.send(
    new PutIntegrationCommand({
      ...place,
      type: 'MOCK',
      requestTemplates: { 'application/json': '{"statusCode": 200}' },
    }),
  );
  await gateway.send(new PutMethodResponseCommand({ ...place, statusCode: '200' }));
  await gateway.send(
    new PutIntegrationResponseCommand({
      ...place,
      statusCode: '200',
      responseTemplates: { 'application/json': body },
    }),
  );
}

/** Lets the gateway call the function for this one method of this one API, at every stage. */
export async function allowToCall(functionArn: string, method: Method): Promise<void> {
  const { apiId, httpMethod, path } = method;
  const [, partition = '', , region = '', account = ''] = functionArn.split(':');
  try {
    await lambda.send(
      new AddPermissionCommand({
        FunctionName: functionArn,
        StatementId: `${apiId}-${httpMethod}-${path.slice(1)}`,
        Principal: 'apigateway.amazonaws.com',
        Action: 'lambda:InvokeFunction',
        SourceArn: `arn:${partition}:execute-api:${region}:${account}:${apiId}/*/${httpMethod}${path}`,
      }),
    );
  } catch (error) {
    // It is there already.
    if (!(error instanceof ResourceConflictException)) throw error;
  }
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

/** Makes the method anew, without an integration. Its stage does not notice: it answers from its snapshot. */
async function makeMethod({ apiId, httpMethod, path }: Method) {
  const place = { restApiId: apiId, resourceId: await resourceOf(apiId, path), httpMethod };
  try {
    await gateway.send(new DeleteMethodCommand(place));
  } catch (error) {
    if (!(error instanceof NotFoundException)) throw error;
  }
  await gateway.send(new PutMethodCommand({ ...place, authorizationType: 'NONE' }));
  return place;
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
