/*
 * Takes deployments and moves stages between them. A deployment never changes; a stage is a name that points at one,
 * with variables of its own. So a release is one update of a stage, and so is the way back.
 */
import {
  APIGatewayClient,
  CreateDeploymentCommand,
  CreateStageCommand,
  NotFoundException,
  UpdateStageCommand,
  paginateGetDeployments,
  type PatchOperation,
} from '@aws-sdk/client-api-gateway';
import { once } from './changelog.ts';

// An account may take one deployment in five seconds. The SDK waits and tries again by itself.
const gateway = new APIGatewayClient({ maxAttempts: 10 });

export interface Stage {
  readonly apiId: string;
  readonly stageName: string;
}

/** A deployment of the API, and the alias whose function goes with it. */
export interface Release {
  readonly deployment: string;
  readonly alias: string;
}

/**
 * Takes a snapshot of the API as it is being edited now, for no stage yet. One that was taken under this description
 * before is found again, as it was then.
 * @returns the id of the deployment
 */
export async function takeDeployment(apiId: string, description: string): Promise<string> {
  const pages = paginateGetDeployments({ client: gateway, pageSize: 500 }, { restApiId: apiId });
  for await (const { items = [] } of pages) {
    const found = items.find((deployment) => deployment.description === description);
    if (found?.id !== undefined) return found.id;
  }
  const { id } = await gateway.send(new CreateDeploymentCommand({ restApiId: apiId, description }));
  if (id === undefined) throw new Error(`the deployment of ${description} has no id`);
  console.log(`deployment ${id}: ${description}`);
  return id;
}

/** Points the stage at a release. Where there is no such stage, it is made. */
export const deploy = (stage: Stage, release: Release): Promise<void> =>
  once(eventOf('deploy', stage, release), async () => {
    try {
      await update(stage, ...pointingAt(release));
    } catch (error) {
      if (!(error instanceof NotFoundException)) throw error;
      const { deployment, alias } = release;
      await gateway.send(
        new CreateStageCommand({
          restApiId: stage.apiId,
          stageName: stage.stageName,
          deploymentId: deployment,
          variables: { alias },
        }),
      );
    }
  });

/** Sends a part of the stage's requests to a release, and the others where they went before. */
export const startCanary = (stage: Stage, release: Release, percent: number): Promise<void> =>
  once(eventOf(`canary ${percent} %`, stage, release), () =>
    update(
      stage,
      replace('/canarySettings/deploymentId', release.deployment),
      replace('/canarySettings/percentTraffic', String(percent)),
      replace('/canarySettings/stageVariableOverrides/alias', release.alias),
    ),
  );

/** Gives all requests to the canary: the stage takes its deployment and its variables, and the canary goes. */
export const promote = (stage: Stage, release: Release): Promise<void> =>
  once(eventOf('promote', stage, release), async () => {
    await update(stage, { op: 'copy', from: '/canarySettings/deploymentId', path: '/deploymentId' });
    await update(stage, { op: 'remove', path: '/canarySettings' });
  });

/** Points the stage at a release that it had before. Nothing is built for it. */
export const rollBack = (stage: Stage, release: Release): Promise<void> =>
  once(eventOf('roll back', stage, release), () => update(stage, ...pointingAt(release)));

/** Where the stage answers. */
export async function addressOf({ apiId, stageName }: Stage): Promise<string> {
  const local = process.env.AWS_ENDPOINT_URL;
  if (local !== undefined) return new URL(`/_aws/execute-api/${apiId}/${stageName}`, local).href;
  return `https://${apiId}.execute-api.${await gateway.config.region()}.amazonaws.com/${stageName}`;
}

/** A deployment holds no variables: both have to change, and change together. */
const pointingAt = ({ deployment, alias }: Release): PatchOperation[] => [
  replace('/deploymentId', deployment),
  replace('/variables/alias', alias),
];

const replace = (path: string, value: string): PatchOperation => ({ op: 'replace', path, value });

async function update({ apiId, stageName }: Stage, ...patchOperations: PatchOperation[]): Promise<void> {
  await gateway.send(new UpdateStageCommand({ restApiId: apiId, stageName, patchOperations }));
}

const eventOf = (action: string, { stageName }: Stage, release: Release) => ({
  stage: stageName,
  action,
  ...release,
});
