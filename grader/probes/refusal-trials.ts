import {
  CreateDeploymentCommand,
  CreateRequestValidatorCommand,
  PutGatewayResponseCommand,
} from '@aws-sdk/client-api-gateway';
import type { HttpAnswer } from '../api.ts';
import { once } from './made-once.ts';
import { known, mock } from './mock-method.ts';
import type { Throwaway } from './throwaway.ts';
import { makeApi } from './trial-api.ts';
import { unlessRefused, type Trial } from './trial.ts';

const stage = 'trial';
const mark = 'coldstart-probe-mark';

type Ask = (path: string) => Promise<HttpAnswer>;
const sites = new WeakMap<Throwaway, Promise<Ask>>();
const siteOf = (place: Throwaway) => once(sites, place, () => openSite(place));

/** An API whose `/demanding` wants a parameter, and whose refusals have a header of their own. */
async function openSite(place: Throwaway): Promise<Ask> {
  const { apigateway } = place.clients;
  const { restApiId, rootId, name } = await makeApi(place);
  const validator = await apigateway.send(
    new CreateRequestValidatorCommand({ restApiId, name, validateRequestParameters: true }),
  );
  await mock(place, restApiId, rootId, 'demanding', {
    authorizationType: 'NONE',
    requestValidatorId: known(validator.id),
    requestParameters: { 'method.request.querystring.q': true },
  });
  // Some servers do not have this one, and may have the other behaviour all the same.
  await unlessRefused(async () => {
    const responseParameters = { 'gatewayresponse.header.x-trial': `'${mark}'` };
    await apigateway.send(
      new PutGatewayResponseCommand({ restApiId, responseType: 'DEFAULT_4XX', responseParameters }),
    );
    return true;
  })(place);
  await apigateway.send(new CreateDeploymentCommand({ restApiId, stageName: stage }));
  return (path) => place.ask(restApiId, stage, path, {});
}

/** Whether a gateway refuses what a method's validator should, and in the words that an API has chosen. */
export const refusalTrials = {
  requestValidation: unlessRefused(async (place) => {
    const ask = await siteOf(place);
    const open = await place.until(
      'deployment',
      async () => (await ask('/demanding?q=1')).status === 200 || undefined,
    );
    return open === true && (await ask('/demanding')).status === 400;
  }),

  gatewayResponses: unlessRefused(async (place) => {
    const ask = await siteOf(place);
    const told = await place.until(
      'deployment',
      async () => (await ask('/nowhere')).header('x-trial') === mark || undefined,
    );
    return told === true;
  }),
} as const satisfies Readonly<Record<string, Trial>>;
