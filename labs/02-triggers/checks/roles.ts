import { findFunction, functionName } from '../found/function.ts';
import { functionKeys, type FunctionName } from '../names.ts';
import { evidence, type Context, type LabCheck } from './context.ts';
import { policiesOf } from '../../role-policies/role-policies.ts';

/** Actions that know no resource, or are about a log group that Lambda makes itself. */
const withoutResource = /^(logs:|xray:|dynamodb:ListStreams$|kinesis:ListStreams$|kinesis:ListShards$)/i;

const roles: LabCheck = {
  id: 'roles',
  title: (text) => text.roles.title,
  points: 6,
  needs: ['intake-ready', 'worker-mapping', 'stream', 'rule', 'schedule'],
  verifiedOn: ['embedded'],
  hints: (text) => text.roles.hints,
  async run(context) {
    const text = context.text.roles;
    const owned = await Promise.all(
      functionKeys.map(async (name) => {
        const role = (await findFunction(context, name))?.Role?.split('/').at(-1) ?? '';
        return { name, role };
      }),
    );
    for (const { name, role } of owned) {
      const other = owned.find((one) => one.role === role);
      if (other !== undefined && other.name !== name)
        context.fail({
          ...text.shared(functionName(context, other.name), functionName(context, name), role),
          actual: role,
        });
    }
    await Promise.all(owned.map(({ name, role }) => leastPrivilege(context, name, role)));
  },
};

async function leastPrivilege(context: Context, name: FunctionName, role: string): Promise<void> {
  const text = context.text.roles;
  for (const policy of await policiesOf(context, role)) {
    const seen = evidence(context.text.evidence.rolePolicy(policy.name), policy.document);
    for (const { actions, resources, negated } of policy.statements) {
      if (negated) context.fail({ ...text.negated(role, policy.name), evidence: seen });
      const wide = actions.find((action) => action.includes('*') || action.includes('?'));
      if (wide !== undefined)
        context.fail({
          ...text.action(functionName(context, name), wide, policy.name),
          actual: wide,
          evidence: seen,
        });
      // AWS's own execution policies name all resources because they know none of the account's.
      if (policy.managedByAws || !resources.includes('*')) continue;
      const open = actions.find((action) => !withoutResource.test(action));
      if (open !== undefined)
        context.fail({
          ...text.resource(functionName(context, name), open, policy.name),
          actual: `${open} · *`,
          evidence: seen,
        });
    }
  }
}

export const roleChecks = { roles };
