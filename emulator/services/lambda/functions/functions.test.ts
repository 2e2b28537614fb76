import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { archive, smallPackage } from '../testing/archive.ts';
import { comparable, recorded, recordedAtHand } from '../testing/recorded.ts';
import { newFunction, scope, SmallCloud } from '../testing/small-cloud.ts';

let lambda: SmallCloud;
beforeEach(() => (lambda = new SmallCloud()));
afterEach(async () => lambda.end());

const name = 'recorded-function';

describe.skipIf(!recordedAtHand())('answers as AWS was recorded', () => {
  it('to CreateFunction and GetFunction', async () => {
    const aws = recorded('test_lambda.snapshot.json', '::test_function_state');
    const given = { ...newFunction(name), Runtime: 'python3.12' as const, Handler: 'handler.handler' };
    expect(comparable(await lambda.call('CreateFunction', given))).toEqual(
      comparable(aws['create-fn-response']),
    );
    await lambda.clock.advance(1000);
    expect(comparable(await lambda.call('GetFunction', { FunctionName: name }))).toEqual(
      comparable(aws['get-fn-response']),
    );
  });

  it('to a function with variables on nodejs24.x', async () => {
    const aws = recorded('test_lambda_common.snapshot.json', 'test_introspection_invoke[nodejs24.x]');
    const created = await lambda.call('CreateFunction', {
      ...newFunction(name),
      MemorySize: 1024,
      Environment: { Variables: { TEST_KEY: 'TEST_VAL' } },
    });
    expect(comparable(created)).toEqual(comparable(aws['create_function_result']));
  });

  it('to UpdateFunctionConfiguration, and GetFunction after it', async () => {
    const aws = recorded('test_lambda.snapshot.json', '::test_lambda_handler_update');
    await lambda.ready(name, {
      Runtime: 'python3.12',
      Handler: 'handler.handler',
      Timeout: 30,
      Environment: { Variables: {} },
    });
    const updated = await lambda.call('UpdateFunctionConfiguration', {
      FunctionName: name,
      Handler: 'handler.handler_two',
    });
    expect(comparable(updated)).toEqual(comparable(aws['update_function_configuration_result']));
    await lambda.clock.advance(1000);
    expect(comparable(await lambda.call('GetFunction', { FunctionName: name }))).toEqual(
      comparable(aws['get_function_result']),
    );
  });

  it('to UpdateFunctionCode', async () => {
    const aws = recorded('test_lambda.snapshot.json', '::test_lambda_versions_with_code_changes');
    await lambda.ready(name, {
      Runtime: 'python3.12',
      Handler: 'handler.handler',
      Description: 'No version :(',
    });
    const updated = await lambda.call('UpdateFunctionCode', {
      FunctionName: name,
      ZipFile: archive({ 'handler.py': 'def handler(event, context): return 2' }),
    });
    expect(comparable(updated)).toEqual(comparable(aws['update_lambda_response']));
  });
});

