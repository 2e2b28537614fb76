import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../../../tooling/root.ts';
import { startCloud, type RunningCloud } from '../../start.ts';

/*
 * A template of ours through AWS's own tool: what the SAM CLI sends is not ours to choose. The tool is a Python package
 * (aws-sam-cli), which continuous integration installs; COLDSTART_SAM names it where it is not on the path.
 */
const sam = process.env.COLDSTART_SAM ?? 'sam';
const there = spawnSync(sam, ['--version'], { encoding: 'utf8' }).status === 0;
if (!there) process.stderr.write('NOTICE: the SAM CLI is not on this machine; its test is skipped.\n');

describe.skipIf(!there)('the SAM CLI', () => {
  let cloud: RunningCloud;
  let home: string;
  let application: string;
  let client: CloudFormationClient;
  const credentials = { accessKeyId: '100000000001', secretAccessKey: 'sam' };

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'coldstart-sam-'));
    application = join(home, 'hello-api');
    cpSync(join(projectRoot(), 'templates', 'hello-api'), application, { recursive: true });
    // Without it nothing is fetched: esbuild is the project's own.
    rmSync(join(application, 'package.json'));
    cloud = await startCloud({ port: 0, home: join(home, 'cloud'), ephemeral: true });
    client = new CloudFormationClient({ endpoint: cloud.origin, region: 'us-east-1', credentials });
  });
  afterAll(async () => {
    client.destroy();
    await cloud.stop();
    rmSync(home, { recursive: true, force: true, maxRetries: 3 });
  });

  const run = (...args: readonly string[]) =>
    new Promise<{ status: number | null; output: string }>((resolve, reject) => {
      const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'));
      const child = spawn(sam, args, {
        cwd: application,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...Object.fromEntries(kept),
          PATH: [join(projectRoot(), 'node_modules', '.bin'), process.env.PATH].join(delimiter),
          HOME: home,
          AWS_ENDPOINT_URL: cloud.origin,
          AWS_DEFAULT_REGION: 'us-east-1',
          AWS_ACCESS_KEY_ID: credentials.accessKeyId,
          AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
          AWS_EC2_METADATA_DISABLED: 'true',
          SAM_CLI_TELEMETRY: '0',
          SAM_CLI_POLL_DELAY: '1',
        },
      });
      let output = '';
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
      child.once('error', reject);
      child.once('close', (status) => {
        resolve({ status, output });
      });
    });
  const succeeds = async (...args: readonly string[]) => {
    const { status, output } = await run(...args);
    expect(status, output).toBe(0);
    return output;
  };

  it('validates, builds, deploys, finds nothing to change, and deletes', async () => {
    expect(await succeeds('validate')).toContain('is a valid SAM Template');
    expect(await succeeds('build')).toContain('Build Succeeded');
    const deploy = ['deploy', '--no-confirm-changeset', '--no-fail-on-empty-changeset'];
    expect(await succeeds(...deploy)).toContain('Successfully created/updated stack - hello-api');

    const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: 'hello-api' }));
    const url = stack?.Outputs?.find(({ OutputKey }) => OutputKey === 'HelloUrl')?.OutputValue ?? '';
    const [, id = '', path = ''] = /^https:\/\/(\w+)\.execute-api\.[\w.-]+(\/.*)$/.exec(url) ?? [];
    const answer = await fetch(`${cloud.origin}/_aws/execute-api/${id}${path}?name=Ada`);
    expect(await answer.json()).toEqual({ message: 'Hello, Ada!' });

    expect(await succeeds(...deploy)).toContain('No changes to deploy');
    expect(await succeeds('delete', '--no-prompts')).toContain('Deleted successfully');
    await expect(client.send(new DescribeStacksCommand({ StackName: 'hello-api' }))).rejects.toThrow(
      'does not exist',
    );
  }, 240_000);
});
