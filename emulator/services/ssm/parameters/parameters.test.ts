import {
  DeleteParameterCommand,
  DeleteParametersCommand,
  DescribeParametersCommand,
  GetParameterCommand,
  GetParameterHistoryCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  PutParameterCommand,
  type PutParameterCommandInput,
} from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { account, trialSsm, type TrialSsm } from '../testing/trial-ssm.ts';

let trial: TrialSsm;
beforeAll(async () => {
  trial = await trialSsm();
});
afterAll(async () => await trial.stop());

const put = async (Name: string, Value: string, more: Partial<PutParameterCommandInput> = {}) =>
  await trial.ssm.send(new PutParameterCommand({ Name, Value, Type: 'String', ...more }));
const get = async (Name: string, WithDecryption = false) =>
  (await trial.ssm.send(new GetParameterCommand({ Name, WithDecryption }))).Parameter;
const refused = async (work: Promise<unknown>) =>
  await work.then(
    () => expect.unreachable('it was not refused'),
    (error: unknown) => ({ name: (error as Error).name, message: (error as Error).message }),
  );

describe('a parameter', () => {
  it('is kept with its ARN, and found by name, version and ARN', async () => {
    expect(await put('/orders/table', 'first')).toMatchObject({ Version: 1, Tier: 'Standard' });
    expect(await put('/orders/table', 'second', { Overwrite: true })).toMatchObject({ Version: 2 });
    const arn = `arn:aws:ssm:us-east-1:${account}:parameter/orders/table`;
    expect(await get('/orders/table')).toMatchObject({
      Name: '/orders/table',
      Type: 'String',
      Value: 'second',
      Version: 2,
      ARN: arn,
      DataType: 'text',
    });
    expect(await get('/orders/table:1')).toMatchObject({ Value: 'first', Version: 1, Selector: ':1' });
    expect(await get(arn)).toMatchObject({ Value: 'second' });
    expect(await get(`${arn}:1`)).toMatchObject({ Value: 'first' });
    await put('plain', 'p');
    expect(await get(`arn:aws:ssm:us-east-1:${account}:parameter/plain`)).toMatchObject({
      Name: 'plain',
      Value: 'p',
    });
    expect(await refused(get(`arn:aws:ssm:eu-west-1:${account}:parameter/plain`))).toMatchObject({
      name: 'ParameterNotFound',
    });
  });

  it('is refused in the words of AWS', async () => {
    await put('/taken', 'a');
    expect(await refused(put('/taken', 'b'))).toEqual({
      name: 'ParameterAlreadyExists',
      message:
        'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
    });
    // AWS has no text for it; the SDK says so.
    expect(await refused(get('/nothing'))).toEqual({ name: 'ParameterNotFound', message: 'UnknownError' });
    expect(await refused(get('/taken:7'))).toEqual({
      name: 'ParameterVersionNotFound',
      message: 'Systems Manager could not find version 7 of /taken. Verify the version and try again.',
    });
    expect(await refused(put('/untyped', 'a', { Type: undefined }))).toEqual({
      name: 'ValidationException',
      message: 'A parameter type is required when you create a parameter.',
    });
    expect(await refused(put('/taken', 'a', { Type: 'StringList', Overwrite: true }))).toMatchObject({
      name: 'HierarchyTypeMismatchException',
    });
    expect(await refused(put('aws-thing', 'a'))).toMatchObject({
      name: 'ValidationException',
      message: 'Parameter name: can\'t be prefixed with "aws" or "ssm" (case-insensitive).',
    });
    expect(await refused(put('/aws/thing', 'a'))).toMatchObject({
      name: 'AccessDeniedException',
      message: 'No access to reserved parameter name: /aws/thing.',
    });
    expect(await refused(put('a/b', 'a'))).toMatchObject({
      message: 'Parameter name must be a fully qualified name.',
    });
    expect(await refused(put(`/${'a/'.repeat(15)}b`, 'a'))).toMatchObject({
      name: 'HierarchyLevelLimitExceededException',
    });
    expect(
      await refused(put('/taken', 'b', { Overwrite: true, Tags: [{ Key: 'a', Value: 'b' }] })),
    ).toMatchObject({
      message: expect.stringContaining("tags and overwrite can't be used together") as string,
    });
    expect(await refused(put('/pattern', 'abc', { AllowedPattern: '^\\d+$' }))).toEqual({
      name: 'ParameterPatternMismatchException',
      message: 'Parameter value, cannot be validated against allowedPattern: ^\\d+$',
    });
    expect(await refused(put('/policies', 'a', { Policies: '[{"Type":"Expiration"}]' }))).toMatchObject({
      message: expect.stringContaining('does not have parameter policies') as string,
    });
  });

  it('that is too long for its tier needs the other one, and stays there', async () => {
    const long = 'x'.repeat(4097);
    expect(await refused(put('/long', long))).toMatchObject({
      message: expect.stringMatching(
        /^Standard tier parameters support a maximum parameter value of 4096/,
      ) as string,
    });
    expect(await put('/long', long, { Tier: 'Intelligent-Tiering' })).toMatchObject({ Tier: 'Advanced' });
    expect(await refused(put('/long', 'x', { Tier: 'Standard', Overwrite: true }))).toMatchObject({
      message: expect.stringContaining("You can't downgrade a parameter") as string,
    });
    expect(await refused(put('/long', 'x'.repeat(8193), { Overwrite: true }))).toMatchObject({
      name: 'ValidationException',
    });
    expect(await put('/long', 'x', { Overwrite: true })).toMatchObject({ Tier: 'Advanced' });
  });

  it('that is a secret is shown to those who ask to have it decrypted', async () => {
    await put('/secret', 'swordfish', { Type: 'SecureString' });
    const hidden = await get('/secret');
    expect(hidden?.Type).toBe('SecureString');
    expect(hidden?.Value).not.toContain('swordfish');
    expect((await get('/secret', true))?.Value).toBe('swordfish');
  });

  it('keeps a hundred versions, and what was said of it', async () => {
    await put('/history', '1', { Description: 'kept' });
    for (let version = 2; version <= 101; version += 1)
      await put('/history', String(version), { Overwrite: true });
    const first = await trial.ssm.send(new GetParameterHistoryCommand({ Name: '/history' }));
    expect(first.Parameters?.map(({ Version }) => Version)).toEqual(
      Array.from({ length: 50 }, (_, at) => at + 2),
    );
    const second = await trial.ssm.send(
      new GetParameterHistoryCommand({ Name: '/history', NextToken: first.NextToken }),
    );
    expect(second.Parameters).toHaveLength(50);
    expect(second.NextToken).toBeUndefined();
    expect(second.Parameters?.at(-1)).toMatchObject({
      Version: 101,
      Value: '101',
      Description: 'kept',
      LastModifiedUser: `arn:aws:iam::${account}:root`,
    });
  });
});

