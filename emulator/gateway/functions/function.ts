import type { Cloud } from '../../cloud.ts';
import type { Scope } from '../../service/call.ts';
import type { Visitor } from '../../service/site.ts';
import type { TrailId } from '../../trail/trail.ts';
import type { InvokeResult, LambdaPort } from '../../services/lambda/port.ts';
import { withStageVariables } from '../stage-variables.ts';

/** A function as a URI of an integration or an authorizer names it. */
export interface FunctionTarget {
  readonly scope: Scope;
  /** With its qualifier. */
  readonly arn: string;
}

/** What the gateway may not do: the function's policy, or the role's, does not allow it. */
export class NotPermitted extends Error {}

/** `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:…:function:f:live/invocations` */
export function functionTarget(
  uri: string | undefined,
  variables: Readonly<Record<string, string>>,
): FunctionTarget | undefined {
  const resolved = withStageVariables(uri ?? '', variables);
  const known = targets.get(resolved);
  if (known !== undefined) return known;
  const arn = /\/functions\/(.+)\/(?:response-streaming-)?invocations$/s.exec(resolved)?.[1] ?? '';
  const [, region, account] = /^arn:[^:]+:lambda:([^:]+):(\d{12}):function:[^:]+(?::[^:]+)?$/.exec(arn) ?? [];
  if (region === undefined || account === undefined) return undefined;
  const target = { scope: { account, region }, arn };
  if (targets.size > 1000) targets.clear();
  targets.set(resolved, target);
  return target;
}
const targets = new Map<string, FunctionTarget>();

/** For whom the gateway calls a function. */
export interface Caller {
  readonly scope: Scope;
  /** What the function's policy may name. */
  readonly sourceArn: string;
  /** A role's ARN, where the API calls as that role. */
  readonly credentials: string | undefined;
  readonly visitor: () => Promise<Visitor>;
  readonly cause: TrailId;
  readonly traceHeader: string | undefined;
}

/**
 * Invokes a function and waits for it.
 * @throws NotPermitted; ServiceFailure as `Invoke` does
 */
export async function invokeFunction(
  cloud: Cloud,
  caller: Caller,
  target: FunctionTarget,
  payload: Uint8Array,
): Promise<InvokeResult> {
  const lambda = await permitted(cloud, caller, target);
  return await lambda.invoke(target.scope, requestOf(caller, target, payload));
}

/** Hands an event to a function without waiting for it. @throws NotPermitted; ServiceFailure as `Invoke` does */
export async function enqueueEvent(
  cloud: Cloud,
  caller: Caller,
  target: FunctionTarget,
  payload: Uint8Array,
): Promise<void> {
  const lambda = await permitted(cloud, caller, target);
  await lambda.enqueue(target.scope, requestOf(caller, target, payload));
}

const requestOf = ({ cause, traceHeader }: Caller, { arn }: FunctionTarget, payload: Uint8Array) => ({
  functionName: arn,
  payload,
  cause,
  ...(traceHeader === undefined ? {} : { traceHeader }),
});

/** @throws NotPermitted */
async function permitted(cloud: Cloud, caller: Caller, target: FunctionTarget): Promise<LambdaPort> {
  const lambda = await cloud.port('lambda');
  const { sourceArn, scope, cause, credentials } = caller;
  const byPolicy = credentials === undefined || credentials === '';
  const may = byPolicy
    ? lambda.permits(target.scope, target.arn, {
        service: 'apigateway.amazonaws.com',
        sourceArn,
        sourceAccount: scope.account,
      })
    : await roleMay(cloud, caller, credentials, 'lambda:InvokeFunction', target.arn);
  if (may) return lambda;
  const why = byPolicy
    ? `The policy of ${target.arn} does not let apigateway.amazonaws.com invoke it for ${sourceArn}.`
    : `${credentials} cannot be assumed by apigateway.amazonaws.com, or may not invoke ${target.arn}.`;
  cloud.trail.record(scope, 'decision', { by: target.arn, outcome: 'denied', why }, cause);
  throw new NotPermitted(why);
}

/** A method that is called with the credentials of whoever called it. */
export const CALLERS_CREDENTIALS = 'arn:aws:iam::*:user/*';

/** Whether the role of an integration or authorizer may be taken by the gateway, and may do something. */
export async function roleMay(
  cloud: Cloud,
  { scope, visitor }: Pick<Caller, 'scope' | 'visitor'>,
  credentials: string,
  action: string,
  resource: string,
): Promise<boolean> {
  const iam = await cloud.port('iam');
  if (credentials === CALLERS_CREDENTIALS) {
    const who = await visitor();
    if (who.kind !== 'signed') return false;
    if (who.principal.kind === 'root') return true;
    return iam.roleAllows(who.principal.account, who.principal.roleName, action, resource);
  }
  const role = iam.role(scope.account, credentials);
  if (role === undefined) return false;
  return (
    iam.mayAssume(scope.account, role.name, 'apigateway.amazonaws.com') &&
    iam.roleAllows(scope.account, role.name, action, resource)
  );
}
