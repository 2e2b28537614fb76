import type { Cloud } from '../../../../cloud.ts';
import type { IntegrationDefinition } from '../../definition/definition.ts';
import type { ApiResponse } from '../exchange.ts';
import type { Passage } from '../passage.ts';
import { serviceMapped } from './aws/integration.ts';
import { withDeadline } from '../../../../gateway/backends/deadline.ts';
import { misconfigured, timedOut } from './failures.ts';
import { httpMapped, httpProxy } from './http/integration.ts';
import { lambdaMapped } from './lambda/mapped.ts';
import { lambdaProxy } from './lambda/proxy.ts';
import { mock } from './mock.ts';

/** Asks a function that gets the request as it is. */
export type FunctionProxy = typeof lambdaProxy;

/**
 * Asks the method's back end.
 * @param proxy how functions are asked
 * @throws GatewayFailure
 */
export async function integrate(
  cloud: Cloud,
  passage: Passage,
  proxy: FunctionProxy = lambdaProxy,
): Promise<ApiResponse> {
  const { integration } = passage.route.method;
  if (integration === undefined) throw misconfigured();
  if (integration.type === 'MOCK') return mock(passage, integration);
  const started = cloud.clock.now();
  try {
    return await withDeadline(cloud.clock, integration.timeoutInMillis, timedOut, (over) =>
      asked(cloud, passage, integration, over, proxy),
    );
  } finally {
    const latency = cloud.clock.now() - started;
    passage.context.integration = { ...passage.context.integration, latency };
  }
}

async function asked(
  cloud: Cloud,
  passage: Passage,
  integration: IntegrationDefinition,
  over: AbortSignal,
  proxy: FunctionProxy,
): Promise<ApiResponse> {
  switch (integration.type) {
    case 'AWS_PROXY':
      return await proxy(cloud, passage, integration);
    case 'HTTP_PROXY':
      return await httpProxy(passage, integration, over);
    case 'HTTP':
      return await httpMapped(passage, integration, over);
    case 'AWS':
      return /^arn:[^:]+:apigateway:[^:]+:lambda:path\//.test(integration.uri ?? '')
        ? await lambdaMapped(cloud, passage, integration)
        : await serviceMapped(cloud, passage, integration, over);
    default:
      throw misconfigured();
  }
}
