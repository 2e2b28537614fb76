import type { Call } from '../../service/call.ts';
import type { ServiceFailure } from '../../service/failure.ts';
import type { IamPort } from '../../services/iam/port.ts';
import type { Trail } from '../../trail/trail.ts';
import { actionOf } from '../access/actions.ts';
import { refusals } from '../access/refusals.ts';
import type { HostedService } from './service-host.ts';

/** What a decision on a role session rests on. */
export interface Authority {
  readonly iam: () => Promise<IamPort>;
  readonly trail: Trail;
}

/**
 * Decides whether the caller may. The root of an account may everything; a role session what the policies of its
 * role allow, by AWS's rules.
 * @param input undefined where it could not be read: then any resource counts
 * @throws ServiceFailure `AccessDenied`, in the words of the service that is asked
 */
export async function authorise(
  { iam, trail }: Authority,
  service: HostedService,
  call: Call,
  input: Readonly<Record<string, unknown>> | undefined,
): Promise<void> {
  const { principal } = call;
  if (principal.kind === 'root') return;
  const action = actionOf(service.wire, call.operation, input ?? {});
  if (action === undefined) return;
  const resource = input === undefined ? undefined : service.resources[call.operation]?.(input, call);
  const allowed = (await iam()).roleAllows(principal.account, principal.roleName, action, resource);
  const denial = allowed ? undefined : refusals.denied(service.wire, principal.arn, action, resource);
  trail.record(
    call,
    'decision',
    {
      by: 'iam',
      outcome: allowed ? 'allowed' : 'denied',
      why: denial?.message ?? `A policy of the role ${principal.roleName} allows ${action}.`,
    },
    call.trail,
  );
  if (denial !== undefined) throw denial satisfies ServiceFailure;
}
