import type { Cloud } from '../../../cloud.ts';
import type { Site } from '../../../service/site.ts';
import type { ApiGatewayCatalogue, ApiGatewayExecution } from '../port.ts';
import { stageSite } from './site.ts';

/** The data plane of REST APIs. */
export interface DataPlane extends ApiGatewayExecution {
  /** Answers at the addresses of stages. */
  readonly site: Site;
}

/** @param catalogue what is served */
export function createDataPlane(cloud: Cloud, catalogue: ApiGatewayCatalogue): DataPlane {
  return {
    site: stageSite(cloud, catalogue),
    flushCache: () => undefined,
    flushAuthorizers: () => undefined,
    testMethod: () => Promise.reject(new Error('TestInvokeMethod is being built.')),
    testAuthorizer: () => Promise.reject(new Error('TestInvokeAuthorizer is being built.')),
  };
}
