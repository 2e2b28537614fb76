import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { archive, smallPackage } from '../testing/archive.ts';
import { recordedAtHand, recordedErrors } from '../testing/recorded.ts';
import { account, newFunction, roleArn, SmallCloud } from '../testing/small-cloud.ts';

let lambda: SmallCloud;
beforeEach(() => (lambda = new SmallCloud()));
afterEach(async () => lambda.end());

type Input = object;
const invalid = 'InvalidParameterValueException';
const validation = 'ValidationException';
const broken = (value: string, member: string, constraint: string): string =>
  `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${constraint}`;
const environment = (Variables: Record<string, string>) => ({ Environment: { Variables } });
const cannotConfigure =
  'Lambda was unable to configure your environment variables because the environment variables you have provided';
const large = { A1: 'x'.repeat(4096) };
const zip = (bytes: Uint8Array) => ({ Code: { ZipFile: bytes } });
const cannotUnzip = 'Could not unzip uploaded file. Please check your file, then try to upload again.';

/* What is wrong → what differs from a good request, code and text. */
const refusals: Readonly<Record<string, readonly [Input, string, string]>> = {
  'a role that is no ARN': [
    { Role: 'r1' },
    validation,
    broken(
      'r1',
      'role',
      'Member must satisfy regular expression pattern: arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+',
    ),
  ],
  'a role that is not there': [
    { Role: `arn:aws:iam::${account}:role/nobody` },
    invalid,
    'The role defined for the function cannot be assumed by Lambda.',
  ],
  'a role that Lambda may not assume': [
    { Role: `arn:aws:iam::${account}:role/other-role` },
    invalid,
    'The role defined for the function cannot be assumed by Lambda.',
  ],
  'a role of another account': [
    { Role: 'arn:aws:iam::222222222222:role/lambda-role' },
    'AccessDeniedException',
    'Cross-account pass role is not allowed.',
  ],
  'an unknown runtime': [
    { Runtime: 'nodejs99.x' },
    invalid,
    "Value nodejs99.x at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [",
  ],
  'a retired runtime': [
    { Runtime: 'nodejs14.x' },
    invalid,
    'The runtime parameter of nodejs14.x is no longer supported for creating or updating AWS Lambda functions. We recommend you use a supported runtime while creating or updating functions.',
  ],
  'no runtime': [
    { Runtime: undefined },
    invalid,
    'Runtime and Handler are mandatory parameters for functions created with deployment packages.',
  ],
  'a handler with a space': [
    { Handler: 'index handler' },
    validation,
    broken('index handler', 'handler', 'Member must satisfy regular expression pattern: [^\\s]+'),
  ],
  'too little memory': [
    { MemorySize: 127 },
    validation,
    broken('127', 'memorySize', 'Member must have value greater than or equal to 128'),
  ],
  'too much memory': [
    { MemorySize: 10_241 },
    validation,
    broken('10241', 'memorySize', 'Member must have value less than or equal to 10240'),
  ],
  'no time': [
    { Timeout: 0 },
    validation,
    broken('0', 'timeout', 'Member must have value greater than or equal to 1'),
  ],
  'too much time': [
    { Timeout: 901 },
    validation,
    broken('901', 'timeout', 'Member must have value less than or equal to 900'),
  ],
  'too little storage': [
    { EphemeralStorage: { Size: 511 } },
    validation,
    broken('511', 'ephemeralStorage.size', 'Member must have value greater than or equal to 512'),
  ],
  'two architectures': [
    { Architectures: ['x86_64', 'arm64'] },
    validation,
    broken('[x86_64, arm64]', 'architectures', 'Member must have length less than or equal to 1'),
  ],
  'an architecture in capitals': [
    { Architectures: ['X86_64'] },
    validation,
    broken(
      '[X86_64]',
      'architectures',
      'Member must satisfy constraint: [Member must satisfy enum value set: [x86_64, arm64], Member must not be null]',
    ),
  ],
  'reserved variables': [
    environment({ MINE: '1', AWS_REGION: 'x', _HANDLER: 'y' }),
    invalid,
    `${cannotConfigure} contains reserved keys that are currently not supported for modification. Reserved keys used in this request: AWS_REGION, _HANDLER`,
  ],
  'too many bytes of variables': [
    environment(large),
    invalid,
    `${cannotConfigure} exceeded the 4KB limit. String measured: ${JSON.stringify(large)}`,
  ],
  'a variable whose name begins with a digit': [
    environment({ '1A': 'x' }),
    validation,
    "1 validation error detected: Value at 'environment.variables' failed to satisfy constraint: Map keys must satisfy constraint: [Member must satisfy regular expression pattern: [a-zA-Z]([a-zA-Z0-9_])+]",
  ],
  'a log level without JSON': [
    { LoggingConfig: { LogFormat: 'Text', SystemLogLevel: 'WARN' } },
    invalid,
    'ApplicationLogLevel and SystemLogLevel need LogFormat JSON: a function that logs as text has no log levels.',
  ],
  'no code': [{ Code: {} }, invalid, 'Please provide a source for function code.'],
  'code from two places': [
    { Code: { ZipFile: smallPackage, S3Bucket: 'b', S3Key: 'k' } },
    invalid,
    'Please do not provide other FunctionCode parameters when providing a ZipFile.',
  ],
  'code in no bucket': [
    { Code: { S3Bucket: 'nowhere', S3Key: 'k' } },
    invalid,
    'Error occurred while GetObject. S3 Error Code: NoSuchBucket. S3 Error Message: The specified bucket does not exist',
  ],
  'code under no key': [
    { Code: { S3Bucket: 'bucket', S3Key: 'k' } },
    invalid,
    'Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: The specified key does not exist.',
  ],
  'code that is no zip': [zip(new TextEncoder().encode('no zip')), invalid, cannotUnzip],
  'an empty package': [zip(new Uint8Array()), invalid, 'Uploaded file must be a non-empty zip'],
  '52.5 MB of code': [
    zip(new Uint8Array(52_500_000)),
    'RequestEntityTooLargeException',
    'Zipped size must be smaller than 52428800 bytes',
  ],
  '51 MB of code, which is more in base64': [
    zip(new Uint8Array(51 * 1024 * 1024)),
    'RequestEntityTooLargeException',
    'Request must be smaller than 70167211 bytes for the CreateFunction operation',
  ],
  'a path out of the package': [
    zip(archive({ '../a.js': 'x' })),
    invalid,
    `${cannotUnzip} (The entry "../a.js" leads out of the package.)`,
  ],
  'too many tags': [
    { Tags: Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`k${at}`, 'v'])) },
    invalid,
    'Number of tags exceeds resource tag limit.',
  ],
};

