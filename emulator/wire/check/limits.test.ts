import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../../tooling/root.ts';
import type { Limits } from '../../service/service.ts';
import iamLimits from '../../services/iam/limits.json' with { type: 'json' };
import lambdaLimits from '../../services/lambda/limits.json' with { type: 'json' };
import logsLimits from '../../services/logs/limits.json' with { type: 'json' };
import s3Limits from '../../services/s3/limits.json' with { type: 'json' };
import stsLimits from '../../services/sts/limits.json' with { type: 'json' };
import { wires } from '../round-trip/clients.ts';
import { modelOf } from '../schema/model.ts';
import { dialectOf } from '../schema/dialects.ts';
import { checkerOf } from './checker.ts';

const limits: Readonly<Record<'lambda' | 'logs' | 'iam' | 'sts' | 's3', Limits>> = {
  lambda: lambdaLimits,
  logs: logsLimits,
  iam: iamLimits,
  sts: stsLimits,
  s3: s3Limits,
};

function check(service: keyof typeof limits, operation: string, input: Record<string, unknown>): unknown {
  const { wire, schemas } = wires[service];
  const shape = modelOf(schemas).operations.get(operation)?.input;
  if (shape === undefined) throw new Error(`No operation ${operation}`);
  try {
    checkerOf(shape, limits[service][operation] ?? {}, dialectOf(wire))(input);
    return undefined;
  } catch (error) {
    return error;
  }
}

const role = 'arn:aws:iam::111111111111:role/r';
const create = { FunctionName: 'f', Role: role, Code: {} };

describe('an input that keeps the model', () => {
  it.each<[keyof typeof limits, string, Record<string, unknown>]>([
    ['lambda', 'CreateFunction', { ...create, Timeout: 900, MemorySize: 10240, Architectures: ['arm64'] }],
    ['lambda', 'CreateFunction', { ...create, Runtime: 'nodejs24.x', EphemeralStorage: { Size: 512 } }],
    // Lambda has its own answer to a runtime that it does not know.
    ['lambda', 'CreateFunction', { ...create, Runtime: 'cobol' }],
    ['lambda', 'Invoke', { FunctionName: 'arn:aws:lambda:us-east-1:111111111111:function:f:$LATEST' }],
    [
      'logs',
      'PutLogEvents',
      {
        logGroupName: '/a-b_c/d.e#1',
        logStreamName: '2026/01/01/[$LATEST]ab',
        logEvents: [{ timestamp: 1, message: 'm' }],
      },
    ],
    [
      'iam',
      'CreateRole',
      { RoleName: 'r+=,.@_-', AssumeRolePolicyDocument: '{\n\t"a": "é"}', Path: '/service-role/' },
    ],
    ['s3', 'PutObject', { Bucket: 'b', Key: 'k', StorageClass: 'STANDARD' }],
  ])('%s %s passes', (service, operation, input) => {
    expect(check(service, operation, input)).toBeUndefined();
  });
});

