import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recordedAtHand, recordedErrors } from '../testing/recorded.ts';
import { account, scope, SmallCloud } from '../testing/small-cloud.ts';

let lambda: SmallCloud;
beforeEach(async () => {
  lambda = new SmallCloud();
  await lambda.ready('f');
});
afterEach(async () => lambda.end());

const arn = `arn:aws:lambda:us-east-1:${account}:function:f`;
const sourceArn = `arn:aws:execute-api:us-east-1:${account}:abc123/*/GET/hello`;
const s3 = {
  FunctionName: 'f',
  StatementId: 's3',
  Action: 'lambda:InvokeFunction',
  Principal: 's3.amazonaws.com',
};
const gateway = { ...s3, StatementId: 'api', Principal: 'apigateway.amazonaws.com' };

describe('AddPermission', () => {
  it('writes the statement as AWS does', async () => {
    const { Statement } = await lambda.call('AddPermission', {
      ...s3,
      SourceArn: 'arn:aws:s3:::bucket',
      SourceAccount: account,
    });
    const expected =
      '{"Sid":"s3","Effect":"Allow","Principal":{"Service":"s3.amazonaws.com"},"Action":"lambda:InvokeFunction",' +
      `"Resource":"${arn}","Condition":{"StringEquals":{"AWS:SourceAccount":"${account}"},"ArnLike":{"AWS:SourceArn":"arn:aws:s3:::bucket"}}}`;
    expect(Statement).toBe(expected);
    const { Policy } = await lambda.call('GetPolicy', { FunctionName: 'f' });
    expect(Policy).toBe(`{"Version":"2012-10-17","Id":"default","Statement":[${expected}]}`);
  });

  it.each([
    ['*', '*', {}],
    ['123456789012', { AWS: 'arn:aws:iam::123456789012:root' }, {}],
    ['arn:aws:iam::123456789012:role/r', { AWS: 'arn:aws:iam::123456789012:role/r' }, {}],
    ['alexa-appkit.amazon.com', { Service: 'alexa-appkit.amazon.com' }, { EventSourceToken: 'token' }],
    ['*', '*', { PrincipalOrgID: 'o-1234567890', FunctionUrlAuthType: 'NONE' as const }],
  ])('takes %s for a principal', async (Principal, expected, more) => {
    const { Statement = '' } = await lambda.call('AddPermission', { ...s3, Principal, ...more });
    const statement = JSON.parse(Statement) as { Principal: unknown; Condition?: unknown };
    expect(statement.Principal).toEqual(expected);
    expect(statement.Condition).toEqual(
      'EventSourceToken' in more
        ? { StringEquals: { 'lambda:EventSourceToken': 'token' } }
        : 'PrincipalOrgID' in more
          ? { StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE', 'aws:PrincipalOrgID': 'o-1234567890' } }
          : undefined,
    );
  });

  it('makes a new revision and is made only at the one the caller knows', async () => {
    const before = await lambda.call('GetFunctionConfiguration', { FunctionName: 'f' });
    await lambda.call('AddPermission', { ...s3, RevisionId: before.RevisionId });
    const { RevisionId } = await lambda.call('GetPolicy', { FunctionName: 'f' });
    expect(RevisionId).not.toBe(before.RevisionId);
    expect((await lambda.call('GetFunctionConfiguration', { FunctionName: 'f' })).RevisionId).toBe(
      RevisionId,
    );
    const late = { ...gateway, RevisionId: before.RevisionId };
    expect((await lambda.refusal('AddPermission', late)).code).toBe('PreconditionFailedException');
    const remove = { FunctionName: 'f', StatementId: 's3' };
    const tooLate = await lambda.refusal('RemovePermission', { ...remove, RevisionId: before.RevisionId });
    expect(tooLate.code).toBe('PreconditionFailedException');
    await lambda.call('RemovePermission', { ...remove, RevisionId });
  });

  it('stops at 20 KB', async () => {
    const statement = { ...s3, SourceArn: `arn:aws:s3:::${'x'.repeat(4000)}` };
    for (let at = 0; at < 4; at++)
      await lambda.call('AddPermission', { ...statement, StatementId: `s${at}` });
    const over = await lambda.refusal('AddPermission', { ...statement, StatementId: 'one-more' });
    expect(over.code).toBe('PolicyLengthExceededException');
  });
});

describe('RemovePermission', () => {
  it('takes a statement away, and the policy with the last one', async () => {
    await lambda.call('AddPermission', s3);
    await lambda.call('AddPermission', gateway);
    await lambda.call('RemovePermission', { FunctionName: 'f', StatementId: 's3' });
    const { Policy = '' } = await lambda.call('GetPolicy', { FunctionName: 'f' });
    expect((JSON.parse(Policy) as { Statement: { Sid: string }[] }).Statement.map(({ Sid }) => Sid)).toEqual([
      'api',
    ]);
    await lambda.call('RemovePermission', { FunctionName: 'f', StatementId: 'api' });
    expect((await lambda.refusal('GetPolicy', { FunctionName: 'f' })).code).toBe('ResourceNotFoundException');
  });
});

describe('a permission', () => {
  const caller = { service: 'apigateway.amazonaws.com', sourceArn, sourceAccount: account };
  const permits = (changes: Partial<typeof caller> = {}, qualifier?: string): boolean =>
    lambda.port.permits(scope, 'f', { ...caller, ...changes }, qualifier);

  it('is needed', () => {
    expect(permits()).toBe(false);
    expect(lambda.port.permits(scope, 'not-there', caller)).toBe(false);
  });

  it.each([
    [sourceArn, true],
    [`arn:aws:execute-api:us-east-1:${account}:abc123/*/GET/hello`, true],
    [`arn:aws:execute-api:us-east-1:${account}:abc123/*`, true],
    [`arn:aws:execute-api:us-east-1:${account}:abc123/*/POST/*`, false],
    [`arn:aws:execute-api:us-east-1:${account}:other/*`, false],
    [`arn:aws:execute-api:eu-west-1:${account}:abc123/*`, false],
  ])('for %s: %s', async (SourceArn, expected) => {
    await lambda.call('AddPermission', { ...gateway, SourceArn });
    expect(permits()).toBe(expected);
  });

  it('is for its service, its account and the unqualified function only', async () => {
    await lambda.call('AddPermission', { ...gateway, SourceAccount: account });
    expect(permits()).toBe(true);
    expect(permits({ service: 's3.amazonaws.com' })).toBe(false);
    expect(permits({ sourceAccount: '222222222222' })).toBe(false);
    expect(permits({}, 'live')).toBe(false);
  });
});

describe.skipIf(!recordedAtHand())('what AWS refused', () => {
  it('is refused in the words that were recorded', async () => {
    const texts = recordedErrors().map(({ code, message }) =>
      `${code}: ${message}`
        .replaceAll('arn:<partition>', 'arn:aws')
        .replaceAll(
          /arn:aws:lambda:<region>:111111111111:function:<(?:function-name|resource-name|nonexisting-fn-name)(?::1)?>/g,
          arn,
        ),
    );
    const refused = async (operation: Parameters<SmallCloud['refusal']>[0], input: object): Promise<void> => {
      const { code, message } = await lambda.refusal(operation, input as never);
      expect(texts).toContain(`${code}: ${message}`);
    };
    await refused('AddPermission', { ...s3, Principal: 'invalid.nonaws.com' });
    await refused('AddPermission', { ...s3, StatementId: 'example.com' });
    await refused('AddPermission', { ...s3, Qualifier: '$LATEST' });
    await refused('AddPermission', { ...s3, Qualifier: '42' });
    await refused('AddPermission', { ...s3, Qualifier: 'alias-doesnotexist' });
    await refused('AddPermission', { ...s3, Qualifier: 'valid-with-$-but-doesnotexist' });
    await refused('AddPermission', { ...s3, Qualifier: 'invalid-qualifier-with-?-char' });
    await refused('RemovePermission', { FunctionName: 'f', StatementId: 's' });
    await refused('GetPolicy', { FunctionName: 'f' });
    await lambda.call('AddPermission', { ...s3, StatementId: 's1' });
    await refused('AddPermission', { ...s3, StatementId: 's1' });
    await refused('TagResource', { Resource: 'arn:aws:something', Tags: { a: 'b' } });
    await refused('TagResource', { Resource: `${arn}:v1`, Tags: { a: 'b' } });
    await refused('DeleteFunction', { FunctionName: 'f', Qualifier: '$LATEST' });
    await lambda.call('DeleteFunction', { FunctionName: 'f' });
    await refused('TagResource', { Resource: arn, Tags: { a: 'b' } });
  });
});
