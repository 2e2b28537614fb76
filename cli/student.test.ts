import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Result } from '../grader/result/result.ts';
import { projectRoot } from '../tooling/root.ts';
import { stackTrace, student, type Student } from './testing/student.ts';

/** The first lab as a student does it, by its commands alone. */
describe('lab 1 by hand', { timeout: 120_000 }, () => {
  let ada: Student;
  let workspace: string;
  beforeAll(() => {
    ada = student();
    workspace = join(ada.work, '01-first-handler');
  });
  afterAll(() => ada.leave());

  it('opens: workspace, cloud, brief and the address of the page', async () => {
    const { status, out } = await ada.run(['lab', '1']);
    expect(status).toBe(0);
    expect(existsSync(join(workspace, 'deploy.ts'))).toBe(true);
    const guide = /http:\/\/127\.0\.0\.1:\d+\/en\/labs\/1/.exec(out)?.[0] ?? '';
    expect(await (await fetch(guide)).text()).toContain('First handler');
  });

  it('is not right before it is begun, and nothing is in error', async () => {
    const { status, out } = await ada.run(['grade', '1', '--json']);
    const result = JSON.parse(out) as Result;
    expect(status).toBe(1);
    expect(result.totals).toMatchObject({ points: 0, passed: 0, error: 0 });
  });

  it('deploys the starter as it is, calls it, and has some points', async () => {
    expect((await ada.run(['deploy', '1'])).seen).toContain('lab01-greeter');
    const invoked = await ada.run(['invoke', '1', '{"name":"Ada"}']);
    expect(invoked.status).toBe(0);
    expect(invoked.out).toMatch(/Init Duration/);
    const result = JSON.parse((await ada.run(['grade', '1', '--json'])).out) as Result;
    expect(result.totals.points).toBeGreaterThan(0);
    expect(result.totals.error).toBe(0);
    expect((await ada.run(['lab'])).out).toMatch(new RegExp(`${String(result.totals.points)} of 100 points`));
  });

  it('gives hints that say more each time, and the solution only when asked to reveal it', async () => {
    const first = await ada.run(['hint', '1']);
    const second = await ada.run(['hint', '1']);
    expect(first.out).toContain('Hint 1 of 3');
    expect(second.out).toContain('Hint 2 of 3');
    expect((await ada.run(['solution', '1'])).status).toBe(1);
    expect((await ada.run(['solution', '1', '--reveal'])).out).toMatch(/^\+.*AttachRolePolicyCommand/m);
  });

  it('never overwrites work', async () => {
    writeFileSync(join(workspace, 'src', 'notes.txt'), 'mine');
    expect((await ada.run(['lab', '1'])).out).toContain('nothing in it was changed');
    expect(readFileSync(join(workspace, 'src', 'notes.txt'), 'utf8')).toBe('mine');
  });

  it('passes with the solution', async () => {
    cpSync(join(projectRoot(), 'solutions', '01-first-handler'), workspace, { recursive: true });
    expect((await ada.run(['unit', '1'])).status).toBe(0);
    expect((await ada.run(['deploy', '1'])).status).toBe(0);
    const invoked = await ada.run(['invoke', '1', '{"name":"Ada"}', '--json']);
    expect(JSON.parse(invoked.out)).toMatchObject({ status: 200, payload: { message: 'Hello, Ada!' } });
    expect((await ada.run(['logs', '1'])).out).toMatch(/INIT_START [\s\S]*START [\s\S]*END [\s\S]*REPORT /);
    const graded = await ada.run(['grade', '1']);
    expect(graded.seen).toContain('100 of 100 points');
    expect(graded.status).toBe(0);
    expect((await ada.run(['grade'])).status).toBe(0);
    expect((await ada.run(['solution', '1'])).out).toContain('the same as the solution');
  });

  it('writes reports beside the terminal', async () => {
    const file = join(ada.work, 'result.xml');
    expect((await ada.run(['grade', '1', '--reporter', `junit=${file}`])).status).toBe(0);
    expect(readFileSync(file, 'utf8')).toContain('<testsuite');
  });

  it('grades again when a file is saved', async () => {
    const watching = ada.begin(['grade', '1', '--watch']);
    let seen = '';
    const until = (what: RegExp) =>
      new Promise<void>((resolve, reject) => {
        const late = setTimeout(() => reject(new Error(`Not seen: ${String(what)} in\n${seen}`)), 60_000);
        const look = (chunk?: Buffer) => {
          seen += chunk?.toString('utf8') ?? '';
          if (!what.test(seen)) return;
          clearTimeout(late);
          watching.stdout?.off('data', look);
          resolve();
        };
        watching.stdout?.on('data', look);
        look();
      });
    const ended = new Promise((resolve) => watching.once('exit', resolve));
    try {
      await until(/Watching your files/);
      const file = join(workspace, 'src', 'greeting.ts');
      writeFileSync(file, `${readFileSync(file, 'utf8')}\n// saved\n`);
      await until(/greeting\.ts[\s\S]*100 of 100 points/);
    } finally {
      watching.kill('SIGKILL');
      await ended;
    }
  });

  it('begins again, keeping the work, and is cleaned up', async () => {
    expect((await ada.run(['reset', '1'])).status).toBe(0);
    const [backup = ''] = readdirSync(join(ada.work, '.backup'));
    expect(existsSync(join(ada.work, '.backup', backup, 'src', 'notes.txt'))).toBe(true);
    expect(existsSync(join(workspace, 'src', 'notes.txt'))).toBe(false);
    const cleaned = await ada.run(['clean', '1']);
    expect(cleaned.out).toMatch(/function lab01-greeter[\s\S]*role lab01-greeter-role/);
    expect(cleaned.out).toContain('nothing there has a name that begins with lab01-');
    expect((await ada.run(['clean', '1'])).out).toContain('nothing to remove');
  });
});

