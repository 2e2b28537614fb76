import type { Cloud } from '../../../cloud.ts';
import type { Site } from '../../../service/site.ts';
import type { ApiGatewayCatalogue, ApiGatewayExecution } from '../port.ts';
import { PoolKeys } from './access/cognito/keys.ts';
import { StageCache } from '../../../gateway/authorizers/stage-cache.ts';
import type { Verdict } from './access/lambda-authorizer/verdict.ts';
import { ResponseCache } from './cache/response-cache.ts';
import { Observer } from './observe/observe.ts';
import { testAuthorizer } from './test-invoke/authorizer.ts';
import { testMethod } from './test-invoke/method.ts';
import { Buckets } from '../../../gateway/throttling/buckets.ts';
import type { Gates } from './pipeline.ts';
import { stageSite } from './site.ts';

/** The data plane of REST APIs. */
export interface DataPlane extends ApiGatewayExecution {
  /** Answers at the addresses of stages. */
  readonly site: Site;
}

/** @param catalogue what is served */
export function createDataPlane(cloud: Cloud, catalogue: ApiGatewayCatalogue): DataPlane {
  const now = (): number => cloud.clock.now();
  const verdicts = new StageCache<Verdict>(now);
  const gates: Gates = {
    cloud,
    catalogue,
    verdicts,
    poolKeys: new PoolKeys(now),
    buckets: new Buckets(now),
    responses: new ResponseCache(cloud),
    observer: new Observer(cloud),
  };
  catalogue.onStageChange((apiId, stageName) => {
    if (catalogue.stageOf(apiId, stageName) !== undefined) return;
    verdicts.forget(`${apiId}/${stageName}`);
    gates.responses.forget(apiId, stageName);
  });
  return {
    site: stageSite(gates),
    flushCache: (apiId, stageName) => gates.responses.forget(apiId, stageName),
    flushAuthorizers: (apiId, stageName) => verdicts.forget(`${apiId}/${stageName}`),
    testMethod: (scope, request) => testMethod(gates, scope, request),
    testAuthorizer: (scope, request) => testAuthorizer(gates, scope, request),
  };
}
