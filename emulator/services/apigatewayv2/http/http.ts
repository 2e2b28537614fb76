import type { Cloud } from '../../../cloud.ts';
import { StageCache } from '../../../gateway/authorizers/stage-cache.ts';
import { Buckets } from '../../../gateway/throttling/buckets.ts';
import { discoveredKeySet, IssuerKeys } from '../../../gateway/tokens/issuer-keys.ts';
import type { ApiGatewayV2Catalogue, ApiGatewayV2Execution } from '../port.ts';
import type { Plane } from '../site.ts';
import type { Verdict } from './access/verdict.ts';
import { HttpMetrics } from './observe/metrics.ts';
import type { Gates } from './passage.ts';
import { httpSite } from './site.ts';

/** The data plane of HTTP APIs. */
export interface HttpPlane extends ApiGatewayV2Execution {
  /** Answers at the addresses of stages. */
  readonly site: Plane;
}

/** @param catalogue what is served */
export function createHttpPlane(cloud: Cloud, catalogue: ApiGatewayV2Catalogue): HttpPlane {
  const now = (): number => cloud.clock.now();
  const verdicts = new StageCache<Verdict>(now);
  const gates: Gates = {
    cloud,
    catalogue,
    verdicts,
    buckets: new Buckets(now),
    issuers: new IssuerKeys(now, discoveredKeySet),
    metrics: new HttpMetrics(cloud),
  };
  catalogue.onStageChange((apiId, stageName) => {
    if (catalogue.stageOf(apiId, stageName) === undefined) verdicts.forget(`${apiId}/${stageName}`);
  });
  return {
    site: httpSite(gates),
    flushAuthorizers: (apiId, stageName) => verdicts.forget(`${apiId}/${stageName}`),
  };
}
