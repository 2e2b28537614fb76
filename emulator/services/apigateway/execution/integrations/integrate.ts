import type { Cloud } from '../../../../cloud.ts';
import type { ApiResponse } from '../exchange.ts';
import type { Passage } from '../passage.ts';
import { withDeadline } from './deadline.ts';
import { misconfigured } from './failures.ts';
import { lambdaProxy } from './lambda/proxy.ts';
import { mock } from './mock.ts';

/** Asks the method's back end. @throws GatewayFailure */
export async function integrate(cloud: Cloud, passage: Passage): Promise<ApiResponse> {
  const { integration } = passage.route.method;
  if (integration === undefined) throw misconfigured();
  if (integration.type === 'MOCK') return mock(passage, integration);
  const started = cloud.clock.now();
  try {
    return await withDeadline(
      cloud.clock,
      integration.timeoutInMillis,
      lambdaProxy(cloud, passage, integration),
    );
  } finally {
    const latency = cloud.clock.now() - started;
    passage.context.integration = { ...passage.context.integration, latency };
  }
}
