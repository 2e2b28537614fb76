import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  CreateChangeSetCommand,
  CreateStackCommand,
  GetTemplateCommand,
  ListChangeSetsCommand,
  waitUntilChangeSetCreateComplete,
} from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { startCloud, type RunningCloud } from '../../../emulator/start.ts';
import { targetEnvironment } from '../../session/environment.ts';
import { clientsFrom, type DeployClients } from './clients.ts';
import { deployApplication, type DeployEvent } from './deploy-application.ts';
import { ApplicationFailure } from './fault.ts';
import { stackOf } from './stack.ts';

let cloud: RunningCloud;
let home: string;
let clients: DeployClients;
beforeAll(async () => {
  home = mkdtempSync(join(realpathSync(tmpdir()), 'coldstart-deploy-'));
  cloud = await startCloud({ port: 0, home: join(home, 'cloud'), ephemeral: true });
  const key = { accessKeyId: '100000000001', secretAccessKey: 'deploy', region: 'us-east-1' };
  clients = await clientsFrom(targetEnvironment({ endpoint: cloud.origin, ...key }, process.env, home));
});
afterAll(async () => {
  clients.close();
  await cloud.stop();
  rmSync(home, { recursive: true, force: true, maxRetries: 3 });
});

let folder: string;
let count = 0;
beforeEach(() => {
  count += 1;
  folder = join(home, `application-${String(count)}`);
});
const put = (files: Record<string, string>) => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
};
const stackName = () => `stack-${String(count)}`;
const deploy = async (parameters: Record<string, string> = {}) => {
  const events: DeployEvent[] = [];
  const deployed = deployApplication({
    clients,
    folder,
    stackName: stackName(),
    bucket: 'artifacts-100000000001',
    parameters,
    onEvent: (event) => events.push(event),
  });
  return { events, deployed: await deployed };
};
const faultOf = async () => {
  const failure: unknown = await deploy().catch((error: unknown) => error);
  if (!(failure instanceof ApplicationFailure)) throw failure;
  return failure.fault;
};

const queue = (more = '') => `# mine
Parameters:
  Seconds: { Type: Number, Default: 30 }
Resources:
  Jobs:
    Type: AWS::SQS::Queue
    Properties: { VisibilityTimeout: !Ref Seconds }
${more}Outputs:
  Url: { Value: !Ref Jobs }
`;
const broken = `  Bad:
    Type: AWS::Lambda::Permission
    DependsOn: Jobs
    Properties: { Action: lambda:InvokeFunction, FunctionName: nobody, Principal: s3.amazonaws.com }
`;

it('creates, says what changes, keeps what nobody gave anew, and finds nothing to change', async () => {
  put({ 'template.yaml': queue() });
  const first = await deploy({ Seconds: '40' });
  expect(first.deployed).toMatchObject({
    outcome: 'created',
    outputs: { Url: expect.any(String) as string },
  });
  expect(first.events.find(({ kind }) => kind === 'changes')).toMatchObject({
    creates: true,
    changes: [{ Action: 'Add', LogicalResourceId: 'Jobs' }],
  });
  expect((await deploy()).deployed).toMatchObject({ outcome: 'unchanged', outputs: first.deployed.outputs });
  const { deployed, events } = await deploy({ Seconds: '50' });
  expect(deployed.outcome).toBe('updated');
  expect(events.find(({ kind }) => kind === 'changes')).toMatchObject({
    changes: [{ Action: 'Modify', LogicalResourceId: 'Jobs', Replacement: 'False' }],
  });
  // The template that CloudFormation has is the student's own, comments and all.
  const command = new GetTemplateCommand({ StackName: stackName(), TemplateStage: 'Original' });
  expect((await clients.cloudformation.send(command)).TemplateBody).toBe(queue());
}, 60_000);

it('tells which resource failed first, and takes up a stack that was never complete', async () => {
  put({ 'template.yaml': queue(broken) });
  expect(await faultOf()).toMatchObject({
    kind: 'failed',
    stackStatus: 'ROLLBACK_COMPLETE',
    first: { logicalId: 'Bad', type: 'AWS::Lambda::Permission' },
  });
  put({ 'template.yaml': queue() });
  const { deployed, events } = await deploy();
  expect(deployed.outcome).toBe('created');
  expect(events.find(({ kind }) => kind === 'mending')).toMatchObject({ mending: 'deletes' });
  put({ 'template.yaml': queue(broken) });
  expect(await faultOf()).toMatchObject({ kind: 'failed', stackStatus: 'UPDATE_ROLLBACK_COMPLETE' });
  put({ 'template.yaml': queue() });
  expect((await deploy()).deployed.outcome).toBe('unchanged');
}, 60_000);

