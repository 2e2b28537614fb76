import * as schemas from '@aws-sdk/client-apigatewaymanagementapi/dist-es/schemas/schemas_0.js';
import { defineService } from '../../service/service.ts';
import type { ServiceWire } from '../../wire/wire.ts';
import { identities } from '../identities.ts';
import { answerAtStage } from './answer.ts';
import type { ManagementApi } from './client.ts';
import { connectionOperations } from './operations.ts';
import type { ManagementPort } from './port.ts';

const wire = {
  wire: identities.apigatewaymanagementapi,
  schemas: schemas as Readonly<Record<string, unknown>>,
  // A message that is too long has an error of its own.
  limits: {},
};

/** Amazon API Gateway Management API: what a back end says to the clients of a WebSocket API. */
export default defineService<ManagementApi, ManagementPort>({
  ...wire,
  create(cloud) {
    let codec: Promise<ServiceWire> | undefined;
    const load = async (): Promise<ServiceWire> => {
      const { serviceWire } = await import('../../wire/service-wire.ts');
      return serviceWire(wire);
    };
    return {
      operations: connectionOperations(undefined),
      port: { answer: answerAtStage(cloud, () => (codec ??= load())) },
    };
  },
});
