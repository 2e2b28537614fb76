import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { archive } from '../../../lambda/testing/archive.ts';
import { ifThere } from '../translate/gone.ts';
import { refusal, trialRole, trialStack, trusting } from '../testing/trial-stack.ts';
import type { TrialStack } from '../testing/trial-stack.ts';
import { lambdaFunction } from './function.ts';

let stack: TrialStack;
let role: string;
beforeAll(async () => {
  stack = await trialStack();
  role = await trialRole(stack, 'worker', 'lambda.amazonaws.com');
});
afterAll(async () => await stack.stop());

const answering = (what: string): string => `exports.handler = async () => ${JSON.stringify(what)};`;
const base = (what: string) => ({
  Code: { ZipFile: answering(what) },
  Handler: 'index.handler',
  Runtime: 'nodejs24.x',
  Role: role,
});
const invoke = async (FunctionName: string): Promise<unknown> => {
  const { Payload } = await stack.call('lambda', 'Invoke', { FunctionName });
  return JSON.parse(new TextDecoder().decode(Payload as Uint8Array));
};
const isThere = async (FunctionName: string): Promise<boolean> =>
  (await ifThere(stack.call('lambda', 'GetFunction', { FunctionName }))) !== undefined;

describe('AWS::Lambda::Function', () => {
  it('is made of code in the template, answers, is changed in place and removed', async () => {
    const tags = { stage: 'dev', 'aws:cloudformation:stack-name': 'trial' };
    const work = stack.work('Worker', 'worker', tags);
    const properties = {
      ...base('one'),
      ReservedConcurrentExecutions: 5,
      Tags: [{ Key: 'team', Value: 'blue' }],
      Environment: { Variables: { AB: '1' } },
    };
    const made = await lambdaFunction.create(properties, work);
    expect(made.id).toBe(lambdaFunction.nameOf(properties, work));
    expect(made.attributes['Arn']).toMatch(new RegExp(`:function:${made.id}$`));
    expect(await invoke(made.id)).toBe('one');
    const kept = { ...made, properties };
    expect(await lambdaFunction.read(kept, work)).toEqual({
      Handler: 'index.handler',
      Runtime: 'nodejs24.x',
      Role: role,
      ReservedConcurrentExecutions: 5,
      Tags: properties.Tags,
      Environment: { Variables: { AB: '1' } },
    });
    const now = await stack.call('lambda', 'GetFunction', { FunctionName: made.id });
    expect(now.Tags).toEqual({ ...tags, team: 'blue' });

    const wanted = { ...base('two'), Timeout: 9, MemorySize: 256 };
    const changed = await lambdaFunction.update(kept, wanted, work);
    expect(await invoke(made.id)).toBe('two');
    const after = await stack.call('lambda', 'GetFunction', { FunctionName: made.id });
    expect(after.Configuration).toMatchObject({ Timeout: 9, MemorySize: 256 });
    expect(after.Configuration?.Environment?.Variables ?? {}).toEqual({});
    expect(after.Concurrency).toBeUndefined();
    expect(after.Tags).toEqual(tags);

    await stack.call('lambda', 'UpdateFunctionConfiguration', { FunctionName: made.id, Timeout: 5 });
    expect((await lambdaFunction.read({ ...changed, properties: wanted }, work))?.['Timeout']).toBe(5);
    // Nothing differs: what a failed update has changed is taken back.
    await lambdaFunction.update({ ...changed, properties: properties }, properties, work);
    expect(await invoke(made.id)).toBe('one');
    expect((await lambdaFunction.read(kept, work))?.['Environment']).toEqual({ Variables: { AB: '1' } });

    await lambdaFunction.delete(kept, work);
    expect(await isThere(made.id)).toBe(false);
    expect(await lambdaFunction.read(kept, work)).toBeUndefined();
    await lambdaFunction.delete(kept, work);
  });

  it('takes its code from S3, and keeps its code where only a setting changes', async () => {
    const work = stack.work('Stored');
    await stack.call('s3', 'CreateBucket', { Bucket: 'code-of-trial' });
    const Body = archive({ 'index.mjs': 'export const handler = async () => "stored";' });
    await stack.call('s3', 'PutObject', { Bucket: 'code-of-trial', Key: 'a.zip', Body });
    const properties = { ...base(''), Code: { S3Bucket: 'code-of-trial', S3Key: 'a.zip' } };
    const kept = { ...(await lambdaFunction.create(properties, work)), properties };
    expect(await invoke(kept.id)).toBe('stored');
    await stack.call('s3', 'DeleteObject', { Bucket: 'code-of-trial', Key: 'a.zip' });
    await lambdaFunction.update(kept, { ...properties, Timeout: 7 }, work);
    expect(await invoke(kept.id)).toBe('stored');
    await lambdaFunction.delete(kept, work);
  });

  it('waits for a role that Lambda may not take yet', async () => {
    const work = stack.work('Patient');
    const Role = await trialRole(stack, 'late', 'ec2.amazonaws.com');
    const making = lambdaFunction.create({ ...base('late'), Role }, work);
    await stack.call('iam', 'UpdateAssumeRolePolicy', {
      RoleName: 'late',
      PolicyDocument: JSON.stringify(trusting('lambda.amazonaws.com')),
    });
    expect(await isThere((await making).id)).toBe(true);
  });

  it('leaves nothing behind where it could not be made', async () => {
    const work = stack.work('Broken');
    const wrong = { ...base('x'), ReservedConcurrentExecutions: 5000 };
    expect((await refusal(lambdaFunction.create(wrong, work))).code).toBe('InvalidParameterValueException');
    expect(await isThere(lambdaFunction.nameOf(wrong, work))).toBe(false);
  });

  it('has no code in templates for other runtimes', async () => {
    const wrong = { ...base('x'), Runtime: 'provided.al2023' };
    expect((await refusal(lambdaFunction.create(wrong, stack.work('Custom')))).message).toContain('ZipFile');
  });
});
