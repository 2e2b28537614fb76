import {
  ConflictException,
  CreateStageCommand,
  DeleteStageCommand,
  NotFoundException,
  UpdateStageCommand,
  type CreateStageRequest,
  type PatchOperation,
} from '@aws-sdk/client-api-gateway';
import type { HttpAnswer } from '../../../grader/api.ts';
import { apiOf } from './api.ts';
import type { Context } from './context.ts';
import { tidying } from '../../tidying/tidying.ts';

/*
 * What a stage does with a canary, another variable or an older deployment shows only when it is changed. The
 * student's stages must stay as they are, so a stage of the grader's own is changed instead: in the same API, on the
 * student's own deployments and aliases. It takes no deployment, of which an account has one in five seconds, and one
 * of the ten stages that an API may have.
 */
export interface TrialStage {
  /** @param path from the stage on */
  ask(path: string): Promise<HttpAnswer>;
  update(...patchOperations: readonly PatchOperation[]): Promise<void>;
}

export type TrialSettings = Pick<CreateStageRequest, 'variables' | 'canarySettings'> & {
  readonly deploymentId: string;
};

export const replace = (path: string, value: string): PatchOperation => ({ op: 'replace', path, value });

/** Runs `use` with a stage of the student's API, and deletes the stage whatever happens. */
export async function withTrialStage<T>(
  context: Context,
  stageName: string,
  settings: TrialSettings,
  use: (stage: TrialStage) => Promise<T>,
): Promise<T> {
  const { apigateway } = context.clients;
  const restApiId = apiOf(context).id;
  const address = context.apiUrl(restApiId, stageName);
  try {
    await create(context, { ...settings, restApiId, stageName });
    return await use({
      ask: (path) => context.http(`${address}${path}`),
      async update(...patchOperations) {
        await apigateway.send(
          new UpdateStageCommand({ restApiId, stageName, patchOperations: [...patchOperations] }),
        );
      },
    });
  } finally {
    await remove(context, restApiId, stageName);
  }
}

async function create(context: Context, request: CreateStageRequest): Promise<void> {
  const { clients, text } = context;
  try {
    await clients.apigateway.send(new CreateStageCommand(request));
  } catch (error) {
    if (error instanceof ConflictException) {
      await remove(context, request.restApiId ?? '', request.stageName ?? '');
      await clients.apigateway.send(new CreateStageCommand(request));
    } else if (error instanceof Error && /maximum number of stages/i.test(error.message)) {
      context.fail({ ...text.trial.full, actual: error.message });
    } else throw error;
  }
}

async function remove({ clients }: Context, restApiId: string, stageName: string): Promise<void> {
  try {
    await clients.apigateway.send(new DeleteStageCommand({ restApiId, stageName }), tidying());
  } catch (error) {
    if (!(error instanceof NotFoundException)) throw error;
  }
}
