import type { Cloud } from '../../../../cloud.ts';
import { GatewayFailure } from '../exchange.ts';
import { misconfigured } from '../integrations/failures.ts';
import type { Passage } from '../passage.ts';
import { authorizeByPool } from './cognito/authorize.ts';
import type { PoolKeys } from './cognito/keys.ts';
import { authorizeSigned } from './iam.ts';
import { authorizeByFunction } from './lambda-authorizer/authorize.ts';
import type { StageCache } from '../../../../gateway/authorizers/stage-cache.ts';
import type { Verdict } from './lambda-authorizer/verdict.ts';
import { deniedByPolicy, resourcePolicySays } from './resource-policy.ts';

/** What decisions rest on beside the request. */
export interface Deciding {
  readonly cloud: Cloud;
  readonly verdicts: StageCache<Verdict>;
  readonly poolKeys: PoolKeys;
}

/**
 * Lets a request through where the API's policy and the method's authorization do.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 * @returns the API key that an authorizer named
 * @throws GatewayFailure
 */
export async function authorize(deciding: Deciding, passage: Passage): Promise<string | undefined> {
  const { method } = passage.route;
  if (method.authorizationType === 'AWS_IAM') {
    await authorizeSigned(deciding.cloud, passage);
    return undefined;
  }
  const said = resourcePolicySays(passage, { kind: 'anonymous' });
  if (said !== undefined && said !== 'allow')
    throw deniedByPolicy(passage, 'anonymous', said === 'explicitDeny');
  if (method.authorizationType === 'NONE') return undefined;
  const authorizer = passage.api.definition.authorizers[method.authorizerId ?? ''];
  if (authorizer === undefined) throw misconfigured();
  if (authorizer.type === 'COGNITO_USER_POOLS') {
    await authorizeByPool(deciding, passage, authorizer);
    return undefined;
  }
  if (method.authorizationType !== 'CUSTOM') throw new GatewayFailure('AUTHORIZER_CONFIGURATION_ERROR', null);
  const { cloud, verdicts } = deciding;
  return (await authorizeByFunction(cloud, verdicts, passage, authorizer)).usageIdentifierKey;
}
