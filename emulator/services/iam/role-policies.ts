import type { Cloud } from '../../cloud.ts';
import { ServiceFailure } from '../../service/failure.ts';
import type { Operations } from '../../service/operations.ts';
import { required } from '../../service/required.ts';
import { accepted, countedSize, encoded } from './documents.ts';
import { managedPolicy } from './managed.ts';
import { page } from './paging.ts';
import { entitiesOf, missing, putRole, roleNamed } from './rows.ts';
import type { Iam } from './client.ts';

const mostInlineBytes = 10_240;
const mostAttached = 10;

/** What a role may do: its inline policies and the managed policies attached to it. */
export function rolePolicyOperations(cloud: Cloud) {
  const entities = entitiesOf(cloud);
  const roleOf = (account: string, name: string | undefined) =>
    roleNamed(entities(account), required(name, 'RoleName'));

  return {
    PutRolePolicy({ RoleName, PolicyName, PolicyDocument }, { account }) {
      const role = roleOf(account, RoleName);
      const policy = {
        name: required(PolicyName, 'PolicyName'),
        document: required(PolicyDocument, 'PolicyDocument'),
      };
      accepted(policy.document, 'inline');
      const inline = [...role.inline.filter(({ name }) => name !== policy.name), policy];
      if (inline.reduce((sum, { document }) => sum + countedSize(document), 0) > mostInlineBytes) {
        throw new ServiceFailure(
          'LimitExceededException',
          `Maximum policy size of ${mostInlineBytes} bytes exceeded for role ${role.name}`,
        );
      }
      putRole(entities(account), { ...role, inline });
      return {};
    },
    GetRolePolicy({ RoleName, PolicyName }, { account }) {
      const role = roleOf(account, RoleName);
      const policy = role.inline.find(({ name }) => name === PolicyName);
      if (policy === undefined) throw noInline(PolicyName);
      return { RoleName: role.name, PolicyName: policy.name, PolicyDocument: encoded(policy.document) };
    },
    ListRolePolicies(input, { account }) {
      const role = roleOf(account, input.RoleName);
      const { items, ...rest } = page(role.inline, ({ name }) => name, input);
      return { PolicyNames: items.map(({ name }) => name), ...rest };
    },
    DeleteRolePolicy({ RoleName, PolicyName }, { account }) {
      const role = roleOf(account, RoleName);
      const inline = role.inline.filter(({ name }) => name !== PolicyName);
      if (inline.length === role.inline.length) throw noInline(PolicyName);
      putRole(entities(account), { ...role, inline });
      return {};
    },
    AttachRolePolicy({ RoleName, PolicyArn }, { account }) {
      const arn = checkedArn(PolicyArn);
      const role = roleOf(account, RoleName);
      if (managedPolicy(entities(account), arn) === undefined) {
        throw missing(`Policy ${arn} does not exist or is not attachable.`);
      }
      if (role.attached.includes(arn)) return {};
      if (role.attached.length >= mostAttached) {
        throw new ServiceFailure(
          'LimitExceededException',
          `Cannot exceed quota for PoliciesPerRole: ${mostAttached}`,
        );
      }
      putRole(entities(account), { ...role, attached: [...role.attached, arn] });
      return {};
    },
    DetachRolePolicy({ RoleName, PolicyArn }, { account }) {
      const arn = checkedArn(PolicyArn);
      const role = roleOf(account, RoleName);
      if (!role.attached.includes(arn)) throw missing(`Policy ${arn} was not found.`);
      putRole(entities(account), { ...role, attached: role.attached.filter((other) => other !== arn) });
      return {};
    },
    ListAttachedRolePolicies(input, { account }) {
      const role = roleOf(account, input.RoleName);
      const known = entities(account);
      const attached = role.attached
        .map((arn) => managedPolicy(known, arn))
        .filter((policy) => policy?.path.startsWith(input.PathPrefix ?? '/') === true)
        .flatMap((policy) =>
          policy === undefined ? [] : [{ PolicyName: policy.name, PolicyArn: policy.arn }],
        );
      const { items, ...rest } = page(attached, ({ PolicyArn }) => PolicyArn, input);
      return { AttachedPolicies: items, ...rest };
    },
  } satisfies Operations<Iam>;
}

function noInline(name: string | undefined): ServiceFailure {
  return missing(`The role policy with name ${name ?? ''} cannot be found.`);
}

/** @throws ServiceFailure in AWS's words, two spaces included */
export function checkedArn(arn: string | undefined): string {
  const wanted = required(arn, 'PolicyArn');
  if (/^arn:aws[a-z-]*:iam::(\d{12}|aws):policy\/.+/.test(wanted)) return wanted;
  throw new ServiceFailure('ValidationError', 'Invalid ARN:  Could not be parsed!', { status: 400 });
}
