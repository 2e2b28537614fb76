import {
  CreateDeploymentCommand,
  CreateRequestValidatorCommand,
  CreateResourceCommand,
  PutGatewayResponseCommand,
} from '@aws-sdk/client-api-gateway';
import type { HttpAnswer } from '../api.ts';
import { once } from './made-once.ts';
import { known, mock, mockWith } from './mock-method.ts';
import type { Source, Throwaway } from './throwaway.ts';
import { callAt, makeApi, type TrialApi } from './trial-api.ts';
import { unlessRefused } from './trial.ts';

/* One API for what a gateway does by itself: AWS takes one deployment in five seconds, and removes one API in thirty. */

const stage = 'trial';
/** What a mock, a refusal or a function of these trials says. */
export const mark = 'coldstart-probe-mark';

/** Tells what it was given as the path's parameter. */
const telling: Source = {
  runtime: 'nodejs24.x',
  file: 'index.mjs',
  code: `export const handler = async (event) => ({ statusCode: 200, body: event.pathParameters.id });`,
};

export type Ask = (path: string) => Promise<HttpAnswer>;
const sites = new WeakMap<Throwaway, Promise<Ask>>();

/** The API, made and deployed once. */
export const gatewaySite = (place: Throwaway): Promise<Ask> => once(sites, place, () => openSite(place));

/** What a server refuses of this is missing, and the rest may be there all the same. */
async function openSite(place: Throwaway): Promise<Ask> {
  const api = await makeApi(place);
  for (const part of [demanding, mocks, books, refusals])
    await unlessRefused(async () => {
      await part(place, api);
      return true;
    })(place);
  const { restApiId } = api;
  await place.clients.apigateway.send(new CreateDeploymentCommand({ restApiId, stageName: stage }));
  return (path) => place.ask(restApiId, stage, path, {});
}

/** `/demanding` wants a parameter. */
async function demanding(place: Throwaway, { restApiId, rootId, name }: TrialApi): Promise<void> {
  const validator = await place.clients.apigateway.send(
    new CreateRequestValidatorCommand({ restApiId, name, validateRequestParameters: true }),
  );
  await mock(place, restApiId, rootId, 'demanding', {
    authorizationType: 'NONE',
    requestValidatorId: known(validator.id),
    requestParameters: { 'method.request.querystring.q': true },
  });
}

/** Mocks, of which two lack one half of their mapping each. */
async function mocks(place: Throwaway, api: TrialApi): Promise<void> {
  const status = { 'application/json': '{"statusCode": 200}' };
  const body = { 'application/json': mark };
  const open = { authorizationType: 'NONE' };
  await mockWith(place, api, 'whole', open, { request: status, response: body });
  await mockWith(place, api, 'no-status', open, { response: body });
  await mockWith(place, api, 'no-body', open, { request: status });
}

/** A function answers at `/books/{id}`. */
async function books(place: Throwaway, { restApiId, rootId }: TrialApi): Promise<void> {
  const { id } = await place.clients.apigateway.send(
    new CreateResourceCommand({ restApiId, parentId: rootId, pathPart: 'books' }),
  );
  await callAt(place, { restApiId, rootId: known(id) }, telling, '{id}');
}

/** Refusals have a header of their own. */
async function refusals({ clients }: Throwaway, { restApiId }: TrialApi): Promise<void> {
  const responseParameters = { 'gatewayresponse.header.x-trial': `'${mark}'` };
  await clients.apigateway.send(
    new PutGatewayResponseCommand({ restApiId, responseType: 'DEFAULT_4XX', responseParameters }),
  );
}
