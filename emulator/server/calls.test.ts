import { IAMClient, GetRoleCommand } from '@aws-sdk/client-iam';
import {
  InvokeCommand,
  ListFunctionsCommand,
  GetFunctionCommand,
  type LambdaClientConfig,
} from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import {
  clients,
  create,
  key,
  lambda,
  lines,
  running,
  seen,
  send,
  serveEachTest,
  signature,
  start,
} from './fixture/serving.ts';

serveEachTest();

describe('a call', () => {
  it('goes to the account of its key and the region of its scope', async () => {
    await lambda().send(create('mine'));
    const names = async (config: LambdaClientConfig): Promise<unknown> =>
      (await lambda(config).send(new ListFunctionsCommand({}))).Functions?.map(
        ({ FunctionName }) => FunctionName,
      );
    expect(await names({})).toEqual(['mine']);
    expect(await names({ region: 'eu-west-1' })).toEqual([]);
    expect(await names({ credentials: { ...key, accessKeyId: '444455556666' } })).toEqual([]);
  });

  it('tells the operation who called, from where, and by which entry of the trail', async () => {
    const { Payload } = await lambda().send(new InvokeCommand({ FunctionName: 'who' }));
    const call = JSON.parse(Buffer.from(Payload ?? []).toString()) as Record<string, unknown>;
    const [entry] = running.cloud.trail.read({ account: '111122223333', region: 'us-east-1' });
    expect(call).toMatchObject({
      account: '111122223333',
      region: 'us-east-1',
      service: 'lambda',
      operation: 'Invoke',
      origin: running.origin,
      trail: entry?.id,
      principal: { kind: 'root', arn: 'arn:aws:iam::111122223333:root' },
    });
    expect(entry).toMatchObject({ kind: 'api.call', facts: { operation: 'Invoke', status: 200 } });
  });

  it('is in the journal when it is answered, even when it failed', async () => {
    await lambda().send(create('a'));
    await expect(lambda().send(create('changes-then-fails'))).rejects.toMatchObject({
      name: 'ResourceConflictException',
      $metadata: { httpStatusCode: 409 },
    });
    await running.stop();
    await start();
    const { Functions } = await lambda().send(new ListFunctionsCommand({}));
    expect(Functions?.map(({ FunctionName }) => FunctionName)).toEqual(['a', 'changes-then-fails']);
  });

  it('starts its service once, however many come first', async () => {
    await Promise.all(
      Array.from({ length: 20 }, async () => await lambda().send(new ListFunctionsCommand({}))),
    );
    expect(seen.starts).toEqual({ lambda: 1, iam: 0 });
  });

  it('of an operation that is not there is answered 501 with its name, in every protocol', async () => {
    await expect(lambda().send(new GetFunctionCommand({ FunctionName: 'f' }))).rejects.toMatchObject({
      name: 'NotImplementedException',
      message: "Coldstart's embedded cloud has no lambda:GetFunction yet.",
      $metadata: { httpStatusCode: 501 },
    });
    const iam = new IAMClient({
      endpoint: running.origin,
      region: 'us-east-1',
      credentials: key,
      maxAttempts: 1,
    });
    clients.push(iam);
    await expect(iam.send(new GetRoleCommand({ RoleName: 'r' }))).rejects.toMatchObject({
      name: 'NotImplemented',
      message: "Coldstart's embedded cloud has no iam:GetRole yet.",
      $metadata: { httpStatusCode: 501 },
    });
  });

  it('of a service that is not there says so', async () => {
    const answer = await send('/', {
      ...signature('rekognition'),
      'x-amz-target': 'RekognitionService.ListCollections',
    });
    expect(answer.status).toBe(501);
    expect(JSON.parse(answer.body)).toEqual({
      __type: 'NotImplementedException',
      message: "Coldstart's embedded cloud has no rekognition yet.",
    });
  });

  it('of an operation that AWS does not have is not called unimplemented', async () => {
    expect((await send('/2015-03-31/nonsense', signature())).status).toBe(404);
    const answer = await send(
      '/',
      { ...signature('iam'), 'content-type': 'application/x-www-form-urlencoded' },
      { method: 'POST', body: 'Action=Nonsense&Version=2010-05-08' },
    );
    expect(answer).toMatchObject({ status: 400 });
    expect(answer.body).toContain(
      '<Message>Could not find operation Nonsense for version 2010-05-08</Message>',
    );
  });

  it('that meets a defect of ours is answered 500 without its text, and leaves one line in the log', async () => {
    const failed = lambda().send(new InvokeCommand({ FunctionName: 'defect' }));
    await expect(failed).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } });
    await expect(failed).rejects.not.toMatchObject({ message: expect.stringContaining('secret') as string });
    expect(lines).toEqual([
      expect.stringMatching(
        /^lambda:Invoke failed inside the cloud \(request [0-9a-f-]{36}\): Error: a defect with its secret$/,
      ),
    ]);
  });
});
