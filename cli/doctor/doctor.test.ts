import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { student, type Student } from '../testing/student.ts';
import { askTool } from './ask-tool.ts';
import { awsAddress, clock } from './clock.ts';
import type { Finding } from './finding.ts';
import { openSession } from '../session/session.ts';

/** Programs on a PATH of their own, which say what those of a student's machine would. */
const posix = process.platform !== 'win32';
if (!posix)
  process.stderr.write('NOTICE: the doctor was not tried with fake programs: they are shell scripts.\n');

const running = {
  docker: `case "$*" in
--version) echo 'Docker version 28.2.2, build e6534b4' ;;
'version --format {{.Server.Version}}') echo 27.5.1 ;;
'compose version --short') echo 2.36.0 ;;
'image ls --format {{.Repository}}:{{.Tag}}') printf 'redis:7\\nlocalstack/localstack:4.14.0\\n' ;;
*) exit 64 ;;
esac`,
  aws: "echo 'aws-cli/2.31.5 Python/3.13.7 Linux/6.8 exe/x86_64'",
  sam: "echo 'SAM CLI, version 1.146.0'",
  python3: "echo 'Python 3.13.7'",
};
const refusing = (message: string) =>
  `[ "$*" = --version ] && echo 'Docker version 28.2.2, build e6534b4' && exit 0\necho '${message}' >&2; exit 1`;

