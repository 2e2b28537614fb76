import type { Principal, Scope } from '../../../service/call.ts';
import { decide } from '../../../policy/decide.ts';
import { parsePolicy } from '../../../policy/parse.ts';
import type { Requester } from '../../../policy/policy.ts';
import type { IamPort } from '../../iam/port.ts';
import { policyText } from '../permissions/policy.ts';
import type { Statement } from '../permissions/statement.ts';

/** Who asks at a function URL, and what the function's own policy says. */
export interface Request {
  readonly scope: Scope;
  /** ARN of the function or alias that the URL belongs to. */
  readonly resource: string;
  readonly authType: 'NONE' | 'AWS_IAM';
  readonly statements: readonly Statement[];
  /** Undefined for a URL that asks for no signature. */
  readonly principal: Principal | undefined;
}

/** Both are needed since October 2025 (Lambda Developer Guide, "Control access to Lambda function URLs"). */
const needed = ['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction'] as const;

/** The permission that is missing, or undefined where the request may be served. */
export function missingPermission(request: Request, iam: IamPort): string | undefined {
  const context = {
    'lambda:FunctionUrlAuthType': request.authType,
    'lambda:InvokedViaFunctionUrl': 'true',
  };
  return needed.find((action) => {
    if (ownPoliciesAllow(request, action, context, iam)) return false;
    if (request.statements.length === 0) return true;
    const policy = parsePolicy(policyText(request.statements), 'resource');
    const requester = requesterOf(request.principal, iam);
    return decide([policy], { requester, action, resource: request.resource, context }).decision !== 'allow';
  });
}

/* In the function's own account the caller's policies are enough where the URL asks for a signature. */
function ownPoliciesAllow(
  { principal, scope, resource }: Request,
  action: string,
  context: Record<string, string>,
  iam: IamPort,
): boolean {
  if (principal === undefined || principal.account !== scope.account) return false;
  if (principal.kind === 'root') return true;
  return iam.roleAllows(principal.account, principal.roleName, action, resource, context);
}

function requesterOf(principal: Principal | undefined, iam: IamPort): Requester {
  if (principal === undefined) return { kind: 'anonymous' };
  const { account, arn } = principal;
  if (principal.kind === 'root') return { kind: 'aws', account, arn };
  const roleArn = iam.role(account, principal.roleName)?.arn;
  return { kind: 'aws', account, arn, ...(roleArn === undefined ? {} : { roleArn }) };
}
