import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { student, type Student } from '../testing/student.ts';

/** A documentation address (RFC 5737): nobody answers there, and a command that asked would wait. */
const elsewhere = 'http://203.0.113.7:4566';

const commands: readonly (readonly string[])[] = [
  ['grade', '1'],
  ['deploy', '1'],
  ['invoke', '1', '{}'],
  ['logs', '1'],
  ['clean', '1'],
  ['measure', '4'],
  ['new', 'app', 'mine', '--from', 'hello-api'],
];

describe(
  'pointing a command at another machine without choosing a real account',
  { timeout: 120_000 },
  () => {
    let ada: Student;
    let home: string;
    beforeAll(() => {
      ada = student();
      home = join(ada.home, 'person');
      mkdirSync(join(home, '.aws'), { recursive: true });
      for (const lab of ['01-first-handler', '04-cold-starts'])
        mkdirSync(join(ada.work, lab), { recursive: true });
    });
    afterAll(() => ada.leave());

    it.each(commands)('is refused: %s %s', async (...args) => {
      for (const target of args[0] === 'new' ? [[]] : [[], ['--target', 'localstack']]) {
        const { status, seen } = await ada.run([...args, ...target], { AWS_ENDPOINT_URL: elsewhere });
        expect(seen).toContain(
          `AWS_ENDPOINT_URL points at ${elsewhere}, which is not on this machine, so nothing was done.`,
        );
        expect(seen).toContain('--target aws');
        expect(status).toBe(2);
      }
    });

    it.each(['AWS_ENDPOINT_URL_LAMBDA', 'AWS_ENDPOINT_URL_API_GATEWAY', 'AWS_ENDPOINT_URL_S3'])(
      'is refused where %s says it, in Korean too',
      async (name) => {
        const { status, seen } = await ada.run(['deploy', '1', '--lang', 'ko'], { [name]: elsewhere });
        expect(seen).toContain(
          `${name}이(가) 이 컴퓨터가 아닌 ${elsewhere}을(를) 가리켜서 아무것도 하지 않았어요.`,
        );
        expect(status).toBe(2);
      },
    );

    it.each([
      [
        'the profile in use',
        '[profile class]\nregion = eu-west-1\nendpoint_url = ADDRESS\n',
        'profile class',
      ],
      ['the default profile', '[default]\nendpoint_url=ADDRESS\n', 'default'],
      [
        'a service of the profile',
        '[profile class]\nservices = dev\n\n[services dev]\nlambda =\n  endpoint_url = ADDRESS\n',
        'services dev',
      ],
    ])('is refused where %s says it', async (_, file, section) => {
      const path = join(home, '.aws', 'config');
      writeFileSync(path, file.replace('ADDRESS', elsewhere));
      const env = { HOME: home, USERPROFILE: home, AWS_PROFILE: section === 'default' ? '' : 'class' };
      const { status, seen } = await ada.run(['grade', '1'], env);
      expect(seen).toContain(`endpoint_url in ${path} [${section}] points at ${elsewhere}`);
      expect(status).toBe(2);
      writeFileSync(path, '');
    });

    it('names the left-over variable where a real account was chosen', async () => {
      const { status, seen } = await ada.run(['grade', '1', '--target', 'aws', '--yes'], {
        AWS_ENDPOINT_URL_LAMBDA: 'http://127.0.0.1:1',
      });
      expect(seen).toContain('AWS_ENDPOINT_URL_LAMBDA points at http://127.0.0.1:1');
      expect(status).toBe(2);
    });
  },
);