const notThere: Readonly<Record<string, readonly [Input, string]>> = {
  'a container image': [{ PackageType: 'Image', Code: { ImageUri: 'x' } }, 'container images'],
  'a VPC': [{ VpcConfig: { SubnetIds: ['subnet-1'] } }, 'VPCs'],
  'a file system': [{ FileSystemConfigs: [{ Arn: 'arn', LocalMountPath: '/mnt/x' }] }, 'EFS'],
  SnapStart: [{ SnapStart: { ApplyOn: 'PublishedVersions' } }, 'SnapStart'],
  'a durable function': [{ DurableConfig: { ExecutionTimeout: 1 } }, 'durable functions'],
  'a capacity provider': [
    {
      CapacityProviderConfig: {
        LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn: 'arn' },
      },
    },
    'capacity providers',
  ],
  'a member that came later': [{ Tomorrow: { Yes: true } }, 'the parameter Tomorrow'],
};

describe('CreateFunction refuses', () => {
  beforeEach(() => lambda.objects.set('bucket/other', smallPackage));

  it.each(Object.entries(refusals))('%s', async (_, [difference, code, message]) => {
    const refusal = await lambda.refusal('CreateFunction', { ...newFunction('f'), ...difference });
    expect(refusal.code).toBe(code);
    if (message.endsWith('[')) expect(refusal.message.startsWith(message)).toBe(true);
    else expect(refusal.message).toBe(message);
    expect((await lambda.call('ListFunctions', {})).Functions).toEqual([]);
  });

  it.each(Object.entries(notThere))('%s, which is not there', async (_, [difference, what]) => {
    const refusal = await lambda.refusal('CreateFunction', { ...newFunction('f'), ...difference });
    expect(refusal).toMatchObject({ code: invalid });
    expect(refusal.message).toContain(`does not have ${what}`);
  });

  it('a name that is taken', async () => {
    await lambda.ready('f');
    expect(await lambda.refusal('CreateFunction', newFunction('f'))).toMatchObject({
      code: 'ResourceConflictException',
      message: 'Function already exist: f',
      members: { Type: 'User' },
    });
  });

  it('a role that the caller, a role itself, may not pass', async () => {
    const arn = `arn:aws:sts::${account}:assumed-role/deployer/session`;
    const refusal = await lambda.refusal('CreateFunction', newFunction('f'), {
      principal: {
        kind: 'role',
        account,
        arn,
        accessKeyId: 'ASIA',
        roleName: 'deployer',
        sessionName: 'session',
      },
    });
    expect(refusal).toMatchObject({
      code: 'AccessDeniedException',
      status: 403,
      message: `User: ${arn} is not authorized to perform: iam:PassRole on resource: ${roleArn} because no identity-based policy allows the iam:PassRole action`,
    });
  });

  it('one of two functions that are made with the same name at once', async () => {
    const both = await Promise.allSettled([1, 2].map(() => lambda.call('CreateFunction', newFunction('f'))));
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('nothing of what asks for nothing, or has no effect on Node.js', async () => {
    await lambda.ready('f', {
      Handler: 'nodot',
      Layers: [],
      VpcConfig: { SubnetIds: [], SecurityGroupIds: [] },
      Publish: false,
      DeadLetterConfig: {},
      SnapStart: { ApplyOn: 'None' },
      TracingConfig: { Mode: 'Active' },
    });
    expect(await lambda.call('GetFunctionConfiguration', { FunctionName: 'f' })).toMatchObject({
      Handler: 'nodot',
      TracingConfig: { Mode: 'Active' },
    });
  });
});

describe('UpdateFunctionConfiguration refuses', () => {
  it.each(
    Object.entries(refusals).filter(
      ([, [difference]]) =>
        !('Code' in difference) &&
        !('Tags' in difference) &&
        !('Architectures' in difference) &&
        !('Runtime' in difference && difference.Runtime === undefined),
    ),
  )('%s', async (_, [difference, code, message]) => {
    await lambda.ready('f');
    const before = await lambda.call('GetFunctionConfiguration', { FunctionName: 'f' });
    const refusal = await lambda.refusal('UpdateFunctionConfiguration', {
      FunctionName: 'f',
      ...difference,
    });
    expect(refusal.code).toBe(code);
    expect(refusal.message.startsWith(message)).toBe(true);
    expect(await lambda.call('GetFunctionConfiguration', { FunctionName: 'f' })).toEqual(before);
  });
});

describe.skipIf(!recordedAtHand())('what is refused', () => {
  it('is refused in the words that were recorded, where the case was', () => {
    const texts = new Set(recordedErrors().map(({ code, message }) => `${code}: ${message}`));
    const mine = Object.values(refusals).map(([, code, message]) => `${code}: ${message}`);
    // Role, retired runtimes, architectures, both S3 errors, both sizes, broken zip, tags.
    expect(mine.filter((text) => texts.has(text)).length).toBeGreaterThanOrEqual(9);
  });
});
