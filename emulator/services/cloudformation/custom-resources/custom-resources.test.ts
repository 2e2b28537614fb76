import { CreateStackCommand, DeleteStackCommand, UpdateStackCommand } from '@aws-sdk/client-cloudformation';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { archive } from '../../lambda/testing/archive.ts';
import { studentAt, type Student } from '../../lambda/testing/student.ts';
import { TrialStacks } from '../testing/trial-stacks.ts';

let trial: TrialStacks;
let student: Student;
beforeEach(async () => {
  trial = await TrialStacks.start();
  student = await studentAt(trial.running.origin);
});
afterEach(async () => {
  student.lambda.destroy();
  await trial.stop();
});

/* What it makes is a word; `no` cannot be made. */
const MAKER = `
export const handler = async (event) => {
  const { Word } = event.ResourceProperties;
  const answer = {
    Status: Word === 'no' && event.RequestType !== 'Delete' ? 'FAILED' : 'SUCCESS',
    Reason: 'No word',
    PhysicalResourceId: 'word-' + Word,
    StackId: event.StackId, RequestId: event.RequestId, LogicalResourceId: event.LogicalResourceId,
    Data: { Loud: Word.toUpperCase(), Kind: event.RequestType, Type: event.ResourceType },
  };
  await fetch(event.ResponseURL, { method: 'PUT', body: JSON.stringify(answer) });
};`;

const template = (token: string, word: unknown): string =>
  JSON.stringify({
    Resources: { Greeting: { Type: 'Custom::Greeting', Properties: { ServiceToken: token, Word: word } } },
    Outputs: Object.fromEntries(
      ['Loud', 'Kind', 'Type'].map((name) => [name, { Value: { 'Fn::GetAtt': ['Greeting', name] } }]),
    ),
  });

it('has a function make what AWS does not', async () => {
  await student.make('maker', archive({ 'index.mjs': MAKER }));
  const token = 'arn:aws:lambda:us-east-1:111111111111:function:maker';
  const StackName = 'shop';
  const outputs = async () =>
    (await trial.settled(StackName)).Outputs?.map(({ OutputValue }) => OutputValue) ?? [];
  await trial.cfn.send(new CreateStackCommand({ StackName, TemplateBody: template(token, 'hello') }));
  expect(await outputs()).toEqual(['HELLO', 'Create', 'Custom::Greeting']);
  await trial.cfn.send(new UpdateStackCommand({ StackName, TemplateBody: template(token, 'good') }));
  expect(await outputs()).toEqual(['GOOD', 'Update', 'Custom::Greeting']);
  // Another physical id is another thing: the one before is removed.
  expect(await trial.events(StackName)).toContain('Greeting DELETE_COMPLETE');
  await trial.cfn.send(new UpdateStackCommand({ StackName, TemplateBody: template(token, 'no') }));
  expect((await trial.settled(StackName)).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect((await trial.events(StackName)).find((event) => event.startsWith('Greeting UPDATE_FAILED'))).toMatch(
    /^Greeting UPDATE_FAILED: Received response status \[FAILED\] from custom resource\. Message returned: No word \(RequestId: [0-9a-f-]{36}\)$/,
  );
  const { StackId = '' } = await trial.settled(StackName);
  await trial.cfn.send(new DeleteStackCommand({ StackName }));
  expect((await trial.settled(StackId)).StackStatus).toBe('DELETE_COMPLETE');
}, 60_000);

it('gives a function that never answers no more time than the resource says', async () => {
  await student.make('silent', archive({ 'index.mjs': 'export const handler = async () => {};' }));
  const token = 'arn:aws:lambda:us-east-1:111111111111:function:silent';
  const TemplateBody = template(token, 'hello').replace('"Word"', '"ServiceTimeout":"60","Word"');
  await trial.cfn.send(new CreateStackCommand({ StackName: 'shop', TemplateBody, OnFailure: 'DO_NOTHING' }));
  while ((await trial.stack('shop'))?.StackStatus === 'CREATE_IN_PROGRESS')
    await trial.running.cloud.clock.advance(61_000);
  expect((await trial.settled('shop')).StackStatus).toBe('CREATE_FAILED');
  expect((await trial.events('shop')).join()).toContain(
    'CloudFormation did not receive a response from your custom resource.',
  );
}, 60_000);
