import * as schemas from '@aws-sdk/client-api-gateway/dist-es/schemas/schemas_0.js';
import { defineService } from '../../service/service.ts';
import { identities } from '../identities.ts';
import { createApiGateway } from './apigateway.ts';
import type { ApiGateway } from './client.ts';
import { createDataPlane, type DataPlane } from './execution/execution.ts';
import limits from './limits.json' with { type: 'json' };
import type { ApiGatewayPort } from './port.ts';

/** Amazon API Gateway (REST APIs). */
export default defineService<ApiGateway, ApiGatewayPort>({
  wire: identities.apigateway,
  schemas: schemas as Readonly<Record<string, unknown>>,
  limits,
  create(cloud) {
    let plane: DataPlane | undefined;
    const control = createApiGateway(cloud, (catalogue) => (plane = createDataPlane(cloud, catalogue)));
    return { ...control, ...(plane !== undefined && { site: plane.site }) };
  },
});
