import type { Cloud } from '../../../cloud.ts';
import type { ApiResponse } from './exchange.ts';
import { integrate } from './integrations/integrate.ts';
import type { Passage } from './passage.ts';

/**
 * Everything between the method that a request found and its answer.
 * @throws GatewayFailure
 */
export async function pass(cloud: Cloud, passage: Passage): Promise<ApiResponse> {
  const { api, route, variables, context, log } = passage;
  log.info(() => `Starting execution for request: ${context.requestId}`);
  log.info(() => `HTTP Method: ${context.httpMethod}, Resource Path: ${route.resource.path}`);
  api.validation.check(route.method, variables.request);
  return await integrate(cloud, passage);
}
