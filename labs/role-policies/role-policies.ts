import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRolePolicyCommand,
  paginateListAttachedRolePolicies,
  paginateListRolePolicies,
} from '@aws-sdk/client-iam';
import type { CheckContext } from '../../grader/api.ts';
import { members } from '../wording/members.ts';

export interface RolePolicy {
  readonly name: string;
  /** Written by AWS: it cannot name the resources of an account. */
  readonly managedByAws: boolean;
  readonly document: unknown;
  readonly statements: readonly {
    readonly actions: readonly string[];
    readonly resources: readonly string[];
    /** It allows what it does not name. */
    readonly negated: boolean;
  }[];
}

/** What a role allows: its own policies and those attached to it. */
export async function policiesOf(
  { clients: { iam } }: Pick<CheckContext<unknown>, 'clients'>,
  role: string,
): Promise<readonly RolePolicy[]> {
  const found: RolePolicy[] = [];
  for await (const { PolicyNames = [] } of paginateListRolePolicies({ client: iam }, { RoleName: role })) {
    for (const PolicyName of PolicyNames) {
      const answer = await iam.send(new GetRolePolicyCommand({ RoleName: role, PolicyName }));
      found.push(read(PolicyName, false, answer.PolicyDocument));
    }
  }
  for await (const { AttachedPolicies = [] } of paginateListAttachedRolePolicies(
    { client: iam },
    { RoleName: role },
  )) {
    for (const { PolicyName = '', PolicyArn = '' } of AttachedPolicies) {
      const { Policy: policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
      const { PolicyVersion: version } = await iam.send(
        new GetPolicyVersionCommand({ PolicyArn, VersionId: policy?.DefaultVersionId }),
      );
      found.push(read(PolicyName, PolicyArn.includes(':iam::aws:policy/'), version?.Document));
    }
  }
  return found;
}

function read(name: string, managedByAws: boolean, text = '{}'): RolePolicy {
  // IAM answers documents percent-encoded.
  const document = JSON.parse(text.trimStart().startsWith('{') ? text : decodeURIComponent(text)) as unknown;
  const statements = list(members(document).Statement)
    .map(members)
    .filter(({ Effect }) => Effect === 'Allow')
    .map((statement) => ({
      actions: list(statement.Action).map(String),
      resources: list(statement.Resource).map(String),
      negated: 'NotAction' in statement || 'NotResource' in statement,
    }));
  return { name, managedByAws, document, statements };
}

const list = (value: unknown): unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];
