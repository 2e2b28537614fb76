import type { Call, Scope } from '../../../service/call.ts';
import { decide } from '../../../policy/decide.ts';
import { parsePolicy } from '../../../policy/parse.ts';
import { policyText } from '../permissions/policy.ts';
import { layerArn } from './layers.ts';
import type { LayerVersionRecord } from './layers.ts';

/** Whether a caller may use a layer version: its own account's always, another's where the policy says so. */
export function mayUse(call: Call, scope: Scope, layer: LayerVersionRecord): boolean {
  if (call.account === scope.account) return true;
  if (layer.statements.length === 0) return false;
  const policy = parsePolicy(policyText(layer.statements), 'resource');
  const { decision } = decide([policy], {
    requester: { kind: 'aws', account: call.account, arn: call.principal.arn },
    action: 'lambda:GetLayerVersion',
    resource: layerArn(scope, layer.name, layer.version),
  });
  return decision === 'allow';
}
