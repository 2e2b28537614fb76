import type { CheckContext } from '../../grader/api.ts';
import { covers } from '../rest-api/source-arns.ts';
import { policiesOf } from './role-policies.ts';

/**
 * Whether a role's policies allow one of these actions on a resource, for servers that let functions do everything.
 * It is no simulator: conditions and denials are not looked at, and a statement that allows what it does not name
 * counts as one that allows.
 * @param roleArn or the role's name
 */
export async function mayDo(
  context: Pick<CheckContext<unknown>, 'clients'>,
  roleArn: string,
  actions: readonly string[],
  resourceArn: string,
): Promise<boolean> {
  const policies = await policiesOf(context, roleArn.split('/').at(-1) ?? '');
  return policies
    .flatMap(({ statements }) => statements)
    .some(
      (statement) =>
        statement.negated ||
        (statement.resources.some((resource) => covers(resource, resourceArn)) &&
          actions.some((action) =>
            statement.actions.some((allowed) => covers(allowed.toLowerCase(), action.toLowerCase())),
          )),
    );
}
