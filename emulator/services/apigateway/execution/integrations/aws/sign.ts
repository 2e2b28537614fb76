import type { Cloud } from '../../../../../cloud.ts';
import { signCall, type Signable } from '../../../../../gateway/backends/sign.ts';
import type { WireIdentity } from '../../../../../service/service.ts';
import type { IntegrationDefinition } from '../../../definition/definition.ts';
import type { Passage } from '../../passage.ts';
import { notAsked } from '../failures.ts';
import { CALLERS_CREDENTIALS } from '../../../../../gateway/functions/function.ts';
import { withStageVariables } from '../../../../../gateway/stage-variables.ts';
import type { ServiceUri } from './uri.ts';

/** A call of a service. */
export interface Asked extends Signable {
  /** Whether it is a call of the query protocol. */
  readonly form: boolean;
}

/**
 * Signs a call with a session of the integration's role, or as whoever called.
 * @throws GatewayFailure 500 where the gateway may not take the role, or there is none
 */
export async function sign(
  cloud: Cloud,
  { scope, variables, visitor, log, cause }: Passage,
  { credentials = '' }: IntegrationDefinition,
  { region }: ServiceUri,
  { signingName }: WireIdentity,
  { method, url, headers, body }: Asked,
): Promise<Record<string, string>> {
  const iam = await cloud.port('iam');
  const roleArn = withStageVariables(credentials, variables.stageVariables);
  const who = roleArn === CALLERS_CREDENTIALS ? await visitor() : undefined;
  const role =
    who?.kind === 'signed' && who.principal.kind === 'role'
      ? iam.role(scope.account, who.principal.roleName)
      : iam.role(scope.account, roleArn);
  const mayTake =
    who !== undefined
      ? who.kind === 'signed'
      : role !== undefined && iam.mayAssume(scope.account, role.name, 'apigateway.amazonaws.com');
  if (!mayTake || (role === undefined && who === undefined)) {
    const why = `API Gateway does not have permission to assume the provided role ${roleArn}`;
    log.error(() => `Execution failed due to configuration error: ${why}`);
    cloud.trail.record(scope, 'decision', { by: 'apigateway', outcome: 'denied', why }, cause);
    throw notAsked();
  }
  // Whoever signed with a key of the account's own is asked for as the account.
  const session =
    role === undefined
      ? {
          accessKeyId: scope.account,
          secretAccessKey: cloud.identity.secretOf(scope.account, undefined) ?? '',
          sessionToken: undefined,
        }
      : iam.session({ account: scope.account, region }, role.name, 'BackplaneAssumeRoleSession', 900);
  return await signCall(session, { signingName, region }, { method, url, headers, body });
}
