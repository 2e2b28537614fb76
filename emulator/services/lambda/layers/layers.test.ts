import {
  AddLayerVersionPermissionCommand,
  DeleteLayerVersionCommand,
  GetFunctionConfigurationCommand,
  GetLayerVersionByArnCommand,
  GetLayerVersionCommand,
  GetLayerVersionPolicyCommand,
  InvokeCommand,
  LambdaClient,
  ListLayersCommand,
  ListLayerVersionsCommand,
  PublishLayerVersionCommand,
  RemoveLayerVersionPermissionCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import type { PublishLayerVersionCommandInput } from '@aws-sdk/client-lambda';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCloud } from '../../../start.ts';
import type { RunningCloud } from '../../../start.ts';
import { findPython } from '../execution/runtimes.ts';
import { archive } from '../testing/archive.ts';
import { recordedAtHand, recordedErrors } from '../testing/recorded.ts';
import { account } from '../testing/small-cloud.ts';
import { clientSettings, patience, refusal, studentAt } from '../testing/student.ts';
import type { Student } from '../testing/student.ts';

/* The real SDK client against the real server with real processes. */
let running: RunningCloud;
let student: Student;
let home: string;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'coldstart-lambda-'));
  running = await startCloud({ port: 0, home, ephemeral: true });
  student = await studentAt(running.origin);
}, 60_000);
afterAll(async () => {
  student.lambda.destroy();
  await running.stop();
  rmSync(home, { recursive: true, force: true });
}, 30_000);

const arn = (name: string, version?: number): string =>
  `arn:aws:lambda:us-east-1:${account}:layer:${name}${version === undefined ? '' : `:${version}`}`;

async function publish(
  LayerName: string,
  files: Record<string, string>,
  more: Partial<PublishLayerVersionCommandInput> = {},
) {
  return student.lambda.send(
    new PublishLayerVersionCommand({ LayerName, Content: { ZipFile: archive(files) }, ...more }),
  );
}
async function call(FunctionName: string): Promise<unknown> {
  const { Payload } = await student.lambda.send(new InvokeCommand({ FunctionName }));
  return JSON.parse(Buffer.from(Payload ?? []).toString());
}
const known = (message: string): void => {
  if (!recordedAtHand()) return;
  const same = (text: string) =>
    text.replaceAll(/arn:\S+:layer:\S+:\d+/g, 'ARN').replaceAll(/<region>/g, 'us-east-1');
  expect(recordedErrors().map((error) => same(error.message))).toContain(same(message));
};

