import { holds } from './conditions.ts';
import { matches, pattern } from './pattern.ts';
import type { AccessRequest, Decision, Policy, PrincipalElement, Requester, Statement } from './policy.ts';
import { contextOf, expand } from './variables.ts';
import type { Context } from './variables.ts';

/**
 * What policies of one kind say about a request: an explicit deny wins over every allow, and what nothing
 * allows is denied implicitly. Policies of different kinds (identity, boundary, resource) are decided apart.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function decide(policies: readonly Policy[], request: AccessRequest): Decision {
  const context = contextOf(request.context ?? {});
  let allowed: Decision | undefined;
  for (const [index, policy] of policies.entries()) {
    for (const statement of policy.statements) {
      // A second allow can only matter where the first merely named the account.
      if (statement.effect === 'Allow' && allowed !== undefined && allowed.delegated !== true) continue;
      const named = applies(statement, policy, request, context);
      if (named === 'not') continue;
      if (statement.effect === 'Deny') return { decision: 'explicitDeny', statement, policy: index };
      if (allowed === undefined || named === 'directly') {
        allowed = { decision: 'allow', statement, policy: index, delegated: named === 'account' };
      }
    }
  }
  return allowed ?? { decision: 'implicitDeny' };
}

type Named = 'directly' | 'account' | 'not';

function applies(statement: Statement, policy: Policy, request: AccessRequest, context: Context): Named {
  const action = request.action.toLowerCase();
  const hasAction = statement.actions.elements.some((wanted) =>
    matches(pattern(wanted.toLowerCase()), action),
  );
  if (hasAction === statement.actions.negated) return 'not';
  if (!resourceApplies(statement, policy, request.resource, context)) return 'not';
  const named =
    statement.principals === undefined ? 'directly' : principalApplies(statement.principals, request);
  if (named === 'not') return 'not';
  return statement.conditions.every((condition) => holds(condition, policy.version, context)) ? named : 'not';
}

function resourceApplies(
  statement: Statement,
  policy: Policy,
  resource: string | undefined,
  context: Context,
): boolean {
  if (statement.resources === undefined) return true;
  const { negated, elements } = statement.resources;
  if (resource === undefined) return !negated;
  const named = elements.some((element) => {
    const wanted = expand(element, policy.version, context);
    return wanted !== undefined && matches(wanted, resource);
  });
  return named !== negated;
}

function principalApplies(principals: NonNullable<Statement['principals']>, request: AccessRequest): Named {
  const requester = request.requester ?? { kind: 'anonymous' };
  const found = principals.elements.map((element) => names(element, requester));
  const best = found.includes('directly') ? 'directly' : found.includes('account') ? 'account' : 'not';
  if (!principals.negated) return best;
  return best === 'not' ? 'directly' : 'not';
}

function names(element: PrincipalElement, requester: Requester): Named {
  const is = (same: boolean): Named => (same ? 'directly' : 'not');
  switch (element.type) {
    case 'Any':
      return 'directly';
    case 'Service':
      return is(requester.kind === 'service' && requester.name === element.value);
    case 'Federated':
      return is(requester.kind === 'federated' && requester.provider === element.value);
    case 'CanonicalUser':
      return 'not';
    case 'AWS': {
      if (element.value === '*') return 'directly';
      if (requester.kind !== 'aws') return 'not';
      if (element.value === requester.arn || element.value === requester.roleArn) return 'directly';
      const account = /^(?:arn:[^:]+:iam::)?(\d{12})(?::root)?$/.exec(element.value)?.[1];
      return account === requester.account ? 'account' : 'not';
    }
  }
}
