import { CreateFunctionCommand, GetFunctionCommand, InvokeCommand } from '@aws-sdk/client-lambda';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCloud } from '../../start.ts';
import type { RunningCloud } from '../../start.ts';
import { archive, smallPackage } from './testing/archive.ts';
import { basics, refusal, studentAt } from './testing/student.ts';
import type { Student } from './testing/student.ts';

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

describe('bad input, by the SDK, is answered and loses nothing', () => {
  const wrong = (more: object) =>
    refusal(
      lambda.send(
        new CreateFunctionCommand({ FunctionName: 'wrong', ...basics(student.Role, smallPackage), ...more }),
      ),
    );

  it.each<[string, () => object, string, string]>([
    [
      'a broken zip',
      () => ({ Code: { ZipFile: Buffer.from('no zip') } }),
      'InvalidParameterValueException',
      'Could not unzip uploaded file.',
    ],
    [
      '51 MB of code',
      () => ({ Code: { ZipFile: new Uint8Array(51 * 1024 * 1024) } }),
      'RequestEntityTooLargeException',
      'Request must be smaller than 70167211 bytes for the CreateFunction operation',
    ],
    [
      '52.4 million bytes',
      () => ({ Code: { ZipFile: new Uint8Array(52_430_000) } }),
      'RequestEntityTooLargeException',
      'Zipped size must be smaller than 52428800 bytes',
    ],
    [
      'a path out of the package',
      () => ({ Code: { ZipFile: archive({ '../a': 'x' }) } }),
      'InvalidParameterValueException',
      'leads out of the package',
    ],
    [
      'an unknown runtime',
      () => ({ Runtime: 'nodejs99.x' }),
      'InvalidParameterValueException',
      "Value nodejs99.x at 'runtime'",
    ],
    [
      'a retired runtime',
      () => ({ Runtime: 'nodejs12.x' }),
      'InvalidParameterValueException',
      'of nodejs12.x is no longer supported',
    ],
    [
      'too much memory',
      () => ({ MemorySize: 20_000 }),
      'ValidationException',
      "Value '20000' at 'memorySize' failed to satisfy constraint",
    ],
    [
      'a name with a space',
      () => ({ FunctionName: 'a b' }),
      'ValidationException',
      "Value 'a b' at 'functionName'",
    ],
    [
      'a role that is not there',
      () => ({ Role: `${student.Role}-not` }),
      'InvalidParameterValueException',
      'cannot be assumed by Lambda',
    ],
  ])('%s', async (_, more, name, message) => {
    const refused = await wrong(more());
    expect(refused['name']).toBe(name);
    expect(String(refused['message'])).toContain(message);
    expect((await refusal(lambda.send(new GetFunctionCommand({ FunctionName: 'wrong' }))))['name']).toBe(
      'ResourceNotFoundException',
    );
  });

  it('a payload that is no JSON, and one that is too large', async () => {
    await student.make('payloads', smallPackage);
    const send = (Payload: string) =>
      refusal(lambda.send(new InvokeCommand({ FunctionName: 'payloads', Payload })));
    expect(await send('{bad')).toMatchObject({
      name: 'InvalidRequestContentException',
      $metadata: { httpStatusCode: 400 },
    });
    expect(await send(`"${'x'.repeat(6_291_456)}"`)).toMatchObject({
      $metadata: { httpStatusCode: 413 },
      message: 'Request must be smaller than 6291456 bytes for the InvokeFunction operation',
    });
  });
});
