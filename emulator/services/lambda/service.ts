import * as schemas from '@aws-sdk/client-lambda/dist-es/schemas/schemas_0.js';
import { ServiceFailure } from '../../service/failure.ts';
import { defineService } from '../../service/service.ts';
import { identities } from '../identities.ts';
import type { LambdaClientModule } from './context.ts';
import { createLambda } from './lambda.ts';
import { downloadPaths } from './package/downloads.ts';
import type { LambdaPort } from './port.ts';

/** AWS Lambda. */
export default defineService<LambdaClientModule, LambdaPort>({
  wire: { ...identities.lambda, addresses: downloadPaths },
  schemas,
  limits: {},
  create: (cloud) =>
    createLambda(cloud, () =>
      Promise.reject(new ServiceFailure('ServiceException', 'Execution is still being built.')),
    ),
});