it('takes up where a deployment was cut off: before a change set was run, and while a stack is made', async () => {
  put({ 'template.yaml': queue() });
  const ChangeSetName = 'cut-off';
  const StackName = stackName();
  await clients.cloudformation.send(
    new CreateChangeSetCommand({ StackName, ChangeSetName, ChangeSetType: 'CREATE', TemplateBody: queue() }),
  );
  const patience = { client: clients.cloudformation, maxWaitTime: 30, minDelay: 0.1, maxDelay: 1 };
  await waitUntilChangeSetCreateComplete(patience, { StackName, ChangeSetName });
  expect((await deploy()).deployed.outcome).toBe('created');

  count += 1;
  await clients.cloudformation.send(
    new CreateStackCommand({ StackName: stackName(), TemplateBody: queue() }),
  );
  expect((await deploy()).deployed.outcome).toBe('unchanged');
}, 60_000);

it('changes nothing where CloudFormation does not take the template', async () => {
  put({ 'template.yaml': queue('  Odd: { Type: AWS::Nobody::Knows }\n') });
  expect(await faultOf()).toMatchObject({
    kind: 'refused',
    message: expect.stringContaining('AWS::Nobody::Knows') as string,
  });
});

it('sends a package only once, and a long template by way of the bucket', async () => {
  const long = `Description: ${'x'.repeat(900)}\n${'# a long comment\n'.repeat(4000)}`;
  const fn = `Transform: AWS::Serverless-2016-10-31
${long}Resources:
  One:
    Type: AWS::Serverless::Function
    Properties: { CodeUri: code, Handler: index.handler, Runtime: nodejs24.x }
  Two:
    Type: AWS::Serverless::Function
    Properties: { CodeUri: code, Handler: index.handler, Runtime: nodejs24.x }
`;
  put({ 'template.yaml': fn, 'code/index.mjs': 'export const handler = async () => 1;\n' });
  const sent = (events: readonly DeployEvent[]) =>
    new Set(
      events.flatMap((event) => (event.kind === 'uploaded' && event.uploaded.sent ? event.uploaded.key : [])),
    );
  const first = await deploy();
  expect(first.deployed.outcome).toBe('created');
  expect(sent(first.events).size).toBe(1);
  const second = await deploy();
  expect(second.deployed.outcome).toBe('unchanged');
  expect(sent(second.events).size).toBe(0);
}, 60_000);

it('asks before the changes are made', async () => {
  put({ 'template.yaml': queue() });
  const deployed = await deployApplication({
    clients,
    folder,
    stackName: stackName(),
    bucket: 'artifacts-100000000001',
    confirm: () => Promise.resolve(false),
  });
  expect(deployed.outcome).toBe('declined');
});

const stays = async () => (await stackOf(clients.cloudformation, stackName()))?.StackStatus;
const asked = (confirm: () => Promise<boolean>) =>
  deployApplication({ clients, folder, stackName: stackName(), bucket: 'artifacts-100000000001', confirm });

it('leaves nothing behind of what was declined, broken off or not taken', async () => {
  put({ 'template.yaml': queue() });
  expect((await asked(() => Promise.resolve(false))).outcome).toBe('declined');
  expect(await stays()).toBeUndefined();
  await expect(asked(() => Promise.reject(new Error('away')))).rejects.toThrow('away');
  expect(await stays()).toBeUndefined();
  put({ 'template.yaml': queue('  Odd: { Type: AWS::Nobody::Knows }\n') });
  expect(await faultOf()).toMatchObject({ kind: 'refused' });
  expect(await stays()).toBeUndefined();
  // A stack that is there stays as it is, and so does a change set that somebody else looks at.
  put({ 'template.yaml': queue() });
  await deploy();
  put({ 'template.yaml': queue().replace('30', '31').replace('!Ref Seconds', '33') });
  expect((await asked(() => Promise.resolve(false))).outcome).toBe('declined');
  expect(await stays()).toBe('CREATE_COMPLETE');
  const { Summaries } = await clients.cloudformation.send(
    new ListChangeSetsCommand({ StackName: stackName() }),
  );
  expect(Summaries?.filter(({ ExecutionStatus }) => ExecutionStatus === 'AVAILABLE')).toEqual([]);

  count += 1;
  const StackName = stackName();
  await clients.cloudformation.send(
    new CreateChangeSetCommand({
      StackName,
      ChangeSetName: 'theirs',
      ChangeSetType: 'CREATE',
      TemplateBody: queue(),
    }),
  );
  const patience = { client: clients.cloudformation, maxWaitTime: 30, minDelay: 0.1, maxDelay: 1 };
  await waitUntilChangeSetCreateComplete(patience, { StackName, ChangeSetName: 'theirs' });
  expect((await asked(() => Promise.resolve(false))).outcome).toBe('declined');
  expect(await stays()).toBe('REVIEW_IN_PROGRESS');
}, 60_000);