describe('mistakes of a student are sentences', { timeout: 120_000 }, () => {
  let bob: Student;
  let workspace: string;
  beforeAll(async () => {
    bob = student();
    workspace = join(bob.work, '01-first-handler');
    await bob.run(['lab', '1']);
  });
  afterAll(() => bob.leave());

  it.each([
    {
      says: 'an unknown lab',
      args: ['grade', '77'],
      status: 2,
      en: /no lab "77"/,
      ko: /"77"번 실습은 없어요/,
    },
    {
      says: 'no number',
      args: ['deploy'],
      status: 2,
      en: /number of a lab is missing/,
      ko: /실습 번호가 빠졌어요/,
    },
    { says: 'no such command', args: ['lamb'], status: 2, en: /no such command/, ko: /없는 명령/ },
    {
      says: 'an event that is no JSON',
      args: ['invoke', '1', '{name:Ada}'],
      status: 2,
      en: /not JSON/,
      ko: /JSON이 아니에요/,
    },
    {
      says: 'an event file that is not there',
      args: ['invoke', '1', '@no.json'],
      status: 2,
      en: /no file/,
      ko: /파일이 없어요/,
    },
    {
      says: 'a function that is not deployed',
      args: ['invoke', '1'],
      status: 1,
      en: /does not exist/,
      ko: /함수가 없어요/,
    },
    {
      says: 'an unknown check',
      args: ['hint', '1', 'nope'],
      status: 2,
      en: /no check "nope"/,
      ko: /검사는 없어요/,
    },
    {
      says: 'an unknown report',
      args: ['grade', '1', '--reporter', 'pdf=x'],
      status: 2,
      en: /pdf=x/,
      ko: /pdf=x/,
    },
  ])('$says', async ({ args, status, en, ko }) => {
    const [english, korean] = await Promise.all([bob.run(args), bob.run(args, { COLDSTART_LANG: 'ko' })]);
    expect(english).toMatchObject({ status, seen: expect.stringMatching(en) as unknown });
    expect(korean).toMatchObject({ status, seen: expect.stringMatching(ko) as unknown });
    expect(english.seen).not.toMatch(stackTrace);
  });

  it('no workspace', async () => {
    const { status, seen } = await bob.run(['grade', '1'], { COLDSTART_WORK: join(bob.work, 'elsewhere') });
    expect(status).toBe(2);
    expect(seen).toMatch(/npm run lab 1/);
  });

  it('a syntax error in the handler: file, line and the line itself', async () => {
    const handler = join(workspace, 'src', 'handler.ts');
    const right = readFileSync(handler, 'utf8');
    writeFileSync(handler, 'export const handler = async () => {\n  retrun 1;\n');
    const { status, seen } = await bob.run(['deploy', '1']);
    writeFileSync(handler, right);
    expect(status).toBe(1);
    expect(seen).toMatch(/src\/handler\.ts:2:/);
    expect(seen).toContain('retrun 1;');
    expect(seen).not.toMatch(stackTrace);
  });

  it('a deployment that throws: what was thrown and where', async () => {
    const script = join(workspace, 'deploy.ts');
    const right = readFileSync(script, 'utf8');
    writeFileSync(script, "const a: number = 1;\nthrow new TypeError('no role ' + a);\n");
    const { status, seen } = await bob.run(['deploy', '1']);
    writeFileSync(script, right);
    expect(status).toBe(1);
    expect(seen).toMatch(/TypeError: no role 1/);
    expect(seen).toMatch(/deploy\.ts:2:/);
    expect(seen).not.toMatch(stackTrace);
  });

  it('AWS settings in the shell reach no script that runs on the embedded cloud', async () => {
    mkdirSync(bob.work, { recursive: true });
    const { status, seen } = await bob.run(['deploy', '1'], {
      AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'a-real-secret',
      AWS_SESSION_TOKEN: 'token',
      AWS_PROFILE: 'work',
      AWS_REGION: 'eu-west-1',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
      AWS_ENDPOINT_URL_LAMBDA: 'http://127.0.0.1:1',
      AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true',
    });
    expect(seen).toContain('arn:aws:iam::000000000000:role/lab01-greeter-role');
    expect(status).toBe(0);
  });

  it('a port that is taken: who has it', async () => {
    const { cloud } = JSON.parse(readFileSync(join(bob.home, 'running.json'), 'utf8')) as { cloud: string };
    const { port } = new URL(cloud);
    const other = student();
    const { status, seen } = await other.run(['lab', '1'], { COLDSTART_CLOUD_PORT: port });
    await other.leave();
    expect(status).toBe(2);
    expect(seen).toContain(port);
    expect(seen).toMatch(/Coldstart/);
    expect(seen).not.toMatch(stackTrace);
  });

  it('a report of doctor that is safe to paste', async () => {
    const { status, seen } = await bob.run(['doctor'], { AWS_SECRET_ACCESS_KEY: 'a-real-secret' });
    expect(status).toBe(0);
    expect(seen).toContain('AWS_SECRET_ACCESS_KEY');
    expect(seen).not.toContain('a-real-secret');
  });
});
