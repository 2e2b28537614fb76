import {
  CreateDeploymentCommand,
  CreateResourceCommand,
  CreateStageCommand,
  PutIntegrationCommand,
  PutMethodCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-api-gateway';
import { once, roleOf } from './made-once.ts';
import { known, mock } from './mock-method.ts';
import type { Source, Throwaway } from './throwaway.ts';
import { invocationUri, makeApi, openToApis, type TrialApi } from './trial-api.ts';
import { unlessRefused, type Trial } from './trial.ts';

const stage = 'trial';
const mark = 'coldstart-probe-mark';

const answering: Source = {
  runtime: 'nodejs24.x',
  file: 'index.mjs',
  code: `export const handler = async () => ({ statusCode: 200, body: '${mark}' });`,
};

interface Site {
  readonly apiId: string;
  /** Has `/one`, and `/called` where the server takes a variable in a URI. The stage points at it. */
  readonly older: string;
  /** Has `/two` beside them; no stage points at it. */
  readonly newer: string;
  /** Whether the stage comes to answer as it is wanted. */
  readonly comes: (path: string, wanted: (status: number, text: string) => boolean) => Promise<boolean>;
}

const sites = new WeakMap<Throwaway, Promise<Site>>();
const siteOf = (place: Throwaway) => once(sites, place, () => openSite(place));

async function openSite(place: Throwaway): Promise<Site> {
  const { apigateway } = place.clients;
  const api = await makeApi(place);
  const { restApiId, rootId } = api;
  const open = { authorizationType: 'NONE' };
  await mock(place, restApiId, rootId, 'one', open);
  // Some servers refuse a variable in a URI, and may have the other behaviours all the same.
  let functionName = '';
  await unlessRefused(async () => {
    functionName = await callByVariable(place, api);
    return true;
  })(place);
  const variables = functionName === '' ? undefined : { name: functionName };
  const older = await apigateway.send(
    new CreateDeploymentCommand({ restApiId, stageName: stage, variables }),
  );
  await mock(place, restApiId, rootId, 'two', open);
  const newer = await apigateway.send(new CreateDeploymentCommand({ restApiId }));
  return {
    apiId: restApiId,
    older: known(older.id),
    newer: known(newer.id),
    async comes(path, wanted) {
      const come = await place.until('deployment', async () => {
        const { status, text } = await place.ask(restApiId, stage, path, {});
        return wanted(status, text) || undefined;
      });
      return come === true;
    },
  };
}

/** Makes `/called`, whose stage says which function it calls. @returns the function's name */
async function callByVariable(place: Throwaway, { restApiId, rootId }: TrialApi): Promise<string> {
  const { apigateway } = place.clients;
  const functionName = await place.make(answering, await roleOf(place));
  const arn = await openToApis(place, functionName);
  const { id } = await apigateway.send(
    new CreateResourceCommand({ restApiId, parentId: rootId, pathPart: 'called' }),
  );
  const method = { restApiId, resourceId: known(id), httpMethod: 'GET' };
  await apigateway.send(new PutMethodCommand({ ...method, authorizationType: 'NONE' }));
  await apigateway.send(
    new PutIntegrationCommand({
      ...method,
      type: 'AWS_PROXY',
      integrationHttpMethod: 'POST',
      uri: invocationUri(arn.replace(/[^:]+$/, '${stageVariables.name}')),
    }),
  );
  return functionName;
}

const isThere = (status: number) => status === 200;
const isNot = (status: number) => status !== 200;

/** Whether stages show deployments as they were taken, divide requests between them, and fill variables in. */
export const stageTrials = {
  deploymentSnapshots: unlessRefused(async (place) => {
    const { apiId, older, newer, comes } = await siteOf(place);
    const point = (value: string) =>
      place.clients.apigateway.send(
        new UpdateStageCommand({
          restApiId: apiId,
          stageName: stage,
          patchOperations: [{ op: 'replace', path: '/deploymentId', value }],
        }),
      );
    if (!(await comes('/one', isThere))) return false;
    // The stage has never had it: a server that shows it now has taken no snapshot, and waiting changes nothing.
    if (isThere((await place.ask(apiId, stage, '/two', {})).status)) return false;
    await point(newer);
    if (!(await comes('/two', isThere))) return false;
    await point(older);
    return comes('/two', isNot);
  }),

  stageVariableUris: unlessRefused(async (place) => {
    const { comes } = await siteOf(place);
    return comes('/called', (status, text) => status === 200 && text === mark);
  }),

  canaryReleases: unlessRefused(async (place) => {
    const { apiId, older, newer } = await siteOf(place);
    const stageName = 'canary';
    await place.clients.apigateway.send(
      new CreateStageCommand({
        restApiId: apiId,
        stageName,
        deploymentId: older,
        canarySettings: { deploymentId: newer, percentTraffic: 100 },
      }),
    );
    const come = await place.until('deployment', async () => {
      const { status } = await place.ask(apiId, stageName, '/two', {});
      return status === 200 || undefined;
    });
    return come === true;
  }),

  canaryPromotions: unlessRefused(async (place) => {
    const { apiId: restApiId, older, newer } = await siteOf(place);
    const { apigateway } = place.clients;
    const stageName = 'promoted';
    await apigateway.send(
      new CreateStageCommand({
        restApiId,
        stageName,
        deploymentId: older,
        canarySettings: { deploymentId: newer, percentTraffic: 0 },
      }),
    );
    const { deploymentId } = await apigateway.send(
      new UpdateStageCommand({
        restApiId,
        stageName,
        patchOperations: [{ op: 'copy', from: '/canarySettings/deploymentId', path: '/deploymentId' }],
      }),
    );
    return deploymentId === newer;
  }),
} as const satisfies Readonly<Record<string, Trial>>;
