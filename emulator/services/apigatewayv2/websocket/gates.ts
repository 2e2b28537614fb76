import type { Cloud } from '../../../cloud.ts';
import type { Buckets } from '../../../gateway/throttling/buckets.ts';
import type { ApiGatewayCatalogue } from '../../apigateway/port.ts';
import type { Connections } from '../connections/connections.ts';
import type { ApiGatewayV2Catalogue } from '../port.ts';
import type { Observer } from './observe/observe.ts';

/** What everything that happens on WebSocket connections passes by. */
export interface Gates {
  readonly cloud: Cloud;
  readonly catalogue: ApiGatewayV2Catalogue;
  readonly connections: Connections;
  readonly buckets: Buckets;
  readonly observer: Observer;
  /** What is kept with REST APIs: the account's role for logs, API keys and usage plans. */
  readonly rest: () => ApiGatewayCatalogue;
}
