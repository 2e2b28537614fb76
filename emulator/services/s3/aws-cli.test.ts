import { execFile, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCloud } from '../../start.ts';
import type { RunningCloud } from '../../start.ts';

const run = promisify(execFile);
const present = spawnSync('aws', ['--version']).status === 0;
if (!present) console.info('The AWS CLI is not on the PATH: its tests are skipped.');

describe.skipIf(!present)('the AWS CLI', () => {
  const account = '111122223333';
  let running: RunningCloud;
  let folder: string;

  beforeAll(async () => {
    running = await startCloud({ port: 0, home: 'unused', ephemeral: true });
    folder = mkdtempSync(join(tmpdir(), 'coldstart-cli-'));
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await running.stop();
  });

  async function aws(...args: string[]): Promise<string> {
    const env = {
      ...process.env,
      AWS_ENDPOINT_URL: running.origin,
      AWS_ACCESS_KEY_ID: account,
      AWS_SECRET_ACCESS_KEY: 'x',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_CONFIG_FILE: join(folder, 'no-config'),
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'no-credentials'),
    };
    const { stdout } = await run('aws', ['--endpoint-url', running.origin, ...args], {
      env,
      cwd: folder,
      maxBuffer: 1e8,
    });
    return stdout;
  }

  it('asks who it is', async () => {
    expect(JSON.parse(await aws('sts', 'get-caller-identity'))).toEqual({
      UserId: account,
      Account: account,
      Arn: `arn:aws:iam::${account}:root`,
    });
  });

  it('makes a role and reads it back', async () => {
    const trust = {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
      ],
    };
    writeFileSync(join(folder, 'trust.json'), JSON.stringify(trust));
    const document = 'file://trust.json';
    await aws('iam', 'create-role', '--role-name', 'cli', '--assume-role-policy-document', document);
    const policy = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
    await aws('iam', 'attach-role-policy', '--role-name', 'cli', '--policy-arn', policy);
    const told = JSON.parse(await aws('iam', 'get-role', '--role-name', 'cli')) as { Role: object };
    expect(told.Role).toMatchObject({ RoleName: 'cli', AssumeRolePolicyDocument: trust });
    const attached = await aws(
      'iam',
      'list-attached-role-policies',
      '--role-name',
      'cli',
      '--output',
      'text',
    );
    expect(attached).toContain(policy);
    await expect(aws('iam', 'delete-role', '--role-name', 'cli')).rejects.toThrow(
      'An error occurred (DeleteConflict) when calling the DeleteRole operation: Cannot delete entity, must detach all policies first.',
    );
  }, 120_000);

  it('copies small and large files up and down, and lists and removes them', async () => {
    await aws('s3', 'mb', 's3://cli-bucket');
    const large = randomBytes(20 * 1024 * 1024);
    writeFileSync(join(folder, 'large.bin'), large);
    writeFileSync(join(folder, '한글 파일+1.txt'), '안녕');
    await aws('s3', 'cp', 'large.bin', 's3://cli-bucket/deep/large.bin', '--no-progress');
    await aws('s3', 'cp', '한글 파일+1.txt', 's3://cli-bucket/deep/', '--no-progress');
    const listed = await aws('s3', 'ls', 's3://cli-bucket/', '--recursive');
    expect(listed).toContain('deep/large.bin');
    expect(listed).toContain('deep/한글 파일+1.txt');
    await aws('s3', 'cp', 's3://cli-bucket/deep/large.bin', 'back.bin', '--no-progress');
    expect(readFileSync(join(folder, 'back.bin')).equals(large)).toBe(true);
    await aws('s3', 'cp', 's3://cli-bucket/deep/large.bin', 's3://cli-bucket/copy.bin', '--no-progress');
    const head = JSON.parse(
      await aws('s3api', 'head-object', '--bucket', 'cli-bucket', '--key', 'copy.bin'),
    ) as object;
    expect(head).toMatchObject({ ContentLength: large.length });
    await aws('s3', 'sync', 's3://cli-bucket/deep', 'synced', '--no-progress');
    expect(readFileSync(join(folder, 'synced', '한글 파일+1.txt'), 'utf8')).toBe('안녕');
    await aws('s3', 'rb', 's3://cli-bucket', '--force');
    await expect(aws('s3', 'ls', 's3://cli-bucket/')).rejects.toThrow('NoSuchBucket');
  }, 120_000);

  it('sets up a bucket, has it notify a queue, and presigns what a browser may fetch', async () => {
    const json = (value: unknown): string => JSON.stringify(value);
    await aws('s3', 'mb', 's3://cli-setup');
    const of = ['--bucket', 'cli-setup'];
    const arn = `arn:aws:sqs:us-east-1:${account}:cli-queue`;
    const url = await aws('sqs', 'create-queue', '--queue-name', 'cli-queue', '--output', 'text');
    const configuration = {
      QueueConfigurations: [
        {
          Id: 'cli',
          QueueArn: arn,
          Events: ['s3:ObjectCreated:*'],
          Filter: { Key: { FilterRules: [{ Name: 'prefix', Value: 'in/' }] } },
        },
      ],
      EventBridgeConfiguration: {},
    };
    const notify = () =>
      aws(
        's3api',
        'put-bucket-notification-configuration',
        ...of,
        '--notification-configuration',
        json(configuration),
      );
    await expect(notify()).rejects.toThrow(
      'An error occurred (InvalidArgument) when calling the PutBucketNotificationConfiguration operation: Unable to validate the following destination configurations',
    );
    const Statement = [
      {
        Effect: 'Allow',
        Principal: { Service: 's3.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: arn,
      },
    ];
    const Policy = json({ Version: '2012-10-17', Statement });
    await aws('sqs', 'set-queue-attributes', '--queue-url', url.trim(), '--attributes', json({ Policy }));
    await notify();
    const kept: unknown = JSON.parse(await aws('s3api', 'get-bucket-notification-configuration', ...of));
    expect(kept).toMatchObject({
      QueueConfigurations: [{ Id: 'cli', QueueArn: arn }],
      EventBridgeConfiguration: {},
    });
    writeFileSync(join(folder, 'note.txt'), 'a note');
    await aws('s3', 'cp', 'note.txt', 's3://cli-setup/in/note 1.txt', '--no-progress');
    const receive = ['sqs', 'receive-message', '--queue-url', url.trim(), '--wait-time-seconds', '10'];
    const query = ['--max-number-of-messages', '10', '--query', 'Messages[].Body', '--output', 'json'];
    const bodies: string[] = [];
    for (let polls = 0; bodies.length < 2 && polls < 2; polls += 1)
      bodies.push(...(JSON.parse(await aws(...receive, ...query)) as string[]));
    expect(bodies.join()).toContain('s3:TestEvent');
    expect(bodies.join()).toContain('"key":"in/note+1.txt"');

    const cors = { CORSRules: [{ AllowedMethods: ['GET'], AllowedOrigins: ['http://localhost:5173'] }] };
    await aws('s3api', 'put-bucket-cors', ...of, '--cors-configuration', json(cors));
    expect(JSON.parse(await aws('s3api', 'get-bucket-cors', ...of))).toEqual(cors);
    const rules = {
      Rules: [{ ID: 'old', Status: 'Enabled', Filter: { Prefix: 'tmp/' }, Expiration: { Days: 1 } }],
    };
    await aws('s3api', 'put-bucket-lifecycle-configuration', ...of, '--lifecycle-configuration', json(rules));
    expect(JSON.parse(await aws('s3api', 'get-bucket-lifecycle-configuration', ...of))).toMatchObject(rules);
    const open = {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::cli-setup/in/*' },
      ],
    };
    const police = () => aws('s3api', 'put-bucket-policy', ...of, '--policy', json(open));
    await expect(police()).rejects.toThrow('public policies are prevented by the BlockPublicPolicy setting');
    await aws('s3api', 'delete-public-access-block', ...of);
    await police();
    expect(await (await fetch(`${running.origin}/cli-setup/in/note%201.txt`)).text()).toBe('a note');

    const address = (await aws('s3', 'presign', 's3://cli-setup/in/note 1.txt', '--expires-in', '60')).trim();
    expect(await (await fetch(address)).text()).toBe('a note');
    await expect(aws('s3api', 'head-object', ...of, '--key', 'missing')).rejects.toThrow(
      'An error occurred (404) when calling the HeadObject operation: Not Found',
    );
    await expect(aws('s3api', 'head-bucket', '--bucket', 'cli-missing')).rejects.toThrow(
      'An error occurred (404) when calling the HeadBucket operation: Not Found',
    );
    await aws('s3', 'rb', 's3://cli-setup', '--force');
  }, 180_000);
});
