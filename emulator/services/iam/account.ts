import type { Cloud } from '../../cloud.ts';
import { ServiceFailure } from '../../service/failure.ts';
import type { Operations } from '../../service/operations.ts';
import { entitiesOf, missing } from './rows.ts';
import type { Iam } from './client.ts';

/** An account here has no date of its own; the first day of IAM's API version stands for it. */
const accountCreated = new Date(Date.UTC(2010, 4, 8));

/** The account itself: its root user and its figures. There are no other users. */
export function accountOperations(cloud: Cloud) {
  const entities = entitiesOf(cloud);
  return {
    GetUser({ UserName }, { account, principal }) {
      if (UserName !== undefined) throw missing(`The user with name ${UserName} cannot be found.`);
      if (principal.kind !== 'root') {
        throw new ServiceFailure(
          'ValidationError',
          'Must specify userName when calling with non-User credentials',
          {
            status: 400,
          },
        );
      }
      return {
        User: {
          Path: undefined,
          UserName: undefined,
          UserId: account,
          Arn: principal.arn,
          CreateDate: accountCreated,
        },
      };
    },
    GetAccountSummary(_input, { account }) {
      const { roles, policies } = entities(account);
      return {
        SummaryMap: {
          Users: 0,
          Groups: 0,
          Roles: roles.size,
          RolesQuota: 1000,
          Policies: policies.size,
          PoliciesQuota: 1500,
          PolicySizeQuota: 6144,
          VersionsPerPolicyQuota: 5,
          AttachedPoliciesPerRoleQuota: 10,
          AssumeRolePolicySizeQuota: 2048,
          InstanceProfiles: 0,
          AccountAccessKeysPresent: 1,
          AccountMFAEnabled: 0,
        },
      };
    },
    ListAccountAliases() {
      return { AccountAliases: [], IsTruncated: false };
    },
  } satisfies Operations<Iam>;
}