describe.runIf(posix)('npm run doctor', { timeout: 90_000 }, () => {
  let ada: Student;
  let bin: string;
  beforeAll(() => {
    ada = student();
    bin = join(dirname(ada.work), 'bin');
  });
  beforeEach(() => {
    rmSync(bin, { recursive: true, force: true });
    mkdirSync(bin);
  });
  afterAll(() => ada.leave());

  const install = (programs: Readonly<Record<string, string>>) => {
    for (const [name, script] of Object.entries(programs)) {
      writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
      chmodSync(join(bin, name), 0o755);
    }
  };
  const examine = async (args: readonly string[] = [], env: NodeJS.ProcessEnv = {}) => {
    const ran = await ada.run(['doctor', '--json', ...args], { PATH: bin, ...env });
    const { findings } = JSON.parse(ran.out) as { findings: readonly Finding[] };
    return { ...ran, of: (what: string) => findings.find((finding) => finding.what === what) };
  };

  it('finds what is there, with versions, and which images', async () => {
    install(running);
    const { status, of } = await examine();
    expect(status).toBe(0);
    expect(of('Docker')).toEqual({ what: 'Docker', level: 'good', seen: '28.2.2; daemon 27.5.1' });
    expect(of('Docker Compose')).toMatchObject({ level: 'good', seen: '2.36.0' });
    expect(of('localstack/localstack:4.14.0')).toMatchObject({ seen: 'here' });
    expect(of('localstack/localstack:latest')).toMatchObject({
      seen: expect.stringContaining('not here') as string,
      mend: expect.stringContaining('docker compose --profile localstack-current pull') as string,
    });
    expect(of('AWS CLI')).toMatchObject({ level: 'good', seen: 'aws-cli/2.31.5' });
    expect(of('SAM CLI')).toMatchObject({ level: 'good', seen: '1.146.0' });
    expect(of('Python')).toMatchObject({ level: 'good', seen: 'Python 3.13.7' });
  });

  it('is content with none of them: Coldstart needs none', async () => {
    const { status, of } = await examine();
    expect(status).toBe(0);
    expect(of('Docker')).toMatchObject({ level: 'note', seen: 'not installed' });
    expect(of('Docker')?.mend).toContain('Coldstart needs none');
    expect(of('localstack/localstack:4.14.0')).toBeUndefined();
    for (const tool of ['AWS CLI', 'SAM CLI', 'Python']) expect(of(tool)?.level).toBe('good');
  });

  it.each([
    [
      'a daemon that does not run',
      'Cannot connect to the Docker daemon',
      /does not answer/,
      /systemctl start/,
    ],
    ['a daemon that is not for this user', 'permission denied while trying', /may not talk/, /usermod -aG/],
  ])('tells of %s', async (_, message, seen, mend) => {
    install({ docker: refusing(message) });
    const { status, of } = await examine();
    expect(status).toBe(0);
    expect(of('Docker')).toMatchObject({ level: 'note' });
    expect(of('Docker')?.seen).toMatch(seen);
    expect(of('Docker')?.mend).toMatch(mend);
    expect(of('Docker Compose')).toBeUndefined();
  });

  it('tells of an AWS CLI that cannot be pointed anywhere, and of tools that are broken', async () => {
    install({
      ...running,
      aws: "echo 'aws-cli/2.9.19 Python/3.11.2'",
      sam: 'exit 1',
      docker: running.docker.replace(/'compose.*\n/, ''),
    });
    const { status, of } = await examine();
    expect(status).toBe(0);
    expect(of('AWS CLI')).toMatchObject({ level: 'note' });
    expect(of('AWS CLI')?.mend).toContain('2.13');
    expect(of('SAM CLI')).toMatchObject({ level: 'note' });
    expect(of('Docker Compose')).toMatchObject({ level: 'note' });
  });

  it('says in Korean what it says in English, and shows no token and no home', async () => {
    install(running);
    const secret = 'ls-aBcD1234-not-for-anybody';
    const env = { LOCALSTACK_AUTH_TOKEN: secret, AWS_SECRET_ACCESS_KEY: secret, HOME: dirname(ada.work) };
    const english = await examine([], env);
    const korean = await examine(['--lang', 'ko'], env);
    expect(english.of('LOCALSTACK_AUTH_TOKEN')).toMatchObject({ seen: 'set' });
    expect(korean.of('LOCALSTACK_AUTH_TOKEN')).toMatchObject({ seen: '설정됨' });
    for (const { seen } of [english, korean]) {
      expect(seen).not.toContain(secret);
      expect(seen).not.toContain(dirname(ada.work));
    }
    expect((await examine()).of('LOCALSTACK_AUTH_TOKEN')?.seen).toContain('localstack/localstack:latest');
  });

  it('asks a chosen target for the time, and says how to start one that is not there', async () => {
    const { server, url } = await telling(Date.now());
    try {
      const near = await examine(['--target', 'localstack'], { AWS_ENDPOINT_URL: url });
      expect(near.status).toBe(0);
      expect(near.of('Clock')).toMatchObject({ level: 'good' });
    } finally {
      server.close();
    }
    const gone = await examine(['--target', 'localstack'], { AWS_ENDPOINT_URL: url });
    expect(gone.status).toBe(1);
    expect(gone.of('Target')).toMatchObject({ level: 'bad' });
    expect(gone.of('Target')?.mend).toContain('docker compose --profile localstack up');
  });
});

describe('the clock', () => {
  const session = openSession({ lang: 'en' }, { build: '', bundle: '' });
  const skewed = async (name: 'aws' | 'localstack', seconds: number) => {
    const { server, url } = await telling(Date.now() + seconds * 1000);
    try {
      return (await clock(session, name, new URL(url))).find(({ what }) => what === 'Clock');
    } finally {
      server.close();
    }
  };

  it.each([
    ['aws', 0, 'good'],
    ['aws', 120, 'note'],
    ['aws', -120, 'note'],
    ['aws', 400, 'bad'],
    ['aws', -400, 'bad'],
    ['localstack', 400, 'note'],
  ] as const)('%s, %d s off: %s', async (name, seconds, level) => {
    const finding = await skewed(name, seconds);
    expect(finding?.level).toBe(level);
    if (level !== 'good') expect(finding?.mend).toContain('5 minutes');
  });

  it('is not compared with an answer that tells none', async () => {
    const { server, url } = await telling(undefined);
    const [, finding] = await clock(session, 'aws', new URL(url));
    server.close();
    expect(finding).toMatchObject({ level: 'good', seen: expect.stringContaining('no time') as string });
  });

  it.each([
    ['ap-northeast-2', 'https://sts.ap-northeast-2.amazonaws.com/'],
    ['cn-north-1', 'https://sts.cn-north-1.amazonaws.com.cn/'],
    ['evil.example/', 'https://sts.us-east-1.amazonaws.com/'],
  ])('of AWS is asked for where the region %s is', (region, address) => {
    expect(awsAddress(region).href).toBe(address);
  });
});

describe.runIf(posix)('a tool', () => {
  it('that does not answer is ended, also where it has started another', async () => {
    const begun = Date.now();
    expect(await askTool('/bin/sh', ['-c', 'sleep 5 & sleep 5'], 300)).toEqual({ kind: 'silent' });
    expect(Date.now() - begun).toBeLessThan(4_000);
  });
});

/** A server on loopback whose answers tell a time of its own. */
async function telling(time: number | undefined): Promise<{ server: Server; url: string }> {
  const server = createServer((_request, response) => {
    response.sendDate = false;
    if (time !== undefined) response.setHeader('date', new Date(time).toUTCString());
    response.setHeader('connection', 'close');
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}` };
}
