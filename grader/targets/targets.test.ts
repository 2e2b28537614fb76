import { spawnSync } from 'node:child_process';
import { GetFunctionCommand, LambdaClient, paginateListFunctions } from '@aws-sdk/client-lambda';
import { afterEach, describe, expect, it } from 'vitest';
import { startCloud } from '../../emulator/start.ts';
import { GraderProblem } from '../problem.ts';
import { fakeTarget } from '../testing/fake-target.ts';
import { viewOf } from './clients/view.ts';
import { openTarget } from './open.ts';
import type { Target, TargetWish } from './target.ts';

const opened: Target[] = [];
afterEach(() => {
  for (const target of opened.splice(0)) target.close();
});
const open = async (wish: Partial<TargetWish> & Pick<TargetWish, 'name'>, language: 'en' | 'ko' = 'en') => {
  const target = await openTarget({ env: {}, ...wish }, language);
  opened.push(target);
  return target;
};

describe('where things may be done', () => {
  it.each([
    'http://127.0.0.1:4566',
    'http://127.8.9.1:1',
    'http://localhost:4566',
    'http://anything.localhost:4566',
    'http://[::1]:4566',
    'https://localhost:4566',
  ])('%s is this machine', async (endpoint) => {
    expect((await open({ name: 'embedded', endpoint })).endpoint).toBe(endpoint);
    expect((await open({ name: 'localstack', env: { AWS_ENDPOINT_URL: endpoint } })).endpoint).toBe(endpoint);
  });

  it.each([
    'http://10.0.0.1:4566',
    'http://127.0.0.1.example.invalid:4566',
    'http://localhost.example.invalid',
    'http://[::2]:4566',
    'https://203.0.113.7',
    'http://0.0.0.0:4566',
  ])('%s is not, and is refused', async (endpoint) => {
    for (const name of ['embedded', 'localstack'] as const) {
      await expect(open({ name, endpoint })).rejects.toMatchObject({ kind: 'target' });
      await expect(open({ name, env: { AWS_ENDPOINT_URL: endpoint } })).rejects.toThrow(GraderProblem);
    }
  });

  it.each(['127.0.0.1:4566', 'ftp://127.0.0.1', 'nonsense'])('%s is no address', async (endpoint) => {
    await expect(open({ name: 'embedded', endpoint })).rejects.toThrow(`${endpoint} is not an address.`);
  });

  it('is the embedded cloud’s usual port where nothing is said', async () => {
    expect(await open({ name: 'embedded', env: { AWS_ENDPOINT_URL: '' } })).toMatchObject({
      endpoint: 'http://127.0.0.1:4566',
      region: 'us-east-1',
    });
  });

  it('is a real account only where no other address is left over', async () => {
    await expect(open({ name: 'aws', env: { AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' } })).rejects.toThrow(
      'You chose a real account, but AWS_ENDPOINT_URL points at http://127.0.0.1:4566.',
    );
    const target = await open({ name: 'aws', env: { AWS_REGION: 'ap-northeast-2' } });
    expect(target).toMatchObject({ name: 'aws', endpoint: undefined, region: 'ap-northeast-2' });
    expect(target.deadlines.metrics).toBe(300);
  });
});

describe('who the grader is', () => {
  it('is asked of the target, and is never the key of the student’s shell', async () => {
    const cloud = await startCloud({ port: 0, home: 'unused', ephemeral: true });
    try {
      const env = { AWS_ACCESS_KEY_ID: '999999999999', AWS_SECRET_ACCESS_KEY: 'x', AWS_REGION: 'eu-west-1' };
      const target = await open({ name: 'embedded', endpoint: cloud.origin, env });
      expect(await target.whoami()).toMatchObject({ account: '000000000000' });
      const other = await open({ name: 'embedded', endpoint: cloud.origin, accessKeyId: '123456789012' });
      expect(await other.whoami()).toMatchObject({ account: '123456789012' });
    } finally {
      await cloud.stop();
    }
  });

  it('cannot be known where nothing answers, and that is said in words', async () => {
    const target = await open({ name: 'embedded', endpoint: 'http://127.0.0.1:1' }, 'ko');
    await expect(target.whoami()).rejects.toMatchObject({
      message: 'http://127.0.0.1:1에서 응답이 없어요 (ECONNREFUSED).',
      next: expect.stringContaining('npm start') as string,
    });
  });
});

describe('the clients of a check', () => {
  it('say what is waited for, and stop with the check', async () => {
    const cloud = await startCloud({ port: 0, home: 'unused', ephemeral: true });
    try {
      const { pool } = await open({ name: 'embedded', endpoint: cloud.origin });
      const stopping = new AbortController();
      const waited: string[] = [];
      const during = <T>(what: string, work: Promise<T>) => {
        waited.push(what);
        return work;
      };
      const { lambda } = viewOf(pool, { during, signal: stopping.signal });
      const missing = new GetFunctionCommand({ FunctionName: 'none' });
      await expect(lambda.send(missing)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
      expect(waited).toEqual(['Lambda GetFunction']);
      // The SDK's paginators look at the class of what they are given.
      expect(lambda).toBeInstanceOf(LambdaClient);
      const pages = [];
      for await (const page of paginateListFunctions({ client: lambda }, {})) pages.push(page.Functions);
      expect(pages).toEqual([[]]);
      expect(await lambda.config.region()).toBe('us-east-1');
      stopping.abort();
      await expect(lambda.send(missing)).rejects.toMatchObject({ name: 'AbortError' });
    } finally {
      await cloud.stop();
    }
  });

  it('are not read before they are used', () => {
    const { pool } = fakeTarget();
    const { s3 } = viewOf(pool, { during: (_, work) => work, signal: new AbortController().signal });
    expect(pool.loaded('s3')).toBeUndefined();
    expect(typeof s3.send).toBe('function');
  });

  it('bring no notice of the SDK to a student’s screen', async () => {
    const { build } = await import('esbuild');
    const { outputFiles } = await build({
      stdin: {
        contents: `import { openTarget } from './open.ts';
          const target = await openTarget({ name: 'embedded', env: {}, endpoint: 'http://127.0.0.1:1' }, 'en');
          await target.whoami().catch((problem) => console.log(problem.kind));`,
        resolveDir: 'grader/targets',
        loader: 'ts',
      },
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'node',
      banner: {
        js: "import { createRequire as made } from 'node:module'; const require = made(process.cwd() + '/x.js');",
      },
    });
    const env = { ...process.env };
    delete env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED;
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module'], {
      input: outputFiles[0]?.text ?? '',
      env,
      encoding: 'utf8',
    });
    expect({ stdout, stderr }).toEqual({ stdout: 'target\n', stderr: '' });
  });
});
