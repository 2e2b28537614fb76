import {
  APIGatewayClient,
  CreateDeploymentCommand,
  CreateRestApiCommand,
  PutIntegrationCommand,
  PutMethodCommand,
  type CreateDeploymentCommandInput,
  type PatchOperation,
} from '@aws-sdk/client-api-gateway';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { startCloud, type RunningCloud } from '../../../start.ts';
import type { ApiGatewayCatalogue } from '../port.ts';

export const scope = { account: '111111111111', region: 'us-east-1' };

/** A running cloud with a client of API Gateway, for tests. */
export class TrialGateway {
  readonly running: RunningCloud;
  readonly client: APIGatewayClient;
  readonly iam: IAMClient;

  private constructor(running: RunningCloud) {
    this.running = running;
    this.client = new APIGatewayClient(this.settings());
    this.iam = new IAMClient(this.settings());
  }

  /** @param home a folder that keeps the state; nothing is kept without one */
  static async start(home?: string, signatures: 'shape' | 'verified' = 'shape'): Promise<TrialGateway> {
    return new TrialGateway(
      await startCloud({ port: 0, home: home ?? 'unused', ephemeral: home === undefined, signatures }),
    );
  }

  /** What a further client is made with. */
  settings(account = scope.account) {
    const secretAccessKey = this.running.cloud.identity.secretOf(account, undefined) ?? 'test';
    return {
      endpoint: this.running.origin,
      region: scope.region,
      credentials: { accessKeyId: account, secretAccessKey },
      maxAttempts: 1,
    };
  }

  get catalogue(): Promise<ApiGatewayCatalogue> {
    return this.running.cloud.port('apigateway').then((port) => port.catalogue);
  }

  /** An API without anything but its root. */
  async api(name = 'trial'): Promise<{ readonly restApiId: string; readonly rootId: string }> {
    const { id = '', rootResourceId = '' } = await this.client.send(new CreateRestApiCommand({ name }));
    return { restApiId: id, rootId: rootResourceId };
  }

  /** A method with a mock behind it. */
  async mock(restApiId: string, resourceId: string, httpMethod = 'GET'): Promise<void> {
    const method = { restApiId, resourceId, httpMethod };
    await this.client.send(new PutMethodCommand({ ...method, authorizationType: 'NONE' }));
    await this.client.send(new PutIntegrationCommand({ ...method, type: 'MOCK' }));
  }

  /** Deploys an API. @returns the deployment's id */
  async deploy(restApiId: string, more: Partial<CreateDeploymentCommandInput> = {}): Promise<string> {
    return (await this.client.send(new CreateDeploymentCommand({ restApiId, ...more }))).id ?? '';
  }

  /** A mocked API with one stage. */
  async deployed(stageName = 'dev'): Promise<{ readonly restApiId: string; readonly deploymentId: string }> {
    const { restApiId, rootId } = await this.api();
    await this.mock(restApiId, rootId);
    return { restApiId, deploymentId: await this.deploy(restApiId, { stageName }) };
  }

  /** A role that a service may assume. @returns its ARN */
  async role(RoleName: string, Service: string): Promise<string> {
    const trust = { Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' };
    const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: trust });
    const { Role } = await this.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
    return Role?.Arn ?? '';
  }

  async stop(): Promise<void> {
    this.client.destroy();
    this.iam.destroy();
    await this.running.stop();
  }
}

/** A patch operation. */
export const replace = (path: string, value?: string): PatchOperation => ({ op: 'replace', path, value });

/** What the SDK throws where a call is refused, as `Name: message`. */
export async function refusal(sent: Promise<unknown>): Promise<string> {
  try {
    await sent;
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
  return 'not refused';
}
