import {
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  paginateListRoles,
} from '@aws-sdk/client-iam';
import { answers, type Removal } from './removal.ts';

/** A role, which must have lost its policies first. */
export const removal: Removal = {
  async there(pool, name) {
    const iam = await pool.load('iam');
    return answers(iam.send(new GetRoleCommand({ RoleName: name })));
  },
  async remove(pool, name) {
    const iam = await pool.load('iam');
    const attached = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName: name }));
    for (const { PolicyArn } of attached.AttachedPolicies ?? [])
      await iam.send(new DetachRolePolicyCommand({ RoleName: name, PolicyArn }));
    const inline = await iam.send(new ListRolePoliciesCommand({ RoleName: name }));
    for (const PolicyName of inline.PolicyNames ?? [])
      await iam.send(new DeleteRolePolicyCommand({ RoleName: name, PolicyName }));
    await iam.send(new DeleteRoleCommand({ RoleName: name }));
  },
  async *list(pool) {
    for await (const page of paginateListRoles({ client: await pool.load('iam') }, {}))
      for (const { RoleName } of page.Roles ?? []) yield RoleName;
  },
};