describe('layer versions', () => {
  it('are published, read, listed and deleted; no number is given twice', async () => {
    const { lambda } = student;
    const first = await publish('shared', { 'nodejs/a.js': '1' }, { Description: 'one', LicenseInfo: 'MIT' });
    expect(first).toMatchObject({
      LayerArn: arn('shared'),
      LayerVersionArn: arn('shared', 1),
      Version: 1,
      Description: 'one',
      LicenseInfo: 'MIT',
    });
    expect(first).not.toHaveProperty('CompatibleRuntimes');
    await publish('shared', { 'nodejs/a.js': '2' }, { CompatibleRuntimes: ['nodejs24.x'] });
    const read = await lambda.send(new GetLayerVersionCommand({ LayerName: 'shared', VersionNumber: 1 }));
    expect(read).toMatchObject({ Version: 1, Content: { CodeSha256: first.Content?.CodeSha256 } });
    const package_ = await fetch(read.Content?.Location ?? '');
    expect((await package_.arrayBuffer()).byteLength).toBe(first.Content?.CodeSize);
    const byArn = await lambda.send(new GetLayerVersionByArnCommand({ Arn: arn('shared', 2) }));
    expect(byArn).toMatchObject({ Version: 2, CompatibleRuntimes: ['nodejs24.x'] });
    const versions = await lambda.send(new ListLayerVersionsCommand({ LayerName: 'shared' }));
    expect(versions.LayerVersions?.map(({ Version }) => Version)).toEqual([2, 1]);
    await publish('other', { a: '1' });
    const all = await lambda.send(new ListLayersCommand({}));
    expect(
      all.Layers?.map(({ LayerName, LatestMatchingVersion: latest }) => [LayerName, latest?.Version]),
    ).toEqual([
      ['other', 1],
      ['shared', 2],
    ]);
    const fitting = await lambda.send(new ListLayersCommand({ CompatibleRuntime: 'nodejs24.x' }));
    expect(fitting.Layers?.map(({ LayerName }) => LayerName)).toEqual(['shared']);
    await lambda.send(new DeleteLayerVersionCommand({ LayerName: 'shared', VersionNumber: 2 }));
    expect((await publish('shared', { a: '3' })).Version).toBe(3);
    const gone = lambda.send(new GetLayerVersionCommand({ LayerName: 'shared', VersionNumber: 2 }));
    expect(await refusal(gone)).toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'The resource you requested does not exist.',
    });
    const none = lambda.send(new GetLayerVersionCommand({ LayerName: 'shared', VersionNumber: 0 }));
    expect(await refusal(none)).toMatchObject({ message: 'Layer Version Cannot be less than 1' });
  });

  it('are opened to other accounts by their policy', async () => {
    const { lambda } = student;
    await publish('open', { 'nodejs/a.js': '1' });
    const named = { LayerName: 'open', VersionNumber: 1 };
    const nothing = lambda.send(new GetLayerVersionPolicyCommand(named));
    expect(await refusal(nothing)).toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'No policy is associated with the given resource.',
    });
    const stranger = new LambdaClient({
      ...clientSettings(running.origin),
      credentials: { accessKeyId: '222222222222', secretAccessKey: 'secret' },
    });
    const look = () => stranger.send(new GetLayerVersionByArnCommand({ Arn: arn('open', 1) }));
    expect(await refusal(look())).toMatchObject({ name: 'ResourceNotFoundException' });
    const add = new AddLayerVersionPermissionCommand({
      ...named,
      StatementId: 's1',
      Action: 'lambda:GetLayerVersion',
      Principal: '222222222222',
    });
    await lambda.send(add);
    expect(await refusal(lambda.send(add))).toMatchObject({ name: 'ResourceConflictException' });
    expect((await look()).Version).toBe(1);
    const { Policy = '' } = await lambda.send(new GetLayerVersionPolicyCommand(named));
    expect(JSON.parse(Policy)).toMatchObject({
      Statement: [
        { Sid: 's1', Principal: { AWS: 'arn:aws:iam::222222222222:root' }, Resource: arn('open', 1) },
      ],
    });
    await lambda.send(new RemoveLayerVersionPermissionCommand({ ...named, StatementId: 's1' }));
    expect(await refusal(look())).toMatchObject({ name: 'ResourceNotFoundException' });
    stranger.destroy();
  });
});

