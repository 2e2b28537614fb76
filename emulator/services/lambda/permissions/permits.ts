import { decide } from '../../../policy/decide.ts';
import { parsePolicy } from '../../../policy/parse.ts';
import type { Scope } from '../../../service/call.ts';
import { functionArn } from '../names/name.ts';
import { policyText } from './policy.ts';
import type { Statement } from './statement.ts';

/** A service that wants to invoke a function for one of its resources. */
export interface ServiceCaller {
  /** For example `apigateway.amazonaws.com`. */
  readonly service: string;
  readonly sourceArn: string;
  readonly sourceAccount: string;
}

/**
 * Whether a resource-based policy lets a service invoke a function.
 * @param statements those of the function, or of the version or alias that the qualifier names: each has a policy of its own
 */
export function permits(
  scope: Scope,
  name: string,
  statements: readonly Statement[],
  caller: ServiceCaller,
  qualifier: string | undefined,
): boolean {
  if (statements.length === 0) return false;
  const policy = parsePolicy(policyText(statements), 'resource');
  const { decision } = decide([policy], {
    requester: { kind: 'service', name: caller.service },
    action: 'lambda:InvokeFunction',
    resource: functionArn(scope, name, qualifier),
    context: { 'aws:SourceArn': caller.sourceArn, 'aws:SourceAccount': caller.sourceAccount },
  });
  return decision === 'allow';
}
