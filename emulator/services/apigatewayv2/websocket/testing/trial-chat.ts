import {
  ApiGatewayV2Client,
  CreateApiCommand,
  CreateAuthorizerCommand,
  CreateIntegrationCommand,
  CreateIntegrationResponseCommand,
  CreateRouteCommand,
  CreateRouteResponseCommand,
  CreateStageCommand,
  type CreateIntegrationRequest,
  type CreateIntegrationResponseRequest,
  type CreateRouteRequest,
  type CreateStageRequest,
} from '@aws-sdk/client-apigatewayv2';
import { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';
import { AddPermissionCommand } from '@aws-sdk/client-lambda';
import { functionOf, studentAt, uriOf, type Student } from '../../../apigateway/testing/trial-api.ts';
import { scope, TrialGateway } from '../../../apigateway/testing/trial-gateway.ts';
import { Listener } from './listener.ts';

/** A route with what is behind it. */
export interface TrialRoute {
  readonly route?: Partial<Omit<CreateRouteRequest, 'ApiId' | 'RouteKey'>>;
  readonly integration?: Partial<Omit<CreateIntegrationRequest, 'ApiId'>>;
  readonly responses?: readonly Omit<CreateIntegrationResponseRequest, 'ApiId' | 'IntegrationId'>[];
  /** Whether the client hears what the back end answers. */
  readonly answers?: boolean;
}

/** Says `text` to whoever asks, without any back end. */
export const saying = (text: string): TrialRoute => ({
  integration: {
    IntegrationType: 'MOCK',
    RequestTemplates: { $default: '{"statusCode": 200}' },
    TemplateSelectionExpression: '\\$default',
  },
  responses: [{ IntegrationResponseKey: '$default', ResponseTemplates: { $default: text } }],
  answers: true,
});

/** Asks a function. */
export const asking = (functionArn: string, answers = true): TrialRoute => ({
  integration: {
    IntegrationType: 'AWS_PROXY',
    IntegrationMethod: 'POST',
    IntegrationUri: uriOf(functionArn),
  },
  answers,
});

/** A running cloud with a student who makes WebSocket APIs, for tests. */
export class TrialChat {
  readonly gateway: TrialGateway;
  readonly client: ApiGatewayV2Client;
  #student: Promise<Student> | undefined;
  readonly #open: Listener[] = [];

  private constructor(gateway: TrialGateway) {
    this.gateway = gateway;
    this.client = new ApiGatewayV2Client(gateway.settings());
  }

  static async start(signatures: 'shape' | 'verified' = 'shape'): Promise<TrialChat> {
    return new TrialChat(await TrialGateway.start(undefined, signatures));
  }

  get student(): Promise<Student> {
    const { secretAccessKey } = this.gateway.settings().credentials;
    return (this.#student ??= studentAt(this.gateway.running.origin, secretAccessKey));
  }

  /** A function, which API Gateway may invoke. @param body what its handler does with `event` */
  async function(name: string, body: string): Promise<string> {
    await functionOf(await this.student, name, body);
    return await this.permitted(name);
  }

  /** Lets API Gateway invoke a function. @returns the function's ARN */
  async permitted(name: string): Promise<string> {
    const { lambda } = await this.student;
    await lambda.send(
      new AddPermissionCommand({
        FunctionName: name,
        StatementId: 'gateway',
        Action: 'lambda:InvokeFunction',
        Principal: 'apigateway.amazonaws.com',
      }),
    );
    return `arn:aws:lambda:${scope.region}:${scope.account}:function:${name}`;
  }

  /** An API with a stage. @returns its id */
  async api(
    routes: Readonly<Record<string, TrialRoute>>,
    {
      selection = '$request.body.action',
      ...stage
    }: Partial<CreateStageRequest> & { selection?: string } = {},
  ): Promise<string> {
    const { ApiId = '' } = await this.client.send(
      new CreateApiCommand({ Name: 'chat', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: selection }),
    );
    for (const [RouteKey, route] of Object.entries(routes)) await this.route(ApiId, RouteKey, route);
    await this.client.send(new CreateStageCommand({ ApiId, StageName: 'dev', AutoDeploy: true, ...stage }));
    return ApiId;
  }

  async route(ApiId: string, RouteKey: string, trial: TrialRoute): Promise<void> {
    const { IntegrationId = '' } = await this.client.send(
      new CreateIntegrationCommand({ IntegrationType: 'MOCK', ...trial.integration, ApiId }),
    );
    for (const response of trial.responses ?? [])
      await this.client.send(new CreateIntegrationResponseCommand({ ...response, ApiId, IntegrationId }));
    const { RouteId = '' } = await this.client.send(
      new CreateRouteCommand({ ...trial.route, ApiId, RouteKey, Target: `integrations/${IntegrationId}` }),
    );
    if (trial.answers === true)
      await this.client.send(
        new CreateRouteResponseCommand({ ApiId, RouteId, RouteResponseKey: '$default' }),
      );
  }

  /** A `REQUEST` authorizer. @returns its id */
  async authorizer(ApiId: string, functionArn: string, IdentitySource: string[]): Promise<string> {
    const { AuthorizerId = '' } = await this.client.send(
      new CreateAuthorizerCommand({
        ApiId,
        Name: 'gate',
        AuthorizerType: 'REQUEST',
        AuthorizerUri: uriOf(functionArn),
        IdentitySource,
      }),
    );
    return AuthorizerId;
  }

  /** The address of a stage. */
  address(apiId: string, stage = 'dev', scheme: 'ws' | 'http' = 'ws'): string {
    return `${scheme}://127.0.0.1:${String(this.gateway.running.port)}/_aws/execute-api/${apiId}/${stage}`;
  }

  /** Connects. @throws Refused */
  async connect(address: string, options: ConstructorParameters<typeof Listener>[1] = {}): Promise<Listener> {
    const listener = new Listener(address, options);
    this.#open.push(listener);
    await listener.opened;
    return listener;
  }

  /** A client of `@connections` of a stage. */
  management(apiId: string, credentials?: object): ApiGatewayManagementApiClient {
    return new ApiGatewayManagementApiClient({
      ...this.gateway.settings(),
      ...credentials,
      endpoint: this.address(apiId, 'dev', 'http'),
    });
  }

  async stop(): Promise<void> {
    for (const listener of this.#open) listener.leave();
    this.client.destroy();
    if (this.#student !== undefined) (await this.#student).lambda.destroy();
    await this.gateway.stop();
  }
}

export { scope };