describe('a function', () => {
  it('is pending first, then active, with a new revision at each step', async () => {
    const created = await lambda.call('CreateFunction', newFunction(name));
    expect(created).toMatchObject({ State: 'Pending', LastModified: '2026-11-23T08:42:00.000+0000' });
    expect(created.CodeSha256).toBe(createHash('sha256').update(smallPackage).digest('base64'));
    expect(created.CodeSize).toBe(smallPackage.length);
    expect(await lambda.refusal('Invoke', { FunctionName: name })).toMatchObject({
      code: 'ResourceConflictException',
      message:
        'The operation cannot be performed at this time. The function is currently in the following state: Pending',
    });
    await lambda.clock.advance(1000);
    const active = await lambda.call('GetFunctionConfiguration', { FunctionName: name });
    expect(active).toMatchObject({ State: 'Active', LastUpdateStatus: 'Successful' });
    expect(active.RevisionId).not.toBe(created.RevisionId);
  });

  it('becomes active though the cloud was restarted in between', async () => {
    await lambda.call('CreateFunction', newFunction(name));
    await lambda.restart();
    expect(await lambda.call('GetFunctionConfiguration', { FunctionName: name })).toMatchObject({
      State: 'Pending',
    });
    await lambda.clock.advance(1000);
    expect(await lambda.call('GetFunctionConfiguration', { FunctionName: name })).toMatchObject({
      State: 'Active',
    });
  });

  it('runs on its former code until an update is complete, and then its environments are recycled', async () => {
    await lambda.ready(name);
    const before = await lambda.call('GetFunctionConfiguration', { FunctionName: name });
    await lambda.call('Invoke', { FunctionName: name });
    await lambda.call('UpdateFunctionCode', { FunctionName: name, ZipFile: archive({ 'a.mjs': '1' }) });
    await lambda.call('Invoke', { FunctionName: name });
    expect(lambda.execution.recycled).toEqual([]);
    await lambda.clock.advance(1000);
    await lambda.call('Invoke', { FunctionName: name });
    const [first, during, after] = lambda.execution.ran.map(({ version }) => version);
    expect(during?.revision).toBe(first?.revision);
    expect(after?.revision).not.toBe(first?.revision);
    expect(after?.code).not.toBe(first?.code);
    expect(lambda.execution.recycled).toEqual([{ name, version: '$LATEST', why: 'updated' }]);
    const now = await lambda.call('GetFunctionConfiguration', { FunctionName: name });
    expect(now.CodeSha256).not.toBe(before.CodeSha256);
  });

  it('takes one change at a time', async () => {
    await lambda.call('CreateFunction', newFunction(name));
    const change = { FunctionName: name, MemorySize: 256 };
    expect((await lambda.refusal('UpdateFunctionConfiguration', change)).message).toContain('Pending');
    await lambda.clock.advance(1000);
    await lambda.call('UpdateFunctionConfiguration', change);
    const again = { FunctionName: name, ZipFile: smallPackage };
    expect(await lambda.refusal('UpdateFunctionCode', again)).toMatchObject({
      code: 'ResourceConflictException',
      message: `The operation cannot be performed at this time. An update is in progress for resource: arn:aws:lambda:us-east-1:111111111111:function:${name}`,
    });
    await lambda.clock.advance(1000);
    const [one, two] = await Promise.allSettled([
      lambda.call('UpdateFunctionCode', again),
      lambda.call('UpdateFunctionCode', { FunctionName: name, ZipFile: archive({ 'b.mjs': '2' }) }),
    ]);
    expect([one.status, two.status].sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('changes what a call names and nothing else; variables are replaced whole', async () => {
    await lambda.ready(name, { Environment: { Variables: { AA: '1', BB: '2' } }, Description: 'old' });
    const change = { FunctionName: name, Environment: { Variables: { CC: '3' } } };
    const updated = await lambda.call('UpdateFunctionConfiguration', change);
    expect(updated.Environment).toEqual({ Variables: { CC: '3' } });
    expect(updated).toMatchObject({ Description: 'old', Timeout: 3, Handler: 'index.handler' });
  });

  it('is changed only at the revision that the caller knows', async () => {
    await lambda.ready(name);
    const { RevisionId } = await lambda.call('GetFunctionConfiguration', { FunctionName: name });
    const wrong = { FunctionName: name, ZipFile: smallPackage, RevisionId: 'wrong' };
    expect((await lambda.refusal('UpdateFunctionCode', wrong)).code).toBe('PreconditionFailedException');
    await lambda.call('UpdateFunctionCode', { ...wrong, RevisionId });
  });

  it('is left as it is by a dry run', async () => {
    await lambda.ready(name);
    const before = await lambda.call('GetFunctionConfiguration', { FunctionName: name });
    const other = archive({ 'other.mjs': 'export {}' });
    const dry = await lambda.call('UpdateFunctionCode', { FunctionName: name, ZipFile: other, DryRun: true });
    expect(dry.CodeSize).toBe(other.length);
    expect(await lambda.call('GetFunctionConfiguration', { FunctionName: name })).toEqual(before);
  });

  it('takes its package from S3', async () => {
    lambda.objects.set('bucket/key.zip', smallPackage);
    const created = await lambda.call('CreateFunction', {
      ...newFunction(name),
      Code: { S3Bucket: 'bucket', S3Key: 'key.zip' },
    });
    expect(created.CodeSize).toBe(smallPackage.length);
  });

  it('logs as text or JSON, to a group of its own choice', async () => {
    await lambda.ready(name, { LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'WARN' } });
    const get = async (): Promise<unknown> =>
      (await lambda.call('GetFunctionConfiguration', { FunctionName: name })).LoggingConfig;
    expect(await get()).toEqual({
      LogFormat: 'JSON',
      ApplicationLogLevel: 'WARN',
      SystemLogLevel: 'INFO',
      LogGroup: `/aws/lambda/${name}`,
    });
    await lambda.call('UpdateFunctionConfiguration', {
      FunctionName: name,
      LoggingConfig: { LogGroup: '/my/group' },
    });
    await lambda.clock.advance(1000);
    expect(await get()).toMatchObject({ ApplicationLogLevel: 'WARN', LogGroup: '/my/group' });
    await lambda.call('UpdateFunctionConfiguration', {
      FunctionName: name,
      LoggingConfig: { LogFormat: 'Text' },
    });
    expect(await get()).toEqual({ LogFormat: 'Text', LogGroup: '/my/group' });
  });

  it('is gone after it was deleted, and can be made again', async () => {
    await lambda.ready(name);
    expect(await lambda.call('DeleteFunction', { FunctionName: name, Qualifier: '7' })).toEqual({
      StatusCode: 204,
    });
    await lambda.call('Invoke', { FunctionName: name });
    await lambda.call('DeleteFunction', { FunctionName: name });
    expect(lambda.execution.recycled).toEqual([{ name, why: 'deleted' }]);
    for (const operation of ['DeleteFunction', 'GetFunction'] as const) {
      expect(await lambda.refusal(operation, { FunctionName: name })).toMatchObject({
        code: 'ResourceNotFoundException',
        message: `Function not found: arn:aws:lambda:us-east-1:111111111111:function:${name}`,
      });
    }
    await lambda.ready(name);
  });

  it('belongs to its account and region', async () => {
    await lambda.ready(name);
    const elsewhere = [{ account: '222222222222' }, { region: 'eu-west-1' }];
    for (const other of elsewhere) {
      expect((await lambda.call('ListFunctions', {}, other)).Functions).toEqual([]);
      expect((await lambda.refusal('GetFunction', { FunctionName: name }, other)).code).toBe(
        'ResourceNotFoundException',
      );
    }
  });
});

describe('a package that was uploaded', () => {
  it('can be downloaded from the address that GetFunction gives, for ten minutes', async () => {
    await lambda.ready(name);
    const { Code } = await lambda.call('GetFunction', { FunctionName: name });
    const address = new URL(Code?.Location ?? '');
    const visit = async (change: Partial<{ path: string; query: string }> = {}) => {
      const request = { path: address.pathname, query: address.search.slice(1), ...change };
      const answer = await lambda.service.visit?.({
        method: 'GET',
        headers: {},
        body: new Uint8Array(),
        ...request,
      });
      return { status: answer?.status, body: Buffer.from((answer?.body ?? '') as Uint8Array) };
    };
    expect(address.searchParams.get('X-Amz-Expires')).toBe('600');
    expect((await visit()).body.equals(Buffer.from(smallPackage))).toBe(true);
    await lambda.restart();
    expect((await visit()).status).toBe(200);
    const forged = address.search.slice(1).replace('X-Amz-Expires=600', 'X-Amz-Expires=999');
    expect((await visit({ query: forged })).body.toString()).toContain('SignatureDoesNotMatch');
    expect((await visit({ path: address.pathname.replace(scope.account, '222222222222') })).status).toBe(403);
    await lambda.clock.advance(601_000);
    expect((await visit()).body.toString()).toContain('Request has expired');
  });
});

describe('a list of functions', () => {
  it('comes in pages that stay right when functions come and go', async () => {
    for (const at of ['a', 'b', 'c', 'd', 'e']) await lambda.ready(at);
    const first = await lambda.call('ListFunctions', { MaxItems: 2 });
    expect(first.Functions?.map(({ FunctionName }) => FunctionName)).toEqual(['a', 'b']);
    await lambda.call('DeleteFunction', { FunctionName: 'b' });
    const rest = await lambda.call('ListFunctions', { Marker: first.NextMarker });
    expect(rest.Functions?.map(({ FunctionName }) => FunctionName)).toEqual(['c', 'd', 'e']);
    expect(rest.NextMarker).toBeUndefined();
    expect(rest.Functions?.[0]).not.toHaveProperty('State');
    const all = await lambda.call('ListFunctions', { FunctionVersion: 'ALL', MaxItems: 1 });
    expect(all.Functions?.[0]?.FunctionArn).toMatch(/:function:a:\$LATEST$/);
    expect((await lambda.refusal('ListFunctions', { Marker: 'nonsense' })).code).toBe(
      'InvalidParameterValueException',
    );
  });
});
