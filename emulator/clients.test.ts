import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCloud, type RunningCloud } from './start.ts';

/** The clients that students and their tools use besides the SDK for JavaScript. */

const folder = mkdtempSync(join(realpathSync(tmpdir()), 'coldstart-clients-'));
let cloud: RunningCloud;
beforeAll(async () => {
  cloud = await startCloud({ port: 0, home: join(folder, 'home'), ephemeral: true, log: () => undefined });
  const code =
    'export const handler = async (event) => { console.log("met", event.name); return `Hello, ${event.name}!`; };';
  writeFileSync(join(folder, 'function.zip'), zipSync({ 'index.mjs': strToU8(code) }));
  writeFileSync(join(folder, 'event.json'), '{"name":"김 민지"}');
  writeFileSync(
    join(folder, 'trust.json'),
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
      ],
    }),
  );
});
afterAll(async () => {
  await cloud.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs a client in a shell of somebody who uses the embedded cloud; not in this process, which serves it. */
function run(command: string, args: readonly string[]): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args], {
      cwd: folder,
      env: {
        PATH: process.env.PATH,
        HOME: folder,
        LANG: 'C.UTF-8',
        AWS_ENDPOINT_URL: cloud.origin,
        AWS_REGION: 'us-east-1',
        AWS_DEFAULT_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: '000000000000',
        AWS_SECRET_ACCESS_KEY: 'coldstart',
        AWS_PAGER: '',
        NO_PROXY: '127.0.0.1',
      },
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString('utf8')));
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, out, err }));
  });
}

/** The AWS CLIs of this machine: the one that a student would call, and version 2 where it is another. */
const clis = ['aws', '/usr/bin/aws', '/usr/local/bin/aws']
  .map((command) => {
    const { error, stdout } = spawnSync(command, ['--version'], { encoding: 'utf8' });
    return {
      command,
      version: error === undefined ? (/aws-cli\/(\d+\.\d+\.\d+)/.exec(stdout)?.[1] ?? '') : '',
    };
  })
  .filter(
    ({ version }, index, all) =>
      version !== '' && all.findIndex((each) => each.version === version) === index,
  );
if (clis.length === 0) console.warn('Skipped: there is no AWS CLI on this machine.');
if (!clis.some(({ version }) => version.startsWith('2.')))
  console.warn('Skipped: `aws logs tail` needs version 2 of the AWS CLI.');

describe.each(clis)('the AWS CLI $version', { timeout: 120_000 }, ({ command, version }) => {
  // Older ones know no `AWS_ENDPOINT_URL` (it came with 1.29 and 2.13).
  const aws = (...args: string[]) => run(command, ['--endpoint-url', cloud.origin, ...args]);
  const tails = version.startsWith('2.');
  const name = `cli-${version.replaceAll('.', '-')}`;

  it('says who calls', async () => {
    const { out } = await aws('sts', 'get-caller-identity');
    expect(JSON.parse(out)).toEqual({
      UserId: '000000000000',
      Account: '000000000000',
      Arn: 'arn:aws:iam::000000000000:root',
    });
  });

  it('makes a role and a function, waits for it, calls it, and reads its logs', async () => {
    const role = await aws(
      'iam',
      'create-role',
      '--role-name',
      name,
      '--assume-role-policy-document',
      'file://trust.json',
    );
    const { Role } = JSON.parse(role.out) as { Role: { Arn: string } };
    const policy = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
    expect((await aws('iam', 'attach-role-policy', '--role-name', name, '--policy-arn', policy)).status).toBe(
      0,
    );
    const created = await aws(
      ...[
        'lambda',
        'create-function',
        '--function-name',
        name,
        '--runtime',
        'nodejs24.x',
        '--handler',
        'index.handler',
      ],
      ...['--role', Role.Arn, '--zip-file', 'fileb://function.zip'],
    );
    expect(JSON.parse(created.out)).toMatchObject({ State: 'Pending', Runtime: 'nodejs24.x' });
    expect((await aws('lambda', 'wait', 'function-active-v2', '--function-name', name)).status).toBe(0);
    const invoked = await aws(
      ...['lambda', 'invoke', '--function-name', name, '--payload', 'fileb://event.json', 'answer.json'],
    );
    expect(JSON.parse(invoked.out)).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST' });
    expect(readFileSync(join(folder, 'answer.json'), 'utf8')).toBe('"Hello, 김 민지!"');
    if (tails) {
      const { out } = await aws('logs', 'tail', `/aws/lambda/${name}`, '--since', '10m');
      expect(out).toMatch(/INIT_START [\s\S]*START RequestId[\s\S]*INFO\tmet 김 민지[\s\S]*REPORT RequestId/);
    }
  });

  it('is told what is wrong in words', async () => {
    const { status, err } = await aws('lambda', 'get-function', '--function-name', 'nobody');
    expect(status).not.toBe(0);
    expect(err).toContain('ResourceNotFoundException');
    expect(err).toContain('Function not found: arn:aws:lambda:us-east-1:000000000000:function:nobody');
  });
});

const python = ['python3', 'python'].find(
  (command) => spawnSync(command, ['-c', 'import boto3'], { windowsHide: true }).status === 0,
);
if (python === undefined) console.warn('Skipped: there is no Python with boto3 on this machine.');

describe.skipIf(python === undefined)('boto3', { timeout: 120_000 }, () => {
  it('makes a role and a function, waits, calls, reads the logs and removes them', async () => {
    writeFileSync(
      join(folder, 'student.py'),
      `
import json, os, boto3
make = lambda name: boto3.client(name, endpoint_url=os.environ["AWS_ENDPOINT_URL"])
assert make("sts").get_caller_identity()["Account"] == "000000000000"
iam, lam, logs, s3 = make("iam"), make("lambda"), make("logs"), make("s3")
role = iam.create_role(RoleName="boto", AssumeRolePolicyDocument=open("trust.json").read())["Role"]
assert role["AssumeRolePolicyDocument"]["Statement"][0]["Action"] == "sts:AssumeRole"
iam.attach_role_policy(RoleName="boto", PolicyArn="arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole")
s3.create_bucket(Bucket="boto-code")
s3.put_object(Bucket="boto-code", Key="a/function 함수.zip", Body=open("function.zip", "rb").read())
lam.create_function(FunctionName="boto", Runtime="nodejs22.x", Handler="index.handler", Role=role["Arn"],
                    Code={"S3Bucket": "boto-code", "S3Key": "a/function 함수.zip"})
lam.get_waiter("function_active_v2").wait(FunctionName="boto", WaiterConfig={"Delay": 1})
answer = lam.invoke(FunctionName="boto", Payload=json.dumps({"name": "Ada"}), LogType="Tail")
assert json.loads(answer["Payload"].read()) == "Hello, Ada!", answer
events = logs.filter_log_events(logGroupName="/aws/lambda/boto", filterPattern='"met Ada"')["events"]
assert len(events) == 1, events
try:
    lam.invoke(FunctionName="nobody")
except lam.exceptions.ResourceNotFoundException as error:
    assert error.response["ResponseMetadata"]["HTTPStatusCode"] == 404
else:
    raise AssertionError("nobody was called")
lam.delete_function(FunctionName="boto")
print("done", boto3.__version__)
`,
    );
    const { status, out, err } = await run(python ?? '', ['student.py']);
    expect(err).toBe('');
    expect(out).toMatch(/^done /);
    expect(status).toBe(0);
  });
});
