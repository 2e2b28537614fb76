import * as schemas from '@aws-sdk/client-apigatewayv2/dist-es/schemas/schemas_0.js';
import { defineService } from '../../service/service.ts';
import { identities } from '../identities.ts';
import { createApiGatewayV2 } from './apigatewayv2.ts';
import type { ApiGatewayV2 } from './client.ts';
import { createHttpPlane, type HttpPlane } from './http/http.ts';
import limits from './limits.json' with { type: 'json' };
import type { ApiGatewayV2Port } from './port.ts';
import { apiSite } from './site.ts';
import { createWebSocketPlane } from './websocket/websocket.ts';

/** Amazon API Gateway v2 (HTTP and WebSocket APIs). */
export default defineService<ApiGatewayV2, ApiGatewayV2Port>({
  wire: identities.apigatewayv2,
  schemas: schemas as Readonly<Record<string, unknown>>,
  limits,
  create(cloud) {
    let http: HttpPlane | undefined;
    const control = createApiGatewayV2(cloud, (catalogue) => (http = createHttpPlane(cloud, catalogue)));
    const webSocket = createWebSocketPlane(cloud, control.port.catalogue);
    return {
      ...control,
      site: apiSite(cloud, control.port.catalogue, {
        WEBSOCKET: webSocket.site,
        ...(http !== undefined && { HTTP: http.site }),
      }),
      door: webSocket.door,
      stop: webSocket.stop,
    };
  },
});
