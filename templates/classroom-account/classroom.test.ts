import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';
import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DeleteRolePermissionsBoundaryCommand,
  PutRolePermissionsBoundaryCommand,
  SimulatePrincipalPolicyCommand,
} from '@aws-sdk/client-iam';
import { CreateQueueCommand } from '@aws-sdk/client-sqs';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leftOf } from '../../cli/target/removal/remove-resources.ts';
import { commandsAs, type Commands, type Ended } from '../../cli/testing/commands-as.ts';
import { makeOneOfEach } from '../../cli/testing/one-of-each.ts';
import { startCloud, type RunningCloud } from '../../emulator/start.ts';
import type { Pool } from '../../grader/targets/clients/pool.ts';
import { openTarget } from '../../grader/targets/open.ts';
import type { StandIn, Target } from '../../grader/targets/target.ts';
import { labs } from '../../labs/index.ts';
import { projectRoot } from '../../tooling/root.ts';
import { labFolder } from '../../workbook/progress/progress.ts';

const account = '222233334444';
const prefix = 'ada-';
const day = 24 * 3600;
/** To the second, as the template asks for it. */
const expires = new Date(Date.now() + day * 1000).toISOString().replace(/\.\d+/, '');
const admin = { accessKeyId: account, secretAccessKey: 'instructor' };
const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});

/** The embedded cloud has no budgets; what the budget says is checked by cfn-lint alone. */
const withoutBudget = (template: string) => template.replace(/^ {2}Budget:\n[\s\S]*?(?=^Outputs:)/m, '');

/** Checks of what a student writes down from what they have measured themselves, by lab. */
const byHand: Readonly<Partial<Record<number, readonly string[]>>> = { 4: ['answers'] };

function done({ status, said }: Ended): void {
  expect(status, said).toBe(0);
}

