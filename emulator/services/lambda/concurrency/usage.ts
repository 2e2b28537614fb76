import type { Cloud } from '../../../cloud.ts';
import type { Scope } from '../../../service/call.ts';
import { metricsOf } from '../metrics/metrics.ts';
import type { FunctionReference } from '../names/name.ts';
import type { Provisioning } from './provisioning.ts';

/**
 * Counts an invocation of a version that has provisioned concurrency: whether an environment that was initialised
 * beforehand took it, and how many of them are at work with it (Developer Guide, "Concurrency metrics").
 */
export function countProvisioned(
  cloud: Cloud,
  provisioning: Provisioning,
  invoked: { readonly scope: Scope; readonly reference: FunctionReference; readonly version: string },
  kind: 'provisioned' | 'on-demand',
): void {
  const { scope, reference, version } = invoked;
  const { ready, atWork } = provisioning.state(scope, reference.name, version);
  const metrics = metricsOf(cloud);
  if (kind === 'on-demand') {
    if (provisioning.wanted(scope, reference.name, version) === 0) return;
    metrics.count(scope, reference, 'ProvisionedConcurrencySpilloverInvocations');
  } else {
    metrics.count(scope, reference, 'ProvisionedConcurrencyInvocations');
  }
  const now = kind === 'provisioned' ? atWork + 1 : atWork;
  metrics.level(scope, reference, 'ProvisionedConcurrentExecutions', now);
  if (ready > 0) metrics.level(scope, reference, 'ProvisionedConcurrencyUtilization', now / ready);
}
