import type { Cloud } from '../../../cloud.ts';
import type { ApiGatewayCatalogue } from '../port.ts';
import { authorize, type Deciding } from './access/authorize.ts';
import type { ResponseCache } from './cache/response-cache.ts';
import type { ApiResponse } from './exchange.ts';
import { integrate } from './integrations/integrate.ts';
import { javaMap } from './logs/java-map.ts';
import type { Buckets } from '../../../gateway/throttling/buckets.ts';
import { meter } from './metering/meter.ts';
import type { Observer } from './observe/observe.ts';
import type { Passage, StagePassage } from './passage.ts';

/** What requests at stages pass by. */
export interface Gates extends Deciding {
  readonly catalogue: ApiGatewayCatalogue;
  readonly buckets: Buckets;
  readonly responses: ResponseCache;
  readonly observer: Observer;
}

/**
 * Everything between the method that a request found and its answer.
 * @throws GatewayFailure
 */
export async function pass(gates: Gates, passage: StagePassage): Promise<ApiResponse> {
  const identifier = await authorize(gates, passage);
  meter(gates.catalogue, gates.buckets, passage, identifier);
  return await gates.responses.through(passage, () => execute(gates.cloud, passage));
}

/** What of it a test of a method does as well: validation, mappings, the back end. @throws GatewayFailure */
export async function execute(cloud: Cloud, passage: Passage): Promise<ApiResponse> {
  const { api, route, variables, context, log } = passage;
  const { request } = variables;
  log.info(() => `Starting execution for request: ${context.requestId}`);
  log.info(() => `HTTP Method: ${context.httpMethod}, Resource Path: ${route.resource.path}`);
  log.data(() => `Method request path: ${javaMap(request.path)}`);
  log.data(() => `Method request query string: ${javaMap(request.query)}`);
  log.data(() => `Method request headers: ${javaMap(request.headers)}`);
  log.data(() => `Method request body before transformations: ${request.body}`);
  api.validation.check(route.method, request);
  const response = await integrate(cloud, passage);
  log.data(
    () => `Method response body after transformations: ${Buffer.from(response.body).toString('utf8')}`,
  );
  log.data(() => `Method response headers: ${javaMap(response.headers)}`);
  log.info(() => 'Successfully completed execution');
  return response;
}
