/*
 * Edits the REST API, piece by piece, as lab 5 did. Each function may run again: what is there is found or made anew.
 * No client sees any of it before a deployment. Nothing here is to be changed.
 */
import { setTimeout } from 'node:timers/promises';
import {
  APIGatewayClient,
  ConflictException,
  CreateResourceCommand,
  CreateRestApiCommand,
  DeleteMethodCommand,
  NotFoundException,
  PutIntegrationCommand,
  PutIntegrationResponseCommand,
  PutMethodCommand,
  PutMethodResponseCommand,
  paginateGetResources,
  paginateGetRestApis,
} from '@aws-sdk/client-api-gateway';
import { AddPermissionCommand, LambdaClient, ResourceConflictException } from '@aws-sdk/client-lambda';

// API Gateway takes few requests a second from an account. The SDK waits and tries again by itself.
const gateway = new APIGatewayClient({ maxAttempts: 10 });
const lambda = new LambdaClient({});

/** A method of the API: `GET` of `/v1/quote`. */
export interface Method {
  readonly apiId: string;
  readonly httpMethod: string;
  readonly path: string;
}

/** Finds the API by its name, or makes it. An API's name is no key: without looking, each run would make another. */
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
 * Lets the method call the function by an alias that nobody knows yet: `${stageVariables.alias}` stands in the URI
 * and in the deployment, and each stage puts the value of its own variable there.
 * @param aliasArn the ARN of one of the aliases; only the function's part of it counts
 */
export async function callAliasOfStage(method: Method, aliasArn: string): Promise<void> {
  const place = await makeMethod(method);
  const region = aliasArn.split(':')[3] ?? '';
  const functionArn = aliasArn.split(':').slice(0, 7).join(':');
  await gateway.send(
    new PutIntegrationCommand({
      ...place,
      type: 'AWS_PROXY',
      integrationHttpMethod: 'POST',
      uri: `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/${functionArn}:\${stageVariables.alias}/invocations`,
    }),
  );
}

/** `MOCK`: the gateway answers by itself, with 200 and this body. */
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

/** Lets the gateway call one alias for one method of the API, at every stage. Each alias has a policy of its own. */
export async function allowToCall(aliasArn: string, { apiId, httpMethod, path }: Method): Promise<void> {
  const [, partition = '', , region = '', account = '', , functionName, alias] = aliasArn.split(':');
  try {
    await lambda.send(
      new AddPermissionCommand({
        FunctionName: functionName,
        Qualifier: alias,
        StatementId: `${apiId}-${httpMethod}${path.replaceAll('/', '-')}`,
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

/** Makes the method anew, without an integration. Its stages do not notice: each answers from its deployment. */
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
  for await (const { items = [] } of paginateGetResources({ client: gateway }, { restApiId: apiId })) {
    const found = items.find((resource) => resource.path === path);
    if (found?.id !== undefined) return found.id;
  }
  const [above, pathPart] = [path.slice(0, path.lastIndexOf('/')), path.slice(path.lastIndexOf('/') + 1)];
  const parentId = await resourceOf(apiId, above === '' ? '/' : above);
  const { id } = await gateway.send(new CreateResourceCommand({ restApiId: apiId, parentId, pathPart }));
  if (id === undefined) throw new Error(`the resource ${path} has no id`);
  return id;
}
