import type { Requester } from '../../policy/policy.ts';
import { isStranger } from '../../service/access.ts';
import type { Need } from '../../service/access.ts';
import type { Call } from '../../service/call.ts';
import type { ServiceFailure } from '../../service/failure.ts';
import type { IamPort } from '../../services/iam/port.ts';
import type { Trail } from '../../trail/trail.ts';
import { actionOf } from '../access/actions.ts';
import { refusals } from '../access/refusals.ts';
import type { HostedService } from './service-host.ts';

/** What a decision on a call rests on. */
export interface Authority {
  readonly iam: () => Promise<IamPort>;
  readonly trail: Trail;
}

type Input = Readonly<Record<string, unknown>>;

/**
 * Decides whether the caller may. The root of an account may everything that no resource's policy denies; a role
 * session what the policies of its role or of the resource allow, by AWS's rules; a stranger only what the
 * resource's policy allows.
 * @param input undefined where it could not be read: then any resource counts
 * @throws ServiceFailure `AccessDenied`, in the words of the service that is asked
 */
export async function authorise(
  authority: Authority,
  service: HostedService,
  call: Call,
  input: Input | undefined,
): Promise<void> {
  if (call.principal.kind === 'root' && service.access?.decide === undefined) return;
  const action = actionOf(service.wire, call.operation, input ?? {});
  if (action === undefined) return;
  const resource = input === undefined ? undefined : service.resources[call.operation]?.(input, call);
  await decideOne(authority, service, call, input, { action, resource });
  if (input === undefined) return;
  for (const need of service.access?.further?.(call, input) ?? [])
    await decideOne(authority, service, call, input, need);
}

async function decideOne(
  { iam, trail }: Authority,
  service: HostedService,
  call: Call,
  input: Input | undefined,
  { action, resource }: Omit<Need, 'resource'> & { readonly resource: string | undefined },
): Promise<void> {
  const { principal } = call;
  const { access, wire } = service;
  const tell = (denial: ServiceFailure | undefined, why: string): void => {
    const outcome = denial === undefined ? 'allowed' : 'denied';
    trail.record(call, 'decision', { by: 'iam', outcome, why: denial?.message ?? why }, call.trail);
    if (denial !== undefined) throw denial;
  };
  const said =
    access?.decide === undefined || input === undefined || resource === undefined
      ? 'silent'
      : access.decide({ action, resource, call, input, requester: await requesterOf(call, iam) });
  if (isStranger(principal)) {
    const denial = said === 'allow' ? undefined : refusals.unsigned(wire);
    tell(denial, `The policy of ${resource ?? 'the resource'} lets anybody do ${action}.`);
    return;
  }
  if (said === 'explicitDeny') {
    tell(refusals.deniedByResource(wire, principal.arn, action, resource ?? '*'), '');
    return;
  }
  if (principal.kind === 'root') return;
  const { account, roleName } = principal;
  const context = input === undefined ? {} : (access?.context?.(call, input) ?? {});
  const port = await iam();
  const own =
    access === undefined
      ? port.roleAllows(account, roleName, action, resource)
      : port.roleDecision(account, roleName, action, resource, context);
  if (own === true || own === 'allow') {
    tell(undefined, `A policy of the role ${roleName} allows ${action}.`);
    return;
  }
  const denial =
    own !== 'explicitDeny' && said === 'allow'
      ? undefined
      : refusals.denied(wire, principal.arn, action, resource);
  tell(denial, `The policy of ${resource ?? 'the resource'} lets the role ${roleName} do ${action}.`);
}

async function requesterOf({ principal }: Call, iam: Authority['iam']): Promise<Requester> {
  if (isStranger(principal)) return { kind: 'anonymous' };
  const { account, arn } = principal;
  if (principal.kind === 'root') return { kind: 'aws', account, arn };
  const roleArn = (await iam()).role(account, principal.roleName)?.arn;
  return { kind: 'aws', account, arn, ...(roleArn !== undefined && { roleArn }) };
}
