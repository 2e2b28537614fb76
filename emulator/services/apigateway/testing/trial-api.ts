import {
  CreateResourceCommand,
  PutIntegrationCommand,
  PutIntegrationResponseCommand,
  PutMethodCommand,
  PutMethodResponseCommand,
  type PutIntegrationRequest,
  type PutIntegrationResponseRequest,
  type PutMethodRequest,
} from '@aws-sdk/client-api-gateway';
import { AddPermissionCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { request as httpRequest } from 'node:http';
import { archive } from '../../lambda/testing/archive.ts';
import { studentAt, type Student } from '../../lambda/testing/student.ts';
import { scope, type TrialGateway } from './trial-gateway.ts';

type Partly<T, Names extends keyof T> = Omit<T, 'restApiId' | 'resourceId' | 'httpMethod' | Names> &
  Partial<Pick<T, Names>>;

/** A method with what is behind it. */
export interface TrialMethod {
  readonly method?: Partly<PutMethodRequest, 'authorizationType'>;
  readonly integration: Partly<PutIntegrationRequest, 'type'>;
  readonly responses?: readonly Partly<PutIntegrationResponseRequest, 'statusCode'>[];
}

/** A mock that says `text` as JSON, for tests. */
export const saying = (text: string, status = 200): TrialMethod => ({
  integration: {
    type: 'MOCK',
    requestTemplates: { 'application/json': `{"statusCode": ${status}}` },
    passthroughBehavior: 'WHEN_NO_TEMPLATES',
  },
  responses: [{ statusCode: String(status), responseTemplates: { 'application/json': text } }],
});

/** Makes methods of an API: `{ 'GET /notes/{id}': … }`. @returns the ids of resources by their paths */
export async function build(
  { client }: TrialGateway,
  { restApiId, rootId }: { readonly restApiId: string; readonly rootId: string },
  methods: Readonly<Record<string, TrialMethod>>,
): Promise<ReadonlyMap<string, string>> {
  const ids = new Map([['/', rootId]]);
  const resource = async (path: string): Promise<string> => {
    const known = ids.get(path);
    if (known !== undefined) return known;
    const cut = path.lastIndexOf('/');
    const parentId = await resource(cut === 0 ? '/' : path.slice(0, cut));
    const made = await client.send(
      new CreateResourceCommand({ restApiId, parentId, pathPart: path.slice(cut + 1) }),
    );
    ids.set(path, made.id ?? '');
    return made.id ?? '';
  };
  for (const [name, { method, integration, responses = [] }] of Object.entries(methods)) {
    const [httpMethod = '', path = ''] = name.split(' ');
    const place = { restApiId, resourceId: await resource(path), httpMethod };
    await client.send(new PutMethodCommand({ authorizationType: 'NONE', ...method, ...place }));
    await client.send(new PutIntegrationCommand({ type: 'MOCK', ...integration, ...place }));
    for (const response of responses) {
      const statusCode = response.statusCode ?? '200';
      const responseParameters = Object.fromEntries(
        Object.keys(response.responseParameters ?? {}).map((key) => [key, false]),
      );
      await client.send(new PutMethodResponseCommand({ ...place, statusCode, responseParameters }));
      await client.send(new PutIntegrationResponseCommand({ ...response, ...place, statusCode }));
    }
  }
  return ids;
}

/** A stage `dev` of a new API. @returns where it is reached */
export async function serve(
  gateway: TrialGateway,
  methods: Readonly<Record<string, TrialMethod>>,
): Promise<{ readonly restApiId: string; readonly base: string }> {
  const made = await gateway.api();
  await build(gateway, made, methods);
  await gateway.deploy(made.restApiId, { stageName: 'dev', variables: { where: 'path' } });
  return { restApiId: made.restApiId, base: `/_aws/execute-api/${made.restApiId}/dev` };
}

/** What a function of these tests is: it does what the text in a handler's body says. */
export async function functionOf(student: Student, name: string, body: string): Promise<string> {
  const code = archive({
    'index.mjs': `let calls = 0;\nexport const handler = async (event, context) => { calls += 1; ${body} };`,
  });
  await student.make(name, code);
  return `arn:aws:lambda:${scope.region}:${scope.account}:function:${name}`;
}

export const uriOf = (functionArn: string): string =>
  `arn:aws:apigateway:${scope.region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`;

/** What puts a function behind a method. */
export const proxying = (functionArn: string): TrialMethod => ({
  integration: { type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri: uriOf(functionArn) },
});

/** Lets API Gateway invoke a function for every method of an API, or for what is named. */
export async function permit(
  lambda: LambdaClient,
  FunctionName: string,
  restApiId: string,
  place = '*',
  StatementId = `of-${restApiId}`,
): Promise<void> {
  await lambda.send(
    new AddPermissionCommand({
      FunctionName,
      StatementId,
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
      SourceArn: `arn:aws:execute-api:${scope.region}:${scope.account}:${restApiId}/${place}`,
    }),
  );
}

export { studentAt, type Student };

export interface Answer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  /** As they came, names as they were written. */
  readonly rawHeaders: readonly string[];
  readonly text: string;
  readonly bytes: Buffer;
  /** The body as JSON; undefined where it is none. */
  readonly json: unknown;
}

export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Uint8Array;
}

/** Posts JSON. */
export const posting = (body: unknown) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/** Of an answer what tells refusals apart. */
export const seen = ({ status, json, headers }: Answer) => [status, json, headers['x-amzn-errortype']];

/** Asks by plain HTTP, as any client of an API does; `fetch` lets one say neither host nor case. */
export async function ask(
  gateway: TrialGateway,
  path: string,
  { method = 'GET', headers = {}, body }: Asked = {},
): Promise<Answer> {
  return await new Promise((resolve, reject) => {
    const { port } = gateway.running;
    const sent = httpRequest(
      {
        host: '127.0.0.1',
        port,
        path,
        method,
        headers: Object.fromEntries(
          Object.entries(headers).map(([name, value]) => [
            name,
            typeof value === 'string' ? value : [...value],
          ]),
        ),
        agent: false,
      },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => {
          const bytes = Buffer.concat(parts);
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            rawHeaders: response.rawHeaders,
            text: bytes.toString('utf8'),
            bytes,
            json: parsed(bytes.toString('utf8')),
          });
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