describe('an input that breaks it', () => {
  it.each<[string, keyof typeof limits, string, Record<string, unknown>, string, string]>([
    [
      'a missing member',
      'lambda',
      'CreateFunction',
      { FunctionName: 'f', Role: role },
      'ValidationException',
      "1 validation error detected: Value null at 'code' failed to satisfy constraint: Member must not be null",
    ],
    [
      'two missing members',
      'logs',
      'PutLogEvents',
      { logGroupName: 'g' },
      'InvalidParameterException',
      "2 validation errors detected: Value null at 'logStreamName' failed to satisfy constraint: Member must not be null; Value null at 'logEvents' failed to satisfy constraint: Member must not be null",
    ],
    [
      'a missing member of an item',
      'logs',
      'PutLogEvents',
      {
        logGroupName: 'g',
        logStreamName: 's',
        logEvents: [{ timestamp: 1, message: 'a' }, { timestamp: 1 }],
      },
      'InvalidParameterException',
      "1 validation error detected: Value null at 'logEvents.2.member.message' failed to satisfy constraint: Member must not be null",
    ],
    [
      'an empty list',
      'logs',
      'PutLogEvents',
      { logGroupName: 'g', logStreamName: 's', logEvents: [] },
      'InvalidParameterException',
      "1 validation error detected: Value '[]' at 'logEvents' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    [
      'a number too large',
      'lambda',
      'CreateFunction',
      { ...create, Timeout: 901 },
      'ValidationException',
      "1 validation error detected: Value '901' at 'timeout' failed to satisfy constraint: Member must have value less than or equal to 900",
    ],
    [
      'a nested number',
      'lambda',
      'CreateFunction',
      { ...create, EphemeralStorage: { Size: 1 } },
      'ValidationException',
      "1 validation error detected: Value '1' at 'ephemeralStorage.size' failed to satisfy constraint: Member must have value greater than or equal to 512",
    ],
    [
      'a list item that is no member of its enum',
      'lambda',
      'CreateFunction',
      { ...create, Architectures: ['X86_64'] },
      'ValidationException',
      "1 validation error detected: Value '[X86_64]' at 'architectures' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [x86_64, arm64], Member must not be null]",
    ],
    [
      'a list too long',
      'lambda',
      'CreateFunction',
      { ...create, Architectures: ['x86_64', 'arm64'] },
      'ValidationException',
      "1 validation error detected: Value '[x86_64, arm64]' at 'architectures' failed to satisfy constraint: Member must have length less than or equal to 1",
    ],
    [
      'a sensitive map',
      'lambda',
      'CreateFunction',
      { ...create, Environment: { Variables: { '1A': 'x' } } },
      'ValidationException',
      "1 validation error detected: Value at 'environment.variables' failed to satisfy constraint: Map keys must satisfy constraint: [Member must satisfy regular expression pattern: [a-zA-Z]([a-zA-Z0-9_])+]",
    ],
    [
      'a role name',
      'iam',
      'GetRole',
      { RoleName: 'a b' },
      'ValidationError',
      'The specified value for roleName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-',
    ],
    [
      'a role name too long',
      'iam',
      'GetRole',
      { RoleName: 'a'.repeat(65) },
      'ValidationError',
      `1 validation error detected: Value '${'a'.repeat(65)}' at 'roleName' failed to satisfy constraint: Member must have length less than or equal to 64`,
    ],
    [
      'a retention without days',
      'logs',
      'PutRetentionPolicy',
      { logGroupName: 'g' },
      'InvalidParameterException',
      "1 validation error detected: Value null at 'retentionInDays' failed to satisfy constraint: Member must not be null",
    ],
    [
      'an S3 storage class',
      's3',
      'PutObject',
      { Bucket: 'b', Key: 'k', StorageClass: 'COLD' },
      'InvalidStorageClass',
      'The storage class you specified is not valid',
    ],
    [
      'an S3 ownership',
      's3',
      'CreateBucket',
      { Bucket: 'b', ObjectOwnership: 'RandomValue' },
      'InvalidArgument',
      'Invalid x-amz-object-ownership header: RandomValue',
    ],
    [
      'an S3 document',
      's3',
      'PutBucketTagging',
      { Bucket: 'b', Tagging: { TagSet: [{ Key: 'k' }] } },
      'MalformedXML',
      'The XML you provided was not well-formed or did not validate against our published schema',
    ],
    [
      'an S3 request without its document',
      's3',
      'PutBucketTagging',
      { Bucket: 'b' },
      'MissingRequestBodyError',
      'Request body is empty.',
    ],
  ])('%s', (_name, service, operation, input, code, message) => {
    expect(check(service, operation, input)).toMatchObject({ code, message, status: 400 });
  });

  it('never shows what is sensitive', () => {
    const variables = { A1: 'x'.repeat(3), '-': 'hidden' };
    const error = check('lambda', 'CreateFunction', { ...create, Environment: { Variables: variables } });
    expect((error as Error).message).not.toContain('hidden');
  });
});

const recorded = join(projectRoot(), '..', 'shared', 'recorded', 'aws', 'errors.json');

describe('AWS’s own texts', () => {
  it('are given for the same inputs', (context) => {
    if (!existsSync(recorded)) {
      console.warn(`Left out: there are no recorded answers at ${recorded}.`);
      context.skip();
    }
    const errors = JSON.parse(readFileSync(recorded, 'utf8')) as Record<
      string,
      { code: string; message: string }[]
    >;
    const texts = (errors['lambda'] ?? []).map(({ message }) => message);
    const asked: [string, Record<string, unknown>][] = [
      ['Invoke', { FunctionName: 'f', Qualifier: 'invalid-qualifier-with-?-char' }],
      ['CreateFunction', { ...create, Role: 'r1' }],
      ['CreateFunction', { ...create, SnapStart: { ApplyOn: 'invalidOption' } }],
      ['CreateFunction', { ...create, Architectures: ['X86_64'] }],
      ['CreateFunction', { ...create, Architectures: ['x86_64', 'arm64'] }],
      ['ListFunctions', { FunctionVersion: 'invalid' }],
      [
        'AddPermission',
        { FunctionName: 'f', Action: 'lambda:InvokeFunction', Principal: '*', StatementId: 'example.com' },
      ],
      ['CreateFunction', { ...create, VpcConfig: { SubnetIds: ['<subnet_id_2>'] } }],
    ];
    for (const [operation, input] of asked) {
      const { message } = check('lambda', operation, input) as Error;
      expect(texts, operation).toContain(message);
    }
  });
});
