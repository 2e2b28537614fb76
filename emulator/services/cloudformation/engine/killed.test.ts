import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bundleCloud, type CloudProcess, type CloudProgram } from '../../../server/fixture/processes.ts';

let program: CloudProgram;
let home: string;
beforeAll(async () => {
  program = await bundleCloud();
}, 60_000);
afterAll(async () => {
  await program.remove();
});
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'coldstart-stack-kill-'));
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

/** Kills in every run; the proof kills as often as it is told, or ten times. */
const KILLS = process.env['COLDSTART_PROOF'] === '1' ? Number(process.env['COLDSTART_KILLS'] ?? 10) : 2;
const QUEUES = 300;

const clientsOf = ({ said }: CloudProcess) => {
  const settings = {
    endpoint: said.origin ?? '',
    region: 'us-east-1',
    credentials: { accessKeyId: '111122223333', secretAccessKey: 'test' },
    maxAttempts: 1,
  };
  return { cfn: new CloudFormationClient(settings), sqs: new SQSClient(settings) };
};
type Clients = ReturnType<typeof clientsOf>;

/** Queues one after the other in rows of four, so that some are made and others wait when it is killed. */
const template = (broken: boolean): string =>
  JSON.stringify({
    Resources: {
      ...Object.fromEntries(
        Array.from({ length: QUEUES }, (_, at) => [
          `Q${String(at)}`,
          { Type: 'AWS::SQS::Queue', ...(at >= 4 && { DependsOn: `Q${String(at - 4)}` }) },
        ]),
      ),
      ...(broken && {
        Bad: {
          Type: 'AWS::SQS::Queue',
          DependsOn: `Q${String(QUEUES - 1)}`,
          Properties: { QueueName: 'not a name' },
        },
      }),
    },
  });

const stackOf = async ({ cfn }: Clients, StackName: string): Promise<Stack | undefined> =>
  (await cfn.send(new DescribeStacksCommand({ StackName }))).Stacks?.[0];

async function settled(clients: Clients, name: string): Promise<Stack> {
  for (;;) {
    const stack = await stackOf(clients, name);
    if (stack?.StackStatus?.endsWith('_IN_PROGRESS') === false) return stack;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const queueCount = async ({ sqs }: Clients): Promise<number> =>
  (await sqs.send(new ListQueuesCommand({ MaxResults: 1000 }))).QueueUrls?.length ?? 0;

describe('a cloud that is killed while a stack is made', () => {
  it.each([
    ['goes on with it', false, 'CREATE_COMPLETE', QUEUES],
    ['rolls it back where it fails', true, 'ROLLBACK_COMPLETE', 0],
  ])(
    '%s, and orphans nothing',
    async (_what, broken, status, left) => {
      let cloud = await program.start({ port: 0, home });
      let clients = clientsOf(cloud);
      const created = await clients.cfn.send(
        new CreateStackCommand({ StackName: 'shop', TemplateBody: template(broken) }),
      );
      const StackName = created.StackId ?? '';
      let inTheMiddle = 0;
      for (let kill = 0; kill < KILLS; kill += 1) {
        const enough = Math.floor((QUEUES / (KILLS + 1)) * (kill + 1));
        while ((await stackOf(clients, StackName))?.StackStatus === 'CREATE_IN_PROGRESS')
          if ((await queueCount(clients)) >= enough) break;
        if ((await stackOf(clients, StackName))?.StackStatus === 'CREATE_IN_PROGRESS') inTheMiddle += 1;
        await cloud.kill();
        clients.cfn.destroy();
        clients.sqs.destroy();
        cloud = await program.start({ port: 0, home });
        clients = clientsOf(cloud);
      }
      expect(inTheMiddle).toBeGreaterThan(0);
      expect((await settled(clients, StackName)).StackStatus).toBe(status);
      expect(await queueCount(clients)).toBe(left);
      await clients.cfn.send(new DeleteStackCommand({ StackName }));
      await cloud.kill();
      cloud = await program.start({ port: 0, home });
      clients = clientsOf(cloud);
      expect((await settled(clients, StackName)).StackStatus).toBe('DELETE_COMPLETE');
      expect(await queueCount(clients)).toBe(0);
      expect(cloud.errors()).toBe('');
      await cloud.kill();
    },
    120_000,
  );
});