/* The embedded cloud decides on every call of a role by its policies and its boundary, as AWS does. */
describe('the account of a class', { timeout: 1_800_000 }, () => {
  let home: string;
  let cloud: RunningCloud;
  let instructor: Target;
  /** With the credentials of the student's role. */
  let student: Target;
  let pool: Pool;
  let studentRole: string;
  let boundary: string;
  let commands: Commands;

  /** New credentials of the student's role. */
  async function asStudent(): Promise<StandIn> {
    const sts = await instructor.pool.load('sts');
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({ RoleArn: studentRole, RoleSessionName: 'ada' }),
    );
    return {
      endpoint: cloud.origin,
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    };
  }

  beforeAll(async () => {
    home = realpathSync(mkdtempSync(join(tmpdir(), 'coldstart-classroom-')));
    cloud = await startCloud({ port: 0, home, ephemeral: true });
    instructor = await openTarget(
      { name: 'embedded', env: {}, endpoint: cloud.origin, token: cloud.token, ...admin },
      'en',
    );
    const cloudformation = await instructor.pool.load('cloudformation');
    const StackName = 'coldstart-ada';
    await cloudformation.send(
      new CreateStackCommand({
        StackName,
        TemplateBody: withoutBudget(
          readFileSync(join(projectRoot(), 'templates', 'classroom-account', 'classroom.yaml'), 'utf8'),
        ),
        Capabilities: ['CAPABILITY_NAMED_IAM'],
        Parameters: [
          { ParameterKey: 'Prefix', ParameterValue: prefix },
          { ParameterKey: 'Expires', ParameterValue: expires },
        ],
      }),
    );
    await waitUntilStackCreateComplete(
      { client: cloudformation, maxWaitTime: 60, minDelay: 1 },
      { StackName },
    ).catch(async (error: unknown) => {
      const { StackEvents = [] } = await cloudformation.send(new DescribeStackEventsCommand({ StackName }));
      const failed = StackEvents.filter(({ ResourceStatus }) => ResourceStatus?.endsWith('_FAILED')).map(
        ({ LogicalResourceId, ResourceStatusReason }) =>
          `${LogicalResourceId ?? ''}: ${ResourceStatusReason ?? ''}`,
      );
      throw new Error(failed.join('\n'), { cause: error });
    });
    const { Stacks: [stack] = [] } = await cloudformation.send(new DescribeStacksCommand({ StackName }));
    const output = (name: string) =>
      stack?.Outputs?.find(({ OutputKey }) => OutputKey === name)?.OutputValue ?? '';
    boundary = output('BoundaryArn');
    studentRole = output('StudentRoleArn');
    const standIn = await asStudent();
    student = await openTarget({ name: 'aws', env: {}, standIn }, 'en');
    pool = student.pool;
    commands = commandsAs({
      standIn,
      env: { LAB_PREFIX: prefix, LAB_BOUNDARY: boundary, LAB_EXPIRES: expires },
      home,
      work: join(home, 'work'),
    });
  }, 300_000);
  afterAll(async () => {
    student.close();
    instructor.close();
    await cloud.stop();
    rmSync(home, { recursive: true, force: true, maxRetries: 3 });
  });

  const tried = (process.env['COLDSTART_CLASSROOM_LABS'] ?? '1').split(',').map(Number);
  process.stderr.write(
    `NOTICE: with the role of a student, lab ${tried.join(', ')} is done; COLDSTART_CLASSROOM_LABS=2,3 does others.\n`,
  );
  it.each(labs.filter(({ number }) => tried.includes(number)))(
    'lets a student do, have graded and remove lab $number',
    async (lab) => {
      const workspace = join(home, 'work', labFolder(lab));
      mkdirSync(join(home, 'work'), { recursive: true });
      cpSync(join(projectRoot(), 'solutions', labFolder(lab)), workspace, { recursive: true });
      done(await commands.deploy(lab));
      const { status, said, result } = await commands.grade(lab);
      const left = byHand[lab.number] ?? [];
      const others = (result?.checks ?? []).filter((check) => check.status !== 'passed');
      expect(
        others.map(({ id }) => id),
        said,
      ).toEqual(left);
      expect(status).toBe(left.length === 0 ? 0 : 1);
      done(await commands.clean(lab));
    },
  );

  const denied = { name: expect.stringMatching(/AccessDenied/) as string };

  it('lets nobody make a role that the boundary does not hold', async () => {
    const iam = await pool.load('iam');
    const role = { RoleName: `${prefix}lab01-free`, AssumeRolePolicyDocument: trust };
    const other = 'arn:aws:iam::aws:policy/AdministratorAccess';
    await expect(iam.send(new CreateRoleCommand(role))).rejects.toMatchObject(denied);
    await expect(
      iam.send(new CreateRoleCommand({ ...role, PermissionsBoundary: other })),
    ).rejects.toMatchObject(denied);
    const bounded = { ...role, PermissionsBoundary: boundary };
    await expect(
      iam.send(new CreateRoleCommand({ ...bounded, RoleName: 'bob-lab01-role' })),
    ).rejects.toMatchObject(denied);

    await iam.send(new CreateRoleCommand(bounded));
    const { RoleName } = role;
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: other }));
    await expect(iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName }))).rejects.toMatchObject(
      denied,
    );
    await expect(
      iam.send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary: other })),
    ).rejects.toMatchObject(denied);
    // An administrator by its own policy, and still only what functions of a lab may do.
    const own = await instructor.pool.load('iam');
    const { EvaluationResults = [] } = await own.send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn: `arn:aws:iam::${account}:role/${RoleName}`,
        ActionNames: ['sqs:SendMessage', 'iam:CreateRole', 'ec2:RunInstances'],
        ResourceArns: [`arn:aws:sqs:${instructor.region}:${account}:${prefix}lab02-orders`],
      }),
    );
    expect(EvaluationResults.map(({ EvalDecision }) => EvalDecision)).toEqual([
      'allowed',
      'implicitDeny',
      'implicitDeny',
    ]);
  });

  it("keeps the student to their own names, and out of the instructor's roles", async () => {
    const [iam, sqs] = await Promise.all([pool.load('iam'), pool.load('sqs')]);
    await expect(sqs.send(new CreateQueueCommand({ QueueName: 'bob-lab02-orders' }))).rejects.toMatchObject(
      denied,
    );
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: `${prefix}lab02-orders` }));
    expect(QueueUrl).toContain(prefix);
    await expect(
      iam.send(
        new AttachRolePolicyCommand({
          RoleName: 'coldstart-student-ada-role',
          PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
        }),
      ),
    ).rejects.toMatchObject(denied);
  });

  it('lets nobody go on when it has expired, and deletes what has, of this student alone', async () => {
    const marked = (env: Readonly<Record<string, string>>, standIn: StandIn) =>
      openTarget({ name: 'aws', env: { ...env, LAB_EXPIRES: expires }, standIn }, 'en');
    const ada = await marked({ LAB_PREFIX: prefix, LAB_BOUNDARY: boundary }, await asStudent());
    const bob = await marked({ LAB_PREFIX: 'bob-' }, { endpoint: cloud.origin, ...admin });
    try {
      const gone = await makeOneOfEach(ada.pool, `${prefix}lab02-left`);
      const others = await makeOneOfEach(bob.pool, 'bob-lab02-left');
      // Made by hand: nothing says when it expires.
      await (await pool.load('sqs')).send(new CreateQueueCommand({ QueueName: `${prefix}mine` }));
      expect((await leftOf(instructor.pool, gone)).length).toBe(Object.keys(gone).length);

      await instructor.pass(day + 3600);
      await expect
        .poll(() => leftOf(instructor.pool, gone), { timeout: 240_000, interval: 1000 })
        .toEqual([]);
      expect((await leftOf(instructor.pool, others)).length).toBe(Object.keys(others).length);
      expect(await leftOf(instructor.pool, { queues: [`${prefix}mine`] })).toHaveLength(1);

      const late = await openTarget({ name: 'aws', env: {}, standIn: await asStudent() }, 'en');
      const sqs = await late.pool.load('sqs');
      const queue = new CreateQueueCommand({ QueueName: `${prefix}lab02-late` });
      await expect(sqs.send(queue)).rejects.toMatchObject(denied);
      late.close();
    } finally {
      ada.close();
      bob.close();
    }
  });
});
