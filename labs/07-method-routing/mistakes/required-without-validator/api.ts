/*
 * Builds a REST API piece by piece. You know most of it from lab 5; new are models, validators, gateway responses and
 * preflights. Each function may run again: what is there is found or made anew. Nothing here is to be changed.
 */
import {
  APIGatewayClient,
  CreateDeploymentCommand,
  CreateModelCommand,
  CreateRequestValidatorCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  DeleteMethodCommand,
  GetRequestValidatorsCommand,
  NotFoundException,
  PutGatewayResponseCommand,
  PutIntegrationCommand,
  PutIntegrationResponseCommand,
  PutMethodCommand,
  PutMethodResponseCommand,
  UpdateModelCommand,
  paginateGetModels,
  paginateGetResources,
  paginateGetRestApis,
  type GatewayResponseType,
} from '@aws-sdk/client-api-gateway';
import { AddPermissionCommand, LambdaClient, ResourceConflictException } from '@aws-sdk/client-lambda';

// API Gateway takes some ten requests a second from an account. The SDK waits and tries again by itself.
const gateway = new APIGatewayClient({ maxAttempts: 10 });
const lambda = new LambdaClient({});

/** An API that is being built: its id, and the ids of its resources by their paths. */
export interface Api {
  readonly id: string;
  readonly resources: Map<string, string>;
}

/** What the gateway looks at before it calls the function. */
export interface Demands {
  /** A model's name: the body must be like it. */
  readonly model?: string;
  /** Parameters that the query must have. */
  readonly query?: readonly string[];
}

/** What a page of another origin may do here. */
export interface Cors {
  readonly origin: string;
  readonly methods: readonly string[];
  readonly headers: readonly string[];
}

/** Finds the API by its name, or makes it, and looks which resources it has. */
export async function openApi(name: string): Promise<Api> {
  const id = (await findApi(name)) ?? (await makeApi(name));
  const resources = new Map<string, string>();
  for await (const { items = [] } of paginateGetResources({ client: gateway }, { restApiId: id }))
    for (const { path, id: resource } of items)
      if (path !== undefined && resource !== undefined) resources.set(path, resource);
  return { id, resources };
}

async function findApi(name: string): Promise<string | undefined> {
  for await (const { items = [] } of paginateGetRestApis({ client: gateway, pageSize: 500 }, {})) {
    const found = items.find((api) => api.name === name);
    if (found !== undefined) return found.id;
  }
  return undefined;
}

async function makeApi(name: string): Promise<string> {
  const made = new CreateRestApiCommand({ name, endpointConfiguration: { types: ['REGIONAL'] } });
  const { id } = await gateway.send(made);
  if (id === undefined) throw new Error(`the API ${name} has no id`);
  return id;
}

/**
 * Puts a method before the function: `GET /books/{id}`.
 * @param method one HTTP method, or `ANY` for all that the path does not name itself
 */
export async function proxyToFunction(
  api: Api,
  method: string,
  path: string,
  functionArn: string,
  { model, query = [] }: Demands = {},
): Promise<void> {
  const looks = model !== undefined;
  const place = await makeMethod(api, method, path, {
    ...(looks ? { requestValidatorId: await validatorOf(api) } : {}),
    ...(model === undefined ? {} : { requestModels: { 'application/json': model } }),
    requestParameters: Object.fromEntries(query.map((name) => [`method.request.querystring.${name}`, true])),
  });
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

/** Answers the question that a browser asks before it sends a request to another origin: OPTIONS, by a mock. */
export async function answerPreflight(api: Api, path: string, cors: Cors): Promise<void> {
  const place = { ...(await makeMethod(api, 'OPTIONS', path)), statusCode: '200' };
  const headers = Object.entries(corsHeaders(cors));
  await gateway.send(
    new PutIntegrationCommand({
      ...place,
      type: 'MOCK',
      requestTemplates: { 'application/json': '{"statusCode": 200}' },
    }),
  );
  await gateway.send(
    new PutMethodResponseCommand({
      ...place,
      responseParameters: Object.fromEntries(
        headers.map(([name]) => [`method.response.header.${name}`, false]),
      ),
    }),
  );
  await gateway.send(
    new PutIntegrationResponseCommand({
      ...place,
      // A value in single quotation marks stands for itself; without them it would name a value of the back end.
      responseParameters: Object.fromEntries(
        headers.map(([name, value]) => [`method.response.header.${name}`, `'${value}'`]),
      ),
    }),
  );
}

/**
 * What a client gets where the gateway refuses by itself, and no function runs.
 * @param template the body; `$context.error.…` says what is wrong, and `messageString` brings its quotation marks
 */
export async function answerRefusals(
  { id }: Api,
  responseType: GatewayResponseType,
  template: string,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  await gateway.send(
    new PutGatewayResponseCommand({
      restApiId: id,
      responseType,
      responseTemplates: { 'application/json': template },
      responseParameters: Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [`gatewayresponse.header.${name}`, `'${value}'`]),
      ),
    }),
  );
}

