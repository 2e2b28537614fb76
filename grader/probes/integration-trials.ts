import {
  CreateDeploymentCommand,
  CreateResourceCommand,
  PutIntegrationCommand,
  PutIntegrationResponseCommand,
  PutMethodCommand,
  PutMethodResponseCommand,
} from '@aws-sdk/client-api-gateway';
import type { HttpAnswer } from '../api.ts';
import { once } from './made-once.ts';
import { known } from './mock-method.ts';
import type { Source, Throwaway } from './throwaway.ts';
import { callAt, makeApi, type TrialApi } from './trial-api.ts';
import { unlessRefused, type Trial } from './trial.ts';

const stage = 'trial';
const mark = 'coldstart-probe-mark';

/** Tells what it was given as the path's parameter. */
const telling: Source = {
  runtime: 'nodejs24.x',
  file: 'index.mjs',
  code: `export const handler = async (event) => ({ statusCode: 200, body: event.pathParameters.id });`,
};

type Ask = (path: string) => Promise<HttpAnswer>;
const sites = new WeakMap<Throwaway, Promise<Ask>>();
const siteOf = (place: Throwaway) => once(sites, place, () => openSite(place));

/** An API with a function at `/books/{id}`, and mocks that lack one half of their mapping each. */
async function openSite(place: Throwaway): Promise<Ask> {
  const { apigateway } = place.clients;
  const api = await makeApi(place);
  const { restApiId } = api;
  const books = await apigateway.send(
    new CreateResourceCommand({ restApiId, parentId: api.rootId, pathPart: 'books' }),
  );
  await callAt(place, { ...api, rootId: known(books.id) }, telling, '{id}');
  const status = { 'application/json': '{"statusCode": 200}' };
  const body = { 'application/json': mark };
  await mockWith(place, api, 'whole', status, body);
  await mockWith(place, api, 'no-status', undefined, body);
  await mockWith(place, api, 'no-body', status, undefined);
  await apigateway.send(new CreateDeploymentCommand({ restApiId, stageName: stage }));
  return (path) => place.ask(restApiId, stage, path, {});
}

type Templates = Record<string, string> | undefined;

async function mockWith(
  { clients: { apigateway } }: Throwaway,
  { restApiId, rootId }: TrialApi,
  pathPart: string,
  requestTemplates: Templates,
  responseTemplates: Templates,
): Promise<void> {
  const { id } = await apigateway.send(new CreateResourceCommand({ restApiId, parentId: rootId, pathPart }));
  const method = { restApiId, resourceId: known(id), httpMethod: 'GET' };
  const statusCode = '200';
  await apigateway.send(new PutMethodCommand({ ...method, authorizationType: 'NONE' }));
  await apigateway.send(new PutIntegrationCommand({ ...method, type: 'MOCK', requestTemplates }));
  await apigateway.send(new PutMethodResponseCommand({ ...method, statusCode }));
  await apigateway.send(new PutIntegrationResponseCommand({ ...method, statusCode, responseTemplates }));
}

/** Whether integrations map requests and answers as API Gateway does. */
export const integrationTrials = {
  encodedPathParameters: unlessRefused(async (place) => {
    const ask = await siteOf(place);
    let last: HttpAnswer | undefined;
    await place.until('deployment', async () => {
      last = await ask('/books/a%20b');
      return last.status === 200 || undefined;
    });
    return last?.text === 'a%20b';
  }),

  mockTemplates: unlessRefused(async (place) => {
    const ask = await siteOf(place);
    const whole = await place.until(
      'deployment',
      async () => (await ask('/whole')).text === mark || undefined,
    );
    if (whole !== true) return false;
    const [noStatus, noBody] = [await ask('/no-status'), await ask('/no-body')];
    return noStatus.status === 500 && noBody.status === 200 && noBody.text === '';
  }),
} as const satisfies Readonly<Record<string, Trial>>;
