import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readsEndpoint, versionIn } from './doctor/versions.ts';
import { nearest } from './shell/detect.ts';
import { dialects, type ShellName } from './shell/dialects.ts';
import { projectRoot } from '../tooling/root.ts';
import { student, type Student } from './testing/student.ts';

/** How each shell is started, and how it calls a program whose path is quoted. */
const shells: readonly (readonly [ShellName, string, readonly string[], string])[] = [
  ['bash', 'bash', ['--norc', '-c'], ''],
  ['zsh', 'zsh', ['-f', '-c'], ''],
  ['fish', 'fish', ['--no-config', '-c'], ''],
  ['powershell', 'pwsh', ['-NoProfile', '-Command'], '& '],
];
const answers = (program: string) =>
  spawnSync(program, ['--version'], { encoding: 'utf8', timeout: 60_000 }).status === 0;
const notice = (what: string) => process.stderr.write(`NOTICE: ${what}\n`);

/** Settings of a shell that would win over what is set, and reach another place. */
const stray = {
  AWS_PROFILE: 'work',
  AWS_SESSION_TOKEN: 'of another session',
  AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:9',
  AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true',
};

describe('npm run env', { timeout: 120_000 }, () => {
  let ada: Student;
  /** Has what shells make something of. */
  let home: string;
  beforeAll(() => {
    ada = student();
    home = join(dirname(ada.work), `it's $HOME \\ "there" ‘so’ \`id\``);
  });
  afterAll(async () => {
    await ada.run(['stop'], { COLDSTART_HOME: home });
    await ada.leave();
  });

  /** Runs a script in a shell that has taken what `env` prints. */
  const inShell = (
    [shell, program, flags, call]: (typeof shells)[number],
    args: string,
    then: string,
    env: NodeJS.ProcessEnv = {},
  ) => {
    const launcher = join(projectRoot(), 'cli', 'launch.mjs');
    const command = `${call}'${process.execPath}' '${launcher}' env --shell ${shell} ${args}`;
    const script = `${dialects[shell].evaluates(command)}\n${call}${then}`;
    return spawnSync(program, [...flags, script], {
      encoding: 'utf8',
      timeout: 100_000,
      env: { ...withoutAws(ada.env), COLDSTART_HOME: home, ...env },
    });
  };
  const withoutAws = (env: NodeJS.ProcessEnv) =>
    Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('AWS_')));
  const tell = `'${process.execPath}' -p 'JSON.stringify(Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith(String.fromCharCode(65, 87, 83, 95)))))'`;

  it.each(shells)('is taken by %s as it is meant, and strays are forgotten', async (...shell) => {
    const [, program] = shell;
    if (!answers(program)) {
      notice(`\`npm run env\` was not tried in ${program}, which is not on this machine.`);
      return;
    }
    const bundle = { AWS_CA_BUNDLE: '/a.crt' };
    const { stdout, stderr } = inShell(shell, '', tell, { ...stray, ...bundle });
    expect(stderr.replace(/^….*$/gm, '').trim()).toBe('');
    const seen = JSON.parse(stdout) as Record<string, string>;
    const nowhere = join(home, 'no-such-aws-config');
    expect(seen).toEqual({
      ...bundle,
      AWS_ENDPOINT_URL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as string,
      AWS_REGION: 'us-east-1',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: '000000000000',
      AWS_SECRET_ACCESS_KEY: 'coldstart',
      AWS_CONFIG_FILE: nowhere,
      AWS_SHARED_CREDENTIALS_FILE: nowhere,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    });

    const back = inShell(shell, '--target aws', tell, { ...seen, AWS_REGION: 'ap-northeast-2' });
    expect(JSON.parse(back.stdout)).toEqual({
      ...bundle,
      AWS_REGION: 'ap-northeast-2',
      AWS_DEFAULT_REGION: 'ap-northeast-2',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    });
    const own = { AWS_PROFILE: 'work', AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 'own' };
    expect(JSON.parse(inShell(shell, '--target aws', tell, own).stdout)).toMatchObject(own);
  });

  it('lets the AWS CLI reach the embedded cloud as it is', () => {
    const said = spawnSync('aws', ['--version'], { encoding: 'utf8', timeout: 60_000 });
    const version = said.error === undefined ? versionIn(said.stdout) : undefined;
    if (version === undefined || !readsEndpoint(version)) {
      notice('`npm run env` was not tried with the AWS CLI: there is none here that reads AWS_ENDPOINT_URL.');
      return;
    }
    const [bash] = shells;
    if (bash === undefined) throw new Error('no bash');
    const seen = inShell(bash, '', 'aws sts get-caller-identity', stray);
    expect(JSON.parse(seen.stdout), seen.stderr).toMatchObject({
      Account: '000000000000',
      Arn: 'arn:aws:iam::000000000000:root',
    });
  });

  it('finds out the shell through npm, and refuses to be evaluated with the lines that npm prints', () => {
    const npm = (script: string) =>
      spawnSync('bash', ['--norc', '-c', script], {
        encoding: 'utf8',
        timeout: 100_000,
        cwd: projectRoot(),
        env: { ...ada.env, COLDSTART_HOME: home, SHELL: '/usr/bin/fish', COLDSTART_LANG: 'ko' },
      });
    const silent = npm('eval "$(npm run --silent env)"; echo "$AWS_ENDPOINT_URL"');
    expect(silent.stdout.trim()).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const loud = npm('npm run env -- --target aws; echo "status $?"');
    expect(loud.stdout).toContain('status 2');
    expect(loud.stdout).not.toMatch(/export|set -gx/);
    expect(loud.stderr).toMatch(/--silent를 붙여.*eval "\$\(npm run --silent env -- --target aws\)"/);
  });

  it('says nothing to the shell where the target is not there', async () => {
    const { status, out, err } = await ada.run(['env', '--target', 'localstack'], {
      AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
    });
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toContain('http://127.0.0.1:9');
  });
});

describe('the shell that a student types in', () => {
  const running = new Map([
    [1, { parent: 0, program: 'systemd' }],
    [10, { parent: 1, program: '/usr/bin/fish' }],
    [20, { parent: 10, program: '-zsh' }],
    [30, { parent: 20, program: 'npm run env' }],
    [40, { parent: 30, program: 'sh' }],
    [50, { parent: 51, program: 'node' }],
    [51, { parent: 50, program: 'node' }],
  ]);

  it.each([
    ['the nearest above npm and its sh', 40, 'zsh'],
    ['by its whole path', 10, 'fish'],
    ['nobody knows above the first process', 1, undefined],
    ['nor of a process that is gone', 99, undefined],
    ['nor where a process comes round to itself', 50, undefined],
  ] as const)('%s', (_, from, shell) => {
    expect(nearest(running, from)).toBe(shell);
  });
});
