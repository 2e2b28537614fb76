import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBench } from '../testing/bench.ts';

const secret = 'a-real-secret-of-the-student';
const leaky = [
  'AWS_PROFILE',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_CONFIG_FILE',
  'GITHUB_TOKEN',
  'NODE_OPTIONS',
  'npm_config_x',
];
const before = new Map(leaky.map((name) => [name, process.env[name]]));
beforeAll(() => {
  for (const name of leaky) process.env[name] = name === 'NODE_OPTIONS' ? '--no-warnings' : secret;
});
const bench = openBench();
afterAll(async () => {
  for (const [name, value] of before) {
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
  await bench.stop();
});

const env = {
  'index.mjs': `import os from 'node:os'; export const handler = async () => ({ env: process.env, home: os.homedir(), cwd: process.cwd() });`,
};

interface Seen {
  readonly env: Readonly<Record<string, string>>;
  readonly home: string;
  readonly cwd: string;
}

if (process.platform === 'win32') console.log('Windows: wrapper scripts are not tested here.');

describe('a function’s environment variables', () => {
  it('nothing of the host’s, and everything of Lambda’s', async () => {
    const version = bench.make(env, { environment: { GREETING: '안녕 \n hi', TZ: 'Asia/Seoul' } });
    const { value, streams } = await bench.invoke<Seen>(version);
    const seen = value.env;
    expect(JSON.stringify(value)).not.toContain(secret);
    const system = [
      'SystemRoot',
      'SystemDrive',
      'windir',
      'ComSpec',
      'PATHEXT',
      'PROCESSOR_ARCHITECTURE',
      'NUMBER_OF_PROCESSORS',
      'USERPROFILE',
      'TEMP',
      'TMP',
    ];
    expect(
      Object.keys(seen)
        .filter((name) => !system.includes(name))
        .sort(),
    ).toEqual(
      [
        'AWS_ACCESS_KEY_ID',
        'AWS_DEFAULT_REGION',
        'AWS_ENDPOINT_URL',
        'AWS_EXECUTION_ENV',
        'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
        'AWS_LAMBDA_FUNCTION_NAME',
        'AWS_LAMBDA_FUNCTION_VERSION',
        'AWS_LAMBDA_INITIALIZATION_TYPE',
        'AWS_LAMBDA_LOG_GROUP_NAME',
        'AWS_LAMBDA_LOG_STREAM_NAME',
        'AWS_LAMBDA_RUNTIME_API',
        'AWS_REGION',
        'AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED',
        'AWS_SECRET_ACCESS_KEY',
        'AWS_SESSION_TOKEN',
        'AWS_XRAY_CONTEXT_MISSING',
        'GREETING',
        'HOME',
        'LAMBDA_RUNTIME_DIR',
        'LAMBDA_TASK_ROOT',
        'LANG',
        'NODE_PATH',
        'PATH',
        'PWD',
        'SHLVL',
        'TMPDIR',
        'TZ',
        '_HANDLER',
        '_X_AMZN_TRACE_ID',
      ].sort(),
    );
    expect(seen).toMatchObject({
      AWS_ACCESS_KEY_ID: 'ASIATESTKEY',
      AWS_SECRET_ACCESS_KEY: 'secret-of-session',
      AWS_SESSION_TOKEN: `token-of-role-${version.name}`,
      AWS_REGION: 'ap-northeast-2',
      AWS_DEFAULT_REGION: 'ap-northeast-2',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
      AWS_LAMBDA_LOG_STREAM_NAME: streams[0],
      GREETING: '안녕 \n hi',
      _HANDLER: 'index.handler',
      TZ: process.platform === 'win32' ? 'UTC' : ':UTC',
      LAMBDA_TASK_ROOT: value.cwd,
    });
    // The SDK would find the keys of real accounts in the user's own home.
    expect(value.home).toContain(bench.home);
  });

  it('JSON logging is told to the runtime', async () => {
    const logging = { format: 'JSON', group: '/g', applicationLevel: 'WARN', systemLevel: 'INFO' } as const;
    const { value } = await bench.invoke<Seen>(bench.make(env, { logging }));
    expect(value.env).toMatchObject({ AWS_LAMBDA_LOG_FORMAT: 'JSON', AWS_LAMBDA_LOG_LEVEL: 'WARN' });
  });

  it('a function may replace what is not reserved', async () => {
    const { value } = await bench.invoke<Seen>(
      bench.make(env, {
        environment: { AWS_ENDPOINT_URL: 'http://other', LANG: 'C', NODE_OPTIONS: '--no-deprecation' },
      }),
    );
    expect(value.env).toMatchObject({
      AWS_ENDPOINT_URL: 'http://other',
      LANG: 'C',
      NODE_OPTIONS: '--no-deprecation',
    });
  });

  it.skipIf(process.platform === 'win32')(
    'a wrapper script starts the runtime; one that is missing is told',
    async () => {
      const files = {
        'index.mjs': `export const handler = async () => process.env.WRAPPED;`,
        wrapper: '#!/bin/sh\nexport WRAPPED=yes\nexec "$@"\n',
      };
      const wrapped = bench.make(files, { environment: { AWS_LAMBDA_EXEC_WRAPPER: '/var/task/wrapper' } });
      expect((await bench.invoke(wrapped)).value).toBe('yes');
      const missing = bench.make(files, { environment: { AWS_LAMBDA_EXEC_WRAPPER: '/var/task/none' } });
      const { value, requestId } = await bench.invoke(missing);
      expect(value).toEqual({
        errorType: 'Runtime.ExitError',
        errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: exit status 127`,
      });
    },
  );
});
