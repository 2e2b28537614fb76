import * as schemas from '@aws-sdk/client-apigatewayv2/dist-es/schemas/schemas_0.js';
import type { Cloud } from '../../cloud.ts';
import { resourceNames } from '../../gateway/named-resources.ts';
import type { RunningService } from '../../service/service.ts';
import { catalogue } from './catalogue.ts';
import type { ApiGatewayV2, ApiGatewayV2Operations } from './client.ts';
import type { ApiGatewayV2Catalogue, ApiGatewayV2Execution, ApiGatewayV2Port } from './port.ts';
import { ApiStore } from './store/store.ts';

/**
 * Amazon API Gateway, HTTP and WebSocket APIs.
 * @param run makes the data planes, which ask the catalogue
 */
export function createApiGatewayV2(
  cloud: Cloud,
  run?: (catalogue: ApiGatewayV2Catalogue) => ApiGatewayV2Execution,
): RunningService<ApiGatewayV2, ApiGatewayV2Port> {
  const apis = new ApiStore(cloud);
  const lookups = catalogue(apis);
  run?.(lookups);
  const operations = {} satisfies ApiGatewayV2Operations;
  return {
    operations,
    port: { catalogue: lookups },
    resources: resourceNames(operations, schemas as Readonly<Record<string, unknown>>),
  };
}
