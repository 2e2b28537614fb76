import type { Cloud } from '../../../../cloud.ts';
import { at, valuesOf, written } from '../../mapping/variables.ts';
import { StageCache } from '../../../../gateway/authorizers/stage-cache.ts';
import { methodArn } from '../access/arn.ts';
import { GatewayFailure, type ApiResponse } from '../exchange.ts';
import type { StagePassage } from '../passage.ts';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html */
const LARGEST = 1_048_576;
const NOT_ALLOWED = '199 - "Cache invalidation request is not authorized"';

/** Answers that a stage keeps for a time. */
export class ResponseCache {
  readonly #cloud: Cloud;
  readonly #responses: StageCache<ApiResponse>;

  constructor(cloud: Cloud) {
    this.#cloud = cloud;
    this.#responses = new StageCache(() => cloud.clock.now(), 2000);
  }

  /**
   * The kept answer to a request, or else a new one, which is kept.
   * @throws GatewayFailure of `answer`, and ACCESS_DENIED for a client that may not make it be asked again
   */
  async through(passage: StagePassage, answer: () => Promise<ApiResponse>): Promise<ApiResponse> {
    const ttl = secondsFor(passage);
    if (ttl === 0) return await answer();
    const stage = `${passage.context.apiId}/${passage.context.stage}`;
    const key = keyOf(passage);
    const invalidation = await this.#invalidation(passage);
    if (invalidation === 'allowed') this.#responses.delete(stage, key);
    const warned = (response: ApiResponse): ApiResponse =>
      invalidation === 'warned'
        ? { ...response, headers: { ...response.headers, Warning: [NOT_ALLOWED] } }
        : response;
    const kept = this.#responses.get(stage, key);
    passage.cached = kept === undefined ? 'miss' : 'hit';
    if (kept !== undefined) {
      passage.log.info(() => 'Response found in cache');
      return warned(kept);
    }
    const response = await answer();
    if (response.status === 200 && response.body.length <= LARGEST)
      this.#responses.set(stage, key, response, ttl);
    return warned(response);
  }

  forget(apiId: string, stageName: string): void {
    this.#responses.forget(`${apiId}/${stageName}`);
  }

  /** Whether a client asks for a new answer, and may. @throws GatewayFailure ACCESS_DENIED */
  async #invalidation(passage: StagePassage): Promise<'allowed' | 'warned' | 'ignored'> {
    const control = valuesOf(passage.request.headers, 'cache-control', true) ?? [];
    if (!control.some((value) => /(?:^|,)\s*max-age\s*=\s*0\b/i.test(value))) return 'ignored';
    const { settings } = passage;
    if (settings?.requireAuthorizationForCacheControl !== true) return 'allowed';
    if (await this.#mayInvalidate(passage)) return 'allowed';
    switch (settings.unauthorizedCacheControlHeaderStrategy) {
      case 'FAIL_WITH_403':
        throw new GatewayFailure('ACCESS_DENIED', 'Cache invalidation request is not authorized');
      case 'SUCCEED_WITHOUT_RESPONSE_HEADER':
        return 'ignored';
      default:
        return 'warned';
    }
  }

  async #mayInvalidate(passage: StagePassage): Promise<boolean> {
    const visitor = await passage.visitor();
    if (visitor.kind !== 'signed' || visitor.principal.account !== passage.scope.account) return false;
    const { principal } = visitor;
    if (principal.kind === 'root') return true;
    const iam = await this.#cloud.port('iam');
    const { account, roleName } = principal;
    return iam.roleAllows(account, roleName, 'execute-api:InvalidateCache', methodArn(passage));
  }
}

/** For how long the method's answers are kept. Only GET, unless a method has settings of its own. */
function secondsFor({ stage, settings, context, ownSettings, side }: StagePassage): number {
  if (stage.served.stage.cacheClusterEnabled !== true || settings?.cachingEnabled !== true) return 0;
  if (context.httpMethod !== 'GET' && !ownSettings) return 0;
  if (side.isCanary && stage.served.stage.canarySettings?.useStageCache !== true) {
    // The canary's answers are its own; nothing keeps them.
    return 0;
  }
  return settings.cacheTtlInSeconds ?? 300;
}

/* Only what is named as a key tells requests apart. */
function keyOf({ route, context, variables }: StagePassage): string {
  const { cacheNamespace, cacheKeyParameters = [] } = route.method.integration ?? {};
  const { request } = variables;
  const values = cacheKeyParameters.map((parameter) => {
    const [, place, name = ''] = /^(?:method|integration)\.request\.(\w+)\.(.+)$/.exec(parameter) ?? [];
    switch (place) {
      case 'path':
        return Object.hasOwn(request.path, name) ? (request.path[name] ?? null) : null;
      case 'querystring':
      case 'multivaluequerystring':
        return valuesOf(request.query, name, false) ?? null;
      case 'header':
      case 'multivalueheader':
        return valuesOf(request.headers, name, true) ?? null;
      default:
        return parameter.startsWith('context.') ? (written(at(context, parameter.slice(8))) ?? null) : null;
    }
  });
  return JSON.stringify([
    cacheNamespace ?? route.resource.id,
    route.resource.id,
    context.httpMethod,
    ...values,
  ]);
}
