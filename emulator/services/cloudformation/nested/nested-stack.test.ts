import { CreateStackCommand, DeleteStackCommand, UpdateStackCommand } from '@aws-sdk/client-cloudformation';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { queues, TrialStacks } from '../testing/trial-stacks.ts';

let trial: TrialStacks;
let s3: S3Client;
beforeEach(async () => {
  trial = await TrialStacks.start();
  s3 = new S3Client({ ...trial.settings(), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'templates' }));
});
afterEach(async () => {
  s3.destroy();
  await trial.stop();
});

const put = async (Key: string, Body: string) => {
  await s3.send(new PutObjectCommand({ Bucket: 'templates', Key, Body }));
};
const inner = (name: string): string =>
  queues(
    { Letters: { QueueName: { Ref: 'Name' } } },
    {
      Parameters: { Name: { Type: 'String', Default: name } },
      Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Letters', 'Arn'] } } },
    },
  );
const outer = (key: string, Parameters: object = {}): string =>
  JSON.stringify({
    Resources: {
      Inner: {
        Type: 'AWS::CloudFormation::Stack',
        Properties: { TemplateURL: `https://templates.s3.us-east-1.amazonaws.com/${key}`, Parameters },
      },
    },
    Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Inner', 'Outputs.Arn'] } } },
  });

it('makes, changes and removes a stack inside another', async () => {
  await put('inner.json', inner('one'));
  const StackName = 'shop';
  await trial.cfn.send(new CreateStackCommand({ StackName, TemplateBody: outer('inner.json') }));
  const stack = await trial.settled(StackName);
  expect(stack).toMatchObject({
    StackStatus: 'CREATE_COMPLETE',
    Outputs: [{ OutputKey: 'Arn', OutputValue: 'arn:aws:sqs:us-east-1:111111111111:one' }],
  });
  await trial.cfn.send(
    new UpdateStackCommand({ StackName, TemplateBody: outer('inner.json', { Name: 'two' }) }),
  );
  expect((await trial.settled(StackName)).Outputs?.[0]?.OutputValue).toMatch(/:two$/);
  expect([...trial.things.there.keys()]).toEqual(['two']);
  await trial.cfn.send(new DeleteStackCommand({ StackName }));
  expect((await trial.settled(stack.StackId ?? '')).StackStatus).toBe('DELETE_COMPLETE');
  expect(trial.things.there.size).toBe(0);
});

it('tells why an inner stack could not be made, and leaves nothing of it', async () => {
  await put('inner.json', inner('fails'));
  const StackName = 'shop';
  await trial.cfn.send(new CreateStackCommand({ StackName, TemplateBody: outer('inner.json') }));
  expect((await trial.settled(StackName)).StackStatus).toBe('ROLLBACK_COMPLETE');
  expect((await trial.events(StackName)).find((event) => event.startsWith('Inner CREATE_FAILED'))).toMatch(
    /^Inner CREATE_FAILED: Embedded stack arn:aws:cloudformation:\S+ was not successfully created: The following resource\(s\) failed to create: \[Letters\]\./,
  );
  expect(trial.things.there.size).toBe(0);
});
