import type { Cloud } from '../../../../cloud.ts';
import { send, type Received } from '../../../../gateway/backends/send.ts';
import { signCall, type Signable } from '../../../../gateway/backends/sign.ts';
import { withStageVariables } from '../../../../gateway/stage-variables.ts';
import { identities } from '../../../identities.ts';
import type { IntegrationDefinition } from '../../definition/definition.ts';
import { HttpFailure, internal, unavailable } from '../failure.ts';
import { valueOf } from '../mapping/expression.ts';
import type { HttpResponse, Passage } from '../passage.ts';
import { requestFor } from './service-requests.ts';

/**
 * An integration with a subtype: a call of one of this cloud's own services, signed with a session of the
 * integration's role, by the same way in that students' calls take.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services.html
 * @throws HttpFailure
 */
export async function serviceCall(
  cloud: Cloud,
  passage: Passage,
  { IntegrationSubtype = '', RequestParameters = {}, CredentialsArn = '' }: IntegrationDefinition,
  signal: AbortSignal,
): Promise<HttpResponse> {
  const { scope, stage } = passage.served;
  const parameters: Record<string, string> = {};
  for (const [name, expression] of Object.entries(RequestParameters)) {
    const value = valueOf(expression, passage);
    // AWS answers so where a mapping finds nothing in the request.
    if (value === undefined)
      throw new HttpFailure(400, 'Bad Request', { why: `There is nothing at ${expression}.` });
    parameters[name] = value;
  }
  const { Region: region = scope.region, ...asked } = parameters;
  const call = requestFor(IntegrationSubtype, asked, cloud.settings.origin);
  if (call === undefined) throw internal(`Coldstart's embedded cloud has no ${IntegrationSubtype}.`);
  const iam = await cloud.port('iam');
  const roleArn = withStageVariables(CredentialsArn, stage.StageVariables);
  const role = iam.role(scope.account, roleArn);
  if (role === undefined || !iam.mayAssume(scope.account, role.name, 'apigateway.amazonaws.com'))
    throw internal(`API Gateway does not have permission to assume the provided role ${roleArn}`);
  const session = iam.session(
    { account: scope.account, region },
    role.name,
    'BackplaneAssumeRoleSession',
    900,
  );
  const { signingName } = identities[call.service];
  const headers = await signCall(session, { signingName, region }, call);
  return answered(passage, await asking(call, headers, signal));
}

async function asking(
  { method, url, body }: Signable,
  signed: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Received> {
  const headers = Object.fromEntries(Object.entries(signed).map(([name, value]) => [name, [value]]));
  try {
    return await send({ method, url, headers, body, signal });
  } catch (error) {
    throw unavailable(error instanceof Error ? error.message : String(error), error);
  }
}

function answered({ context }: Passage, { status, headers, body }: Received): HttpResponse {
  context.integration = { ...context.integration, status, integrationStatus: status };
  const told = Object.entries(headers).filter(([name]) => /^(content-type|x-amzn-requestid)$/i.test(name));
  return {
    status,
    headers: Object.fromEntries(told.map(([name, values]) => [name.toLowerCase(), values])),
    body,
  };
}