describe('several parameters', () => {
  beforeAll(async () => {
    for (const name of ['/app/a', '/app/b', '/app/deep/c', '/app/deep/d', '/application', 'root'])
      await put(name, name, name === '/app/b' ? { Type: 'StringList' } : {});
  });
  const byPath = async (Path: string, more: object = {}) =>
    await trial.ssm.send(new GetParametersByPathCommand({ Path, ...more }));
  const names = (answer: { Parameters?: { Name?: string }[] }) => answer.Parameters?.map(({ Name }) => Name);

  it('are read by their names', async () => {
    const answer = await trial.ssm.send(
      new GetParametersCommand({ Names: ['/app/a', '/app/missing', '/app/b:1', '/app/b:9'] }),
    );
    expect(names(answer)).toEqual(['/app/a', '/app/b']);
    expect(answer.InvalidParameters).toEqual(['/app/missing', '/app/b:9']);
  });

  it('are read by their path, one level or all below, page by page', async () => {
    expect(names(await byPath('/app'))).toEqual(['/app/a', '/app/b']);
    expect(names(await byPath('/app/'))).toEqual(['/app/a', '/app/b']);
    const first = await byPath('/app', { Recursive: true, MaxResults: 3 });
    expect(names(first)).toEqual(['/app/a', '/app/b', '/app/deep/c']);
    const second = await byPath('/app', { Recursive: true, MaxResults: 3, NextToken: first.NextToken });
    expect(names(second)).toEqual(['/app/deep/d']);
    expect(second.NextToken).toBeUndefined();
    expect(names(await byPath('/none'))).toEqual([]);
    expect(names(await byPath('/'))).toEqual(expect.arrayContaining(['/application', 'root']));
    expect(
      names(await byPath('/app', { ParameterFilters: [{ Key: 'Type', Values: ['StringList'] }] })),
    ).toEqual(['/app/b']);
    expect(await refused(byPath('app'))).toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining('must begin with a forward slash "/"') as string,
    });
    expect(await refused(byPath('/app', { NextToken: 'none' }))).toEqual({
      name: 'InvalidNextToken',
      message: "The specified token isn't valid.",
    });
  });

  it('are described by filters', async () => {
    const describe = async (ParameterFilters: { Key: string; Option?: string; Values: string[] }[]) =>
      names(await trial.ssm.send(new DescribeParametersCommand({ ParameterFilters })));
    expect(await describe([{ Key: 'Path', Option: 'Recursive', Values: ['/app'] }])).toHaveLength(4);
    expect(await describe([{ Key: 'Name', Option: 'BeginsWith', Values: ['/app/deep'] }])).toHaveLength(2);
    expect(await describe([{ Key: 'Name', Option: 'Contains', Values: ['licat'] }])).toEqual([
      '/application',
    ]);
    expect(await refused(describe([{ Key: 'Label', Values: ['x'] }]))).toMatchObject({
      name: 'InvalidFilterKey',
    });
    expect(await refused(describe([{ Key: 'Type', Option: 'Contains', Values: ['x'] }]))).toMatchObject({
      name: 'InvalidFilterOption',
    });
  });

  it('are deleted', async () => {
    const answer = await trial.ssm.send(
      new DeleteParametersCommand({ Names: ['/app/deep/c', '/app/deep/x'] }),
    );
    expect(answer.DeletedParameters).toEqual(['/app/deep/c']);
    expect(answer.InvalidParameters).toEqual(['/app/deep/x']);
    await trial.ssm.send(new DeleteParameterCommand({ Name: '/app/deep/d' }));
    expect(await refused(trial.ssm.send(new DeleteParameterCommand({ Name: '/app/deep/d' })))).toMatchObject({
      name: 'ParameterNotFound',
    });
    // A parameter of the same name begins anew.
    expect(await put('/app/deep/d', 'again')).toMatchObject({ Version: 1 });
  });
});
