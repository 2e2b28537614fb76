import {
  ApiGatewayV2Client,
  CreateApiCommand,
  CreateIntegrationCommand,
  CreateRouteCommand,
  CreateStageCommand,
  type CreateApiRequest,
  type CreateIntegrationRequest,
  type CreateRouteRequest,
  type CreateStageRequest,
} from '@aws-sdk/client-apigatewayv2';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  ask,
  functionOf,
  permit,
  studentAt,
  type Answer,
  type Asked,
  type Student,
} from '../../../apigateway/testing/trial-api.ts';
import { TrialGateway } from '../../../apigateway/testing/trial-gateway.ts';

/** A route with what is behind it. */
export interface TrialRoute {
  readonly route?: Partial<Omit<CreateRouteRequest, 'ApiId' | 'RouteKey'>>;
  readonly integration: Partial<Omit<CreateIntegrationRequest, 'ApiId'>>;
}

/** Asks a function. */
export const asking = (functionArn: string, version: '1.0' | '2.0' = '2.0'): TrialRoute => ({
  integration: { IntegrationUri: functionArn, PayloadFormatVersion: version },
});

/** A running cloud with a student who makes HTTP APIs, for tests. */
export class TrialHttp {
  readonly gateway: TrialGateway;
  readonly client: ApiGatewayV2Client;
  #student: Promise<Student> | undefined;

  private constructor(gateway: TrialGateway) {
    this.gateway = gateway;
    this.client = new ApiGatewayV2Client(gateway.settings());
  }

  static async start(signatures: 'shape' | 'verified' = 'shape'): Promise<TrialHttp> {
    return new TrialHttp(await TrialGateway.start(undefined, signatures));
  }

  get student(): Promise<Student> {
    const { secretAccessKey } = this.gateway.settings().credentials;
    return (this.#student ??= studentAt(this.gateway.running.origin, secretAccessKey));
  }

  /** A function. @param body what its handler does with `event` */
  async function(name: string, body: string): Promise<string> {
    return await functionOf(await this.student, name, body);
  }

  /** Lets an API invoke a function. */
  async permit(name: string, apiId: string, place?: string): Promise<void> {
    await permit((await this.student).lambda, name, apiId, place);
  }

  /** An API without anything. @returns its id */
  async bare(more: Partial<CreateApiRequest> = {}): Promise<string> {
    const { ApiId = '' } = await this.client.send(
      new CreateApiCommand({ Name: 'trial', ProtocolType: 'HTTP', ...more }),
    );
    return ApiId;
  }

  /** The same of a WebSocket API. */
  async webSocket(): Promise<string> {
    return await this.bare({
      ProtocolType: 'WEBSOCKET',
      RouteSelectionExpression: '$request.body.action',
    });
  }

  /** An API with a stage that deploys every change; functions let it in. @returns its id */
  async api(
    routes: Readonly<Record<string, TrialRoute>>,
    {
      stage = {},
      ...more
    }: Partial<Omit<CreateApiRequest, 'ProtocolType'>> & {
      readonly stage?: Partial<Omit<CreateStageRequest, 'ApiId'>>;
    } = {},
  ): Promise<string> {
    const ApiId = await this.bare(more);
    await this.routes(ApiId, routes);
    await this.client.send(
      new CreateStageCommand({ StageName: '$default', AutoDeploy: true, ...stage, ApiId }),
    );
    return ApiId;
  }

  /** Adds routes to an API. */
  async routes(ApiId: string, routes: Readonly<Record<string, TrialRoute>>): Promise<void> {
    for (const [RouteKey, { route, integration }] of Object.entries(routes)) {
      const { IntegrationId = '' } = await this.client.send(
        new CreateIntegrationCommand({ IntegrationType: 'AWS_PROXY', ...integration, ApiId }),
      );
      const Target = `integrations/${IntegrationId}`;
      await this.client.send(new CreateRouteCommand({ Target, ...route, RouteKey, ApiId }));
      const name = /:function:([^:]+)/.exec(integration.IntegrationUri ?? '')?.[1];
      if (name !== undefined) await this.permit(name, ApiId).catch(() => undefined);
    }
  }

  /** Asks an API at its address. @param path with the stage, where it is not `$default` */
  async ask(apiId: string, path: string, asked?: Asked): Promise<Answer> {
    return await ask(this.gateway, `/_aws/execute-api/${apiId}${path}`, asked);
  }

  async stop(): Promise<void> {
    this.client.destroy();
    await this.gateway.stop();
  }
}

/** A back end that tells what it was asked. */
export class Echo {
  readonly #server: Server;
  readonly origin: string;

  private constructor(server: Server) {
    this.#server = server;
    this.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async start(): Promise<Echo> {
    const server = createServer((request, response) => {
      void bodyOf(request).then((body) => {
        response.setHeader('content-type', 'application/json');
        response.setHeader('access-control-allow-origin', 'https://of-the-back-end.example');
        response.setHeader('x-back-end', 'yes');
        response.statusCode = Number(request.headers['x-status'] ?? 200);
        response.end(
          JSON.stringify({ method: request.method, url: request.url, headers: request.headers, body }),
        );
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new Echo(server);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}
