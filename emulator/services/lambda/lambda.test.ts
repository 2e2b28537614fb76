import {
  AddPermissionCommand,
  CreateFunctionCommand,
  DeleteFunctionCommand,
  DeleteFunctionConcurrencyCommand,
  GetAccountSettingsCommand,
  GetFunctionCommand,
  GetFunctionCodeSigningConfigCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  GetFunctionRecursionConfigCommand,
  GetPolicyCommand,
  GetRuntimeManagementConfigCommand,
  InvokeAsyncCommand,
  InvokeCommand,
  InvokeWithResponseStreamCommand,
  ListFunctionsCommand,
  ListTagsCommand,
  ListVersionsByFunctionCommand,
  GetFunctionScalingConfigCommand,
  PutFunctionConcurrencyCommand,
  RemovePermissionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionActiveV2,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCloud } from '../../start.ts';
import type { RunningCloud } from '../../start.ts';
import { archive } from './testing/archive.ts';
import { account } from './testing/small-cloud.ts';
import { basics, clientSettings, patience, refusal, studentAt } from './testing/student.ts';
import type { Student } from './testing/student.ts';

/* The real SDK client against the real server with real processes. */
let running: RunningCloud;
let student: Student;
let lambda: LambdaClient;
let home: string;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'coldstart-lambda-'));
  running = await startCloud({ port: 0, home, ephemeral: true });
  student = await studentAt(running.origin);
  ({ lambda } = student);
});
afterAll(async () => {
  lambda.destroy();
  await running.stop();
  rmSync(home, { recursive: true, force: true });
});

const code = archive({
  'index.mjs': `
    let count = 0;
    export const handler = async (event, context) => {
      if (event.fail) throw new TypeError('as asked');
      return { event, count: ++count, requestId: context.awsRequestId, arn: context.invokedFunctionArn };
    };`,
  'stream.mjs': `
    export const handler = awslambda.streamifyResponse(async (event, stream) => {
      stream.write('one ');
      stream.write('two');
      stream.end();
    });`,
});

describe('a function, by the SDK', () => {
  it('is created, invoked, changed and deleted', async () => {
    const FunctionName = 'whole-life';
    const created = await lambda.send(
      new CreateFunctionCommand({
        FunctionName,
        ...basics(student.Role, code),
        Tags: { lab: '1' },
        MemorySize: 256,
      }),
    );
    expect(created.$metadata.httpStatusCode).toBe(201);
    expect(created).toMatchObject({ State: 'Pending', MemorySize: 256, PackageType: 'Zip' });
    await waitUntilFunctionActiveV2(patience(lambda), { FunctionName });

    const invoked = await lambda.send(
      new InvokeCommand({ FunctionName, Payload: '{"name":"에이다"}', LogType: 'Tail' }),
    );
    expect(invoked).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST' });
    const answer = JSON.parse(invoked.Payload?.transformToString() ?? '') as Record<string, unknown>;
    expect(answer).toMatchObject({ event: { name: '에이다' }, count: 1, arn: created.FunctionArn });
    expect(answer['requestId']).toBe(invoked.$metadata.requestId);
    expect(Buffer.from(invoked.LogResult ?? '', 'base64').toString()).toContain(
      `REPORT RequestId: ${invoked.$metadata.requestId}`,
    );

    const failed = await lambda.send(new InvokeCommand({ FunctionName, Payload: '{"fail":true}' }));
    expect(failed).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled' });
    expect(JSON.parse(failed.Payload?.transformToString() ?? '')).toMatchObject({
      errorType: 'TypeError',
      errorMessage: 'as asked',
    });

    const got = await lambda.send(new GetFunctionCommand({ FunctionName }));
    expect(got.Tags).toEqual({ lab: '1' });
    const downloaded = await fetch(got.Code?.Location ?? '');
    expect(Buffer.from(await downloaded.arrayBuffer()).equals(Buffer.from(code))).toBe(true);

    await lambda.send(
      new UpdateFunctionConfigurationCommand({
        FunctionName,
        Environment: { Variables: { GREETING: 'hi' } },
      }),
    );
    await waitUntilFunctionUpdatedV2(patience(lambda), { FunctionName });
    const other = archive({ 'index.mjs': 'export const handler = async () => process.env.GREETING;' });
    await lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: other }));
    await waitUntilFunctionUpdatedV2(patience(lambda), { FunctionName });
    const again = await lambda.send(new InvokeCommand({ FunctionName }));
    expect(again.Payload?.transformToString()).toBe('"hi"');

    await lambda.send(new DeleteFunctionCommand({ FunctionName }));
    const gone = await refusal(lambda.send(new GetFunctionConfigurationCommand({ FunctionName })));
    expect(gone).toMatchObject({
      name: 'ResourceNotFoundException',
      Type: 'User',
      message: `Function not found: ${created.FunctionArn ?? ''}`,
      $metadata: { httpStatusCode: 404 },
    });
  });

  it('takes its code from S3', async () => {
    const s3 = new S3Client({ ...clientSettings(running.origin), forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: 'packages' }));
    await s3.send(new PutObjectCommand({ Bucket: 'packages', Key: 'a/b.zip', Body: code }));
    s3.destroy();
    await student.make('from-s3', code, { Code: { S3Bucket: 'packages', S3Key: 'a/b.zip' } });
    expect((await lambda.send(new InvokeCommand({ FunctionName: 'from-s3' }))).StatusCode).toBe(200);
    const missing = lambda.send(
      new UpdateFunctionCodeCommand({ FunctionName: 'from-s3', S3Bucket: 'packages', S3Key: 'none' }),
    );
    expect((await refusal(missing))['message']).toBe(
      'Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: The specified key does not exist.',
    );
  });

  it('streams', async () => {
    await student.make('streams', code, { Handler: 'stream.handler' });
    const { EventStream } = await lambda.send(
      new InvokeWithResponseStreamCommand({ FunctionName: 'streams', LogType: 'Tail' }),
    );
    let text = '';
    let log = '';
    for await (const event of EventStream ?? []) {
      text += new TextDecoder().decode(event.PayloadChunk?.Payload);
      log += Buffer.from(event.InvokeComplete?.LogResult ?? '', 'base64').toString();
    }
    expect(text).toBe('one two');
    expect(log).toContain('REPORT RequestId');
    const missing = lambda.send(new InvokeWithResponseStreamCommand({ FunctionName: 'nobody' }));
    expect((await refusal(missing))['name']).toBe('ResourceNotFoundException');
  });

  it('takes events', async () => {
    await student.make('events', code);
    const event = await lambda.send(new InvokeCommand({ FunctionName: 'events', InvocationType: 'Event' }));
    expect(event.StatusCode).toBe(202);
    // The old operation, which some tools still call.
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- it is the operation under test
    const old = new InvokeAsyncCommand({ FunctionName: 'events', InvokeArgs: '{}' });
    expect((await lambda.send(old)).Status).toBe(202);
    const dry = await lambda.send(new InvokeCommand({ FunctionName: 'events', InvocationType: 'DryRun' }));
    expect(dry.StatusCode).toBe(204);
    const runs = (): number =>
      running.cloud.trail
        .read({ account, region: 'us-east-1' })
        .filter((entry) => entry.kind === 'lambda.invocation' && entry.facts.functionArn.includes(':events'))
        .length;
    await expect.poll(runs, { timeout: 10_000 }).toBe(2);
  });
});