/** Gives the API a model: a JSON schema, draft 4. @returns its name */
export async function putModel({ id: restApiId }: Api, modelName: string, schema: object): Promise<string> {
  const text = JSON.stringify({ $schema: 'http://json-schema.org/draft-04/schema#', ...schema });
  for await (const { items = [] } of paginateGetModels({ client: gateway }, { restApiId })) {
    if (!items.some(({ name }) => name === modelName)) continue;
    const patchOperations = [{ op: 'replace' as const, path: '/schema', value: text }];
    await gateway.send(new UpdateModelCommand({ restApiId, modelName, patchOperations }));
    return modelName;
  }
  await gateway.send(
    new CreateModelCommand({ restApiId, name: modelName, contentType: 'application/json', schema: text }),
  );
  return modelName;
}

/** Lets the gateway call the function for every method of this API, and of no other. */
export async function allowToCall(functionArn: string, { id }: Api): Promise<void> {
  const [, partition = '', , region = '', account = ''] = functionArn.split(':');
  try {
    await lambda.send(
      new AddPermissionCommand({
        FunctionName: functionArn,
        StatementId: `api-${id}`,
        Principal: 'apigateway.amazonaws.com',
        Action: 'lambda:InvokeFunction',
        SourceArn: `arn:${partition}:execute-api:${region}:${account}:${id}/*`,
      }),
    );
  } catch (error) {
    // It is there already.
    if (!(error instanceof ResourceConflictException)) throw error;
  }
}

/** Takes a snapshot of the API as it is now, and lets the stage show it. Until then no client sees a change. */
export async function deployTo({ id }: Api, stageName: string): Promise<void> {
  await gateway.send(new CreateDeploymentCommand({ restApiId: id, stageName }));
}

/** Where the stage answers. */
export async function addressOf({ id }: Api, stageName: string): Promise<string> {
  const local = process.env.AWS_ENDPOINT_URL;
  if (local !== undefined) return new URL(`/_aws/execute-api/${id}/${stageName}`, local).href;
  return `https://${id}.execute-api.${await gateway.config.region()}.amazonaws.com/${stageName}`;
}

const corsHeaders = ({ origin, methods, headers }: Cors) => ({
  'Access-Control-Allow-Origin': origin,
  'Access-Control-Allow-Methods': methods.join(','),
  'Access-Control-Allow-Headers': headers.join(','),
});

/** Makes the method anew, without an integration. Its stage does not notice: it answers from its snapshot. */
async function makeMethod(
  api: Api,
  httpMethod: string,
  path: string,
  demands: Pick<PutMethodCommand['input'], 'requestValidatorId' | 'requestModels' | 'requestParameters'> = {},
) {
  const place = { restApiId: api.id, resourceId: await resourceOf(api, path), httpMethod };
  try {
    await gateway.send(new DeleteMethodCommand(place));
  } catch (error) {
    if (!(error instanceof NotFoundException)) throw error;
  }
  await gateway.send(new PutMethodCommand({ ...place, ...demands, authorizationType: 'NONE' }));
  return place;
}

/** The resource at a path, found or made with all above it. @returns its id */
async function resourceOf(api: Api, path: string): Promise<string> {
  const found = api.resources.get(path);
  if (found !== undefined) return found;
  const slash = path.lastIndexOf('/');
  const parentId = await resourceOf(api, slash === 0 ? '/' : path.slice(0, slash));
  const { id } = await gateway.send(
    new CreateResourceCommand({ restApiId: api.id, parentId, pathPart: path.slice(slash + 1) }),
  );
  if (id === undefined) throw new Error(`the resource ${path} has no id`);
  api.resources.set(path, id);
  return id;
}

/** A validator that looks at all there is to look at, found or made. A method without one is never looked at. */
async function validatorOf({ id: restApiId }: Api): Promise<string> {
  const { items = [] } = await gateway.send(new GetRequestValidatorsCommand({ restApiId, limit: 500 }));
  const found = items.find(({ name }) => name === 'all')?.id;
  if (found !== undefined) return found;
  const { id } = await gateway.send(
    new CreateRequestValidatorCommand({
      restApiId,
      name: 'all',
      validateRequestBody: true,
      validateRequestParameters: true,
    }),
  );
  if (id === undefined) throw new Error('the validator has no id');
  return id;
}