describe('functions with layers', () => {
  it('find modules and files of theirs, the later layer’s over the earlier’s', async () => {
    await publish('base', {
      'nodejs/node_modules/greet/package.json': '{"name":"greet","type":"module","exports":"./index.js"}',
      'nodejs/node_modules/greet/index.js': `import { who } from 'whom'; export const greet = () => 'hello ' + who;`,
      'nodejs/node_modules/whom/index.js': `exports.who = 'layer';`,
      'nodejs/node_modules/old/index.js': `module.exports = 'old';`,
      'nodejs/shared.cjs': `module.exports = 'by place';`,
      'nodejs/shared.mjs': `export default 'by place, imported';`,
      'data/both.txt': 'first',
      'data/first.txt': 'only first',
    });
    await publish('over', {
      'data/both.txt': 'second',
      'nodejs/node24/node_modules/old/index.js': `module.exports = 'newer';`,
    });
    const code = archive({
      'index.mjs': `import { greet } from 'greet';
import old from 'old';
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';
import placed from '/opt/nodejs/shared.mjs';
import { STSClient } from '@aws-sdk/client-sts';
const require = createRequire(import.meta.url);
export const handler = async () => {
  let refused;
  try { writeFileSync('/opt/data/x', ''); } catch (error) { refused = error.code; }
  return [greet(), old, require('/opt/nodejs/shared.cjs'), placed, readFileSync('/opt/data/both.txt', 'utf8'),
    readFileSync('/opt/data/first.txt', 'utf8'), refused, typeof STSClient];
};`,
    });
    await student.make('layered', code, { Layers: [arn('base', 1), arn('over', 1)] });
    const told = [
      'hello layer',
      'newer',
      'by place',
      'by place, imported',
      'second',
      'only first',
      'EROFS',
      'function',
    ];
    expect(await call('layered')).toEqual(told);
    const { Layers } = await student.lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName: 'layered' }),
    );
    expect(Layers).toEqual([
      { Arn: arn('base', 1), CodeSize: expect.any(Number) as number },
      { Arn: arn('over', 1), CodeSize: expect.any(Number) as number },
    ]);
    // A layer version that was deleted goes on being there for the functions that have it.
    await student.lambda.send(new DeleteLayerVersionCommand({ LayerName: 'base', VersionNumber: 1 }));
    await student.lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: 'layered', Timeout: 5 }),
    );
    await waitUntilFunctionUpdatedV2(patience(student.lambda), { FunctionName: 'layered' });
    expect(await call('layered')).toEqual(told);
    await student.lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: 'layered', Layers: [] }),
    );
    await waitUntilFunctionUpdatedV2(patience(student.lambda), { FunctionName: 'layered' });
    expect(await call('layered')).toMatchObject({
      errorMessage: "Cannot find package 'greet' imported from /var/task/index.mjs",
    });
  }, 30_000);

  it('require CommonJS modules, and Python finds packages', async () => {
    await publish('common', {
      'nodejs/node_modules/plain/index.js': `exports.where = __filename;`,
      'python/pure.py': 'WHO = "python layer"',
    });
    const Layers = [arn('common', 1)];
    await student.make(
      'requires',
      archive({
        'index.js': `const { where } = require('plain'); exports.handler = async () => typeof where;`,
      }),
      { Layers },
    );
    expect(await call('requires')).toBe('string');
    if ((await findPython()) === undefined) {
      console.log('No Python: layers of Python functions are not tested here.');
      return;
    }
    const code = archive({
      'index.py': `import pure\ndef handler(event, context):\n    return [pure.WHO, open('/opt/python/pure.py').read()]\n`,
    });
    await student.make('python', code, { Runtime: 'python3.13', Layers });
    expect(await call('python')).toEqual(['python layer', 'WHO = "python layer"']);
  }, 30_000);

  it('are refused for layers that cannot be had', async () => {
    await publish('one', { a: '1' });
    const refused = async (Layers: string[]) => {
      const message = String(
        (await refusal(student.make('never', archive({ a: '1' }), { Layers })))['message'],
      );
      return message;
    };
    const six = Array.from({ length: 6 }, (_, index) => arn(`l${index}`, 1));
    expect(await refused(six)).toBe('Cannot reference more than 5 layers.');
    const missing = await refused([arn('doesnotexist', 1)]);
    expect(missing).toBe(`Layer version ${arn('doesnotexist', 1)} does not exist.`);
    const twice = await refused([arn('one', 1), arn('one', 1)]);
    expect(twice).toBe(
      `Two different versions of the same layer are not allowed to be referenced in the same function. ${arn('one', 1)} and ${arn('one', 1)} are versions of the same layer.`,
    );
    const far = await refused([arn('one', 1).replace('us-east-1', 'eu-west-1')]);
    expect(far).toBe(
      'Layers are not in the same region as the function. Layers are expected to be in region us-east-1.',
    );
    for (const message of [missing, twice, far]) known(message);
    expect(await refused([arn('one', 1).replace(account, '333333333333')])).toContain(
      'no resource-based policy allows the lambda:GetLayerVersion action',
    );
    const large = zipSync({ big: new Uint8Array(126 * 1024 * 1024) });
    await student.lambda.send(
      new PublishLayerVersionCommand({ LayerName: 'big', Content: { ZipFile: large } }),
    );
    await student.lambda.send(
      new PublishLayerVersionCommand({ LayerName: 'bigger', Content: { ZipFile: large } }),
    );
    expect(await refused([arn('big', 1), arn('bigger', 1)])).toMatch(
      /^Function code combined with layers exceeds the maximum allowed size of 262144000 bytes\. The actual size is \d+ bytes\.$/,
    );
  }, 60_000);
});