describe('everything around a function, by the SDK', () => {
  const FunctionName = 'around';
  const Resource = `arn:aws:lambda:us-east-1:${account}:function:${FunctionName}`;
  beforeAll(async () => student.make(FunctionName, code));

  it('tags', async () => {
    await lambda.send(new TagResourceCommand({ Resource, Tags: { a: '1', b: '2' } }));
    await lambda.send(new UntagResourceCommand({ Resource, TagKeys: ['a'] }));
    expect((await lambda.send(new ListTagsCommand({ Resource }))).Tags).toEqual({ b: '2' });
  });

  it('permissions', async () => {
    const permission = {
      FunctionName,
      StatementId: 'api',
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
    };
    const added = await lambda.send(new AddPermissionCommand(permission));
    expect(JSON.parse(added.Statement ?? '')).toMatchObject({ Sid: 'api', Resource });
    const twice = await refusal(lambda.send(new AddPermissionCommand(permission)));
    expect(twice).toMatchObject({ name: 'ResourceConflictException', $metadata: { httpStatusCode: 409 } });
    const { Policy, RevisionId } = await lambda.send(new GetPolicyCommand({ FunctionName }));
    expect(JSON.parse(Policy ?? '')).toMatchObject({ Version: '2012-10-17', Id: 'default' });
    await lambda.send(new RemovePermissionCommand({ FunctionName, StatementId: 'api', RevisionId }));
    expect((await refusal(lambda.send(new GetPolicyCommand({ FunctionName }))))['name']).toBe(
      'ResourceNotFoundException',
    );
  });

  it('concurrency', async () => {
    const put = new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 0 });
    expect((await lambda.send(put)).ReservedConcurrentExecutions).toBe(0);
    expect(await refusal(lambda.send(new InvokeCommand({ FunctionName })))).toMatchObject({
      name: 'TooManyRequestsException',
      Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
      message: 'Rate Exceeded.',
      $metadata: { httpStatusCode: 429 },
    });
    await lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName }));
    const none = await lambda.send(new GetFunctionConcurrencyCommand({ FunctionName }));
    expect(none.ReservedConcurrentExecutions).toBeUndefined();
    const { AccountLimit } = await lambda.send(new GetAccountSettingsCommand({}));
    expect(AccountLimit?.UnreservedConcurrentExecutions).toBe(1000);
  });

  it('lists, and what tools read of every function', async () => {
    const { Functions } = await lambda.send(new ListFunctionsCommand({ MaxItems: 50 }));
    expect(Functions?.map((each) => each.FunctionName)).toContain(FunctionName);
    const { Versions } = await lambda.send(new ListVersionsByFunctionCommand({ FunctionName }));
    expect(Versions?.map((each) => each.FunctionArn)).toEqual([`${Resource}:$LATEST`]);
    const signing = await lambda.send(new GetFunctionCodeSigningConfigCommand({ FunctionName }));
    expect(signing.FunctionName).toBe(FunctionName);
    const management = await lambda.send(new GetRuntimeManagementConfigCommand({ FunctionName }));
    expect(management.UpdateRuntimeOn).toBe('Auto');
    const recursion = await lambda.send(new GetFunctionRecursionConfigCommand({ FunctionName }));
    expect(recursion.RecursiveLoop).toBe('Terminate');
  });

  it('what is not there is refused by name', async () => {
    const publish = await refusal(
      lambda.send(new GetFunctionScalingConfigCommand({ FunctionName, Qualifier: '1' })),
    );
    expect(publish['$metadata']).toMatchObject({ httpStatusCode: 501 });
    expect(String(publish['message'])).toContain('GetFunctionScalingConfig');
  });
});
