import { internal } from '../failure.ts';
import type { Gates, Passage } from '../passage.ts';
import { authorizeByFunction } from './by-function.ts';
import { authorizeSigned } from './iam.ts';
import { authorizeByToken } from './jwt.ts';

/** Lets a request through where the route's authorization does. @throws HttpFailure */
export async function authorize({ cloud, verdicts, issuers }: Gates, passage: Passage): Promise<void> {
  const { AuthorizationType, AuthorizerId = '' } = passage.route.route;
  if (AuthorizationType === 'NONE') return;
  if (AuthorizationType === 'AWS_IAM') {
    await authorizeSigned(cloud, passage);
    return;
  }
  const authorizer = passage.served.snapshot.definition.authorizers[AuthorizerId];
  if (authorizer === undefined) throw internal('The route names an authorizer that is not there.');
  if (AuthorizationType === 'JWT') await authorizeByToken(cloud.clock, issuers, passage, authorizer);
  else await authorizeByFunction(cloud, verdicts, passage, authorizer);
}
