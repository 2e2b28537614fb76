import { policiesOf } from '../../role-policies/role-policies.ts';
import { deployedStack, ofType } from '../found/stack.ts';
import type { Context, LabCheck } from './context.ts';

const rights: LabCheck = {
  id: 'rights',
  title: (text) => text.rights.title,
  points: 10,
  needs: ['todo-stack'],
  verifiedOn: ['embedded'],
  hints: (text) => text.rights.hints,
  async run(context) {
    for (const which of ['todo', 'inbox', 'desk'] as const) {
      const stack = await deployedStack(context, which);
      for (const role of ofType(stack, 'AWS::IAM::Role'))
        await narrow(context, `${stack.name}/${role.logicalId}`, role.physicalId);
    }
  },
};

/** Managed policies that say what a service needs to call a function; the others name whole services. */
const basic = /^AWSLambda\w*(?:ExecutionRole|AccessExecutionRole)$|^AWSXRayDaemonWriteAccess$/;

async function narrow(context: Context, shownAs: string, roleName: string): Promise<void> {
  const { rights: text } = context.text;
  for (const policy of await policiesOf(context, roleName)) {
    const evidence = [{ label: policy.name, value: JSON.stringify(policy.document, null, 2) }];
    if (policy.managedByAws) {
      if (!basic.test(policy.name))
        context.fail({ ...text.managed(shownAs, policy.name), actual: policy.name, evidence });
      continue;
    }
    for (const { actions, resources, negated } of policy.statements) {
      const action = actions.find((each) => each === '*' || each.endsWith(':*'));
      if (action !== undefined || negated)
        context.fail({ ...text.everyAction(shownAs, action ?? 'NotAction'), actual: action ?? '', evidence });
      const resource = resources.find(everyOne);
      if (resource !== undefined)
        context.fail({ ...text.everyResource(shownAs, resource), actual: resource, evidence });
    }
  }
}

/** Every table, every bucket: a resource that names none. `table/mine/index/*` and `bucket/*` name one. */
export function everyOne(resource: string): boolean {
  if (resource === '*') return true;
  const [, , service = '', , , ...rest] = resource.split(':');
  const named = rest.join(':');
  return named.startsWith('*') || (service !== 's3' && /^[a-z-]+[/:]\*/.test(named));
}

export const rightChecks = { rights };
