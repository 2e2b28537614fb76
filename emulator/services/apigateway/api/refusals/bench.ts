import {
  CreateModelCommand,
  CreateRequestValidatorCommand,
  CreateResourceCommand,
  PutIntegrationCommand,
  PutMethodCommand,
  PutMethodResponseCommand,
  type APIGatewayClient,
  type Op,
  type PatchOperation,
} from '@aws-sdk/client-api-gateway';
import { expect } from 'vitest';
import { refusal, TrialGateway } from '../../testing/trial-gateway.ts';

/** What refusals are asked of, once it is open, and everything that was told, to compare with what was recorded. */
export class RefusalBench {
  readonly told = new Set<string>();
  restApiId = '';
  rootId = '';
  petsId = '';
  subpetsId = '';
  /** `/pets/subpets/pets` */
  innerId = '';
  validatorId = '';
  #gateway: TrialGateway | undefined;

  get gateway(): TrialGateway {
    if (this.#gateway === undefined) throw new Error('The bench is not open.');
    return this.#gateway;
  }

  get client(): APIGatewayClient {
    return this.gateway.client;
  }

  async open(): Promise<void> {
    this.#gateway = await TrialGateway.start();
    const { client } = this;
    ({ restApiId: this.restApiId, rootId: this.rootId } = await this.gateway.api());
    const { restApiId } = this;
    this.petsId = await this.child(this.rootId, 'pets');
    this.subpetsId = await this.child(this.petsId, 'subpets');
    this.innerId = await this.child(this.subpetsId, 'pets');
    expect(await this.child(this.rootId, '{proxy+}')).toMatch(/^[a-z0-9]{6}$/);
    const any = this.at(this.rootId, 'ANY');
    await client.send(new PutMethodCommand({ ...any, authorizationType: 'NONE' }));
    await client.send(new PutIntegrationCommand({ ...any, type: 'MOCK' }));
    await client.send(new PutMethodResponseCommand({ ...any, statusCode: '200' }));
    await client.send(new PutMethodCommand({ ...this.at(this.petsId, 'GET'), authorizationType: 'NONE' }));
    const validator = new CreateRequestValidatorCommand({ restApiId, name: 'v' });
    this.validatorId = (await client.send(validator)).id ?? '';
    await client.send(
      new CreateModelCommand({ restApiId, name: 'Used', contentType: 'application/json', schema: '{}' }),
    );
    await client.send(
      new PutMethodCommand({
        ...this.at(this.subpetsId, 'ANY'),
        authorizationType: 'NONE',
        requestModels: { 'application/json': 'Used' },
      }),
    );
  }

  async close(): Promise<void> {
    await this.gateway.stop();
  }

  /** Makes a resource. @returns its id */
  async child(parentId: string, pathPart: string): Promise<string> {
    const made = new CreateResourceCommand({ restApiId: this.restApiId, parentId, pathPart });
    return (await this.client.send(made)).id ?? '';
  }

  at(resourceId: string, httpMethod: string) {
    return { restApiId: this.restApiId, resourceId, httpMethod };
  }

  /** A sentence that was recorded on AWS. */
  async expectTold(sent: Promise<unknown>, text: string): Promise<void> {
    const said = await refusal(sent);
    this.told.add(said);
    expect(said).toBe(text);
  }
}

export const bad = (text: string): string => `BadRequestException: ${text}`;
export const missing = (text: string): string => `NotFoundException: ${text}`;
export const patch = (op: string, path: string | undefined, value?: string): PatchOperation[] => [
  { op: op as Op, path, value },
];
