import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  NoSuchEntityException,
  paginateListAttachedRolePolicies,
  paginateListRolePolicies,
  type Role,
} from '@aws-sdk/client-iam';
import { names } from '../names.ts';
import { configurationOf } from './function.ts';
import { allows, covers, readPolicy, type Statement } from './policy.ts';
import { listed } from '../../wording/wording.ts';
import type { Context, LabCheck } from './context.ts';

const lambdaService = 'lambda.amazonaws.com';

/** The three actions by which Lambda writes a function's logs in its name. */
const logActions = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'] as const;

/** The name at the end of the ARN; what stands before it is the role's path. */
const roleNameOf = (context: Context) => configurationOf(context).Role?.split('/').at(-1) ?? '';

async function readRole(context: Context): Promise<Role> {
  const name = roleNameOf(context);
  try {
    const { Role: role } = await context.clients.iam.send(new GetRoleCommand({ RoleName: name }));
    if (role !== undefined) return role;
  } catch (error) {
    if (!(error instanceof NoSuchEntityException)) throw error;
  }
  return context.fail(context.text.trust.missingRole(name));
}

const trust: LabCheck = {
  id: 'role-trust',
  title: (text) => text.trust.title,
  points: 5,
  needs: ['ready'],
  verifiedOn: ['embedded'],
  hints: (text) => text.trust.hints,
  async run(context) {
    const { text } = context;
    const { RoleName: name = '', AssumeRolePolicyDocument: document = '{}' } = await readRole(context);
    const allowing = readPolicy(document).filter(({ effect }) => effect === 'Allow');
    const evidence = [{ label: text.evidence.trust, value: pretty(document) }];
    if (allowing.some(({ negated }) => negated)) context.fail({ ...text.trust.negated(name), evidence });
    const admitted = allowing.flatMap(({ principals }) => principals);
    const assumable = allowing.some(
      ({ principals, actions }) =>
        principals.length > 0 &&
        actions.some((action) => covers(action, 'sts:AssumeRole', { ignoreCase: true })),
    );
    const others = admitted.filter((who) => !(who.kind === 'Service' && who.name === lambdaService));
    if (others.length > 0) {
      const admittedToo = others.map((who) => (who.kind === '*' ? text.anyone : `\`${who.name}\``));
      const shown = new Intl.ListFormat(text.locale).format(admittedToo);
      context.fail({
        ...text.trust.others(name, shown),
        expected: lambdaService,
        actual: admitted.map((who) => who.name).join(', '),
        evidence,
      });
    }
    if (!assumable) context.fail({ ...text.trust.noLambda(name), expected: lambdaService, evidence });
  },
};

interface NamedPolicy {
  readonly name: string;
  readonly document: string;
  readonly statements: readonly Statement[];
}

async function policiesOf({ clients: { iam } }: Context, roleName: string): Promise<NamedPolicy[]> {
  const found: { name: string; document: string }[] = [];
  for await (const { PolicyNames = [] } of paginateListRolePolicies(
    { client: iam },
    { RoleName: roleName },
  )) {
    for (const name of PolicyNames) {
      const answer = await iam.send(new GetRolePolicyCommand({ RoleName: roleName, PolicyName: name }));
      found.push({ name, document: answer.PolicyDocument ?? '{}' });
    }
  }
  for await (const { AttachedPolicies = [] } of paginateListAttachedRolePolicies(
    { client: iam },
    { RoleName: roleName },
  )) {
    for (const { PolicyName: name = '', PolicyArn: arn } of AttachedPolicies) {
      const { Policy: policy } = await iam.send(new GetPolicyCommand({ PolicyArn: arn }));
      const { PolicyVersion: version } = await iam.send(
        new GetPolicyVersionCommand({ PolicyArn: arn, VersionId: policy?.DefaultVersionId }),
      );
      found.push({ name, document: version?.Document ?? '{}' });
    }
  }
  return found.map((policy) => ({ ...policy, statements: readPolicy(policy.document) }));
}

const permissions: LabCheck = {
  id: 'role-permissions',
  title: (text) => text.permissions.title,
  points: 5,
  needs: ['ready'],
  verifiedOn: ['embedded'],
  hints: (text) => text.permissions.hints,
  async run(context) {
    const { text } = context;
    const { RoleName: role = '' } = await readRole(context);
    const policies = await policiesOf(context, role);
    for (const policy of policies) {
      const evidence = [{ label: text.evidence.policy(policy.name), value: pretty(policy.document) }];
      for (const { actions, effect, negated } of policy.statements) {
        if (effect === 'Deny') continue;
        if (negated) context.fail({ ...text.permissions.negated(role, policy.name), evidence });
        for (const action of actions) {
          const expected = logActions.join(', ');
          const finding = { expected, actual: action, evidence };
          if (/^\*(:\*)?$/.test(action)) {
            context.fail({ ...text.permissions.everything(role, policy.name), ...finding });
          }
          if (/[*?]/.test(action)) {
            context.fail({ ...text.permissions.wildcard(role, policy.name, action), ...finding });
          }
          if (!logActions.some((wanted) => wanted.toLowerCase() === action.toLowerCase())) {
            context.fail({ ...text.permissions.more(role, policy.name, action), ...finding });
          }
        }
      }
    }
    const statements = policies.flatMap((policy) => policy.statements);
    const missing = logActions.filter((action) => !allows(statements, action, logArns(context)));
    if (missing.length > 0) {
      context.fail({
        ...text.permissions.none(role, listed(text, missing)),
        expected: logActions.join(', '),
        evidence: policies.map(({ name, document }) => ({
          label: text.evidence.policy(name),
          value: pretty(document),
        })),
      });
    }
  },
};

/**
 * The function's log group in the forms that policies name it by: CloudWatch Logs compares the three actions
 * with the group's ARN, bare or with a log stream behind it.
 */
function logArns(context: Context): string[] {
  const group =
    configurationOf(context).LoggingConfig?.LogGroup ?? `/aws/lambda/${context.name(names.function)}`;
  // The partition (`aws`, `aws-cn`) is the one of the function's own ARN.
  const partition = configurationOf(context).FunctionArn?.split(':')[1] ?? 'aws';
  const arn = `arn:${partition}:logs:${context.region}:${context.account}:log-group:${group}`;
  return [arn, `${arn}:`, `${arn}:log-stream:`, `${arn}:log-stream:2026/01/01/[$LATEST]0`];
}

function pretty(document: string): string {
  const text = document.trimStart().startsWith('{') ? document : decodeURIComponent(document);
  return JSON.stringify(JSON.parse(text), null, 2);
}

export const roleChecks = { trust, permissions };
