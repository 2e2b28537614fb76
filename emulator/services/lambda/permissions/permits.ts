import { decide } from '../../../policy/decide.ts';
import { parsePolicy } from '../../../policy/parse.ts';
import type { Scope } from '../../../service/call.ts';
import type { FunctionRecord } from '../functions/record.ts';
import { functionArn } from '../names/name.ts';
import { policyText } from './policy.ts';

/** A service that wants to invoke a function for one of its resources. */
export interface ServiceCaller {
  /** For example `apigateway.amazonaws.com`. */
  readonly service: string;
  readonly sourceArn: string;
  readonly sourceAccount: string;
}

/** Whether a function's resource-based policy lets a service invoke it. */
export function permits(
  scope: Scope,
  record: FunctionRecord,
  caller: ServiceCaller,
  qualifier: string | undefined,
): boolean {
  if (record.statements.length === 0) return false;
  const policy = parsePolicy(policyText(record.statements), 'resource');
  const { decision } = decide([policy], {
    requester: { kind: 'service', name: caller.service },
    action: 'lambda:InvokeFunction',
    resource: functionArn(scope, record.name, qualifier),
    context: { 'aws:SourceArn': caller.sourceArn, 'aws:SourceAccount': caller.sourceAccount },
  });
  return decision === 'allow';
}
