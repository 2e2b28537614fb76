import { decide } from '../../../policy/decide.ts';
import { parsePolicy } from '../../../policy/parse.ts';
import type { Policy } from '../../../policy/policy.ts';
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

/** Read once: an API asks at every request, and statements are replaced, never changed in place. */
const policies = new WeakMap<readonly Statement[], Policy>();

function policyOf(statements: readonly Statement[]): Policy {
  const known = policies.get(statements);
  if (known !== undefined) return known;
  const policy = parsePolicy(policyText(statements), 'resource');
  policies.set(statements, policy);
  return policy;
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
  const { decision } = decide([policyOf(statements)], {
    requester: { kind: 'service', name: caller.service },
    action: 'lambda:InvokeFunction',
    resource: functionArn(scope, name, qualifier),
    context: { 'aws:SourceArn': caller.sourceArn, 'aws:SourceAccount': caller.sourceAccount },
  });
  return decision === 'allow';
}
