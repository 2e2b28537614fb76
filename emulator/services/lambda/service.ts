import * as schemas from '@aws-sdk/client-lambda/dist-es/schemas/schemas_0.js';
import { defineService } from '../../service/service.ts';
import { identities } from '../identities.ts';
import type { LambdaClientModule } from './context.ts';
import { createLambda } from './lambda.ts';
import limits from './limits.json' with { type: 'json' };
import type { LambdaPort } from './port.ts';

/** AWS Lambda. */
export default defineService<LambdaClientModule, LambdaPort>({
  wire: identities.lambda,
  schemas: schemas as Readonly<Record<string, unknown>>,
  limits,
  create: (cloud) =>
    createLambda(cloud, async () => {
      const [logs, iam, { createExecution }] = await Promise.all([
        cloud.port('logs'),
        cloud.port('iam'),
        import('./execution/create.ts'),
      ]);
      return createExecution(cloud, { logs, iam });
    }),
});
