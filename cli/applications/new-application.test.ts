import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stackTrace, student, type Student } from '../testing/student.ts';

describe('npm run new app', { timeout: 60_000 }, () => {
  let ada: Student;
  beforeAll(() => (ada = student()));
  afterAll(() => ada.leave());
  const read = (...path: string[]) => readFileSync(join(ada.work, ...path), 'utf8');

  it('copies a template by its name', async () => {
    const { status, out } = await ada.run(['new', 'app', 'hello-api']);
    expect(status).toBe(0);
    expect(out).toContain('npm run deploy hello-api');
    const files = readdirSync(join(ada.work, 'hello-api'), { recursive: true, encoding: 'utf8' });
    expect(files).toEqual(
      expect.arrayContaining(['template.yaml', 'package.json', 'README.md', '.gitignore']),
    );
    expect(files).not.toContain('deployed.test.ts');
    expect(readdirSync(ada.work)).toEqual(['hello-api']);
  });

  it('gives it another name wherever its name stands', async () => {
    expect((await ada.run(['new', 'app', 'my-shop', '--from', 'order-desk'])).status).toBe(0);
    expect(read('my-shop', 'samconfig.toml')).toContain('stack_name = "my-shop"');
    expect(JSON.parse(read('my-shop', 'package.json'))).toMatchObject({ name: 'my-shop' });
    for (const file of ['template.yaml', 'README.md', 'samconfig.toml'])
      expect(read('my-shop', file)).not.toContain('order-desk');
  });

  it('touches nothing that is there', async () => {
    writeFileSync(join(ada.work, 'my-shop', 'template.yaml'), 'mine');
    const { status, seen } = await ada.run(['new', 'app', 'my-shop', '--from', 'hello-api']);
    expect(status).toBe(2);
    expect(seen).toMatch(/my-shop is there already/);
    expect(read('my-shop', 'template.yaml')).toBe('mine');
  });

  it.each([
    ['nobody who could be asked', ['new', 'app'], /hello-api, .*todo-crud/, /물어볼 수 없어요/],
    [
      'a template that is not there',
      ['new', 'app', 'x', '--from', 'nope'],
      /no application "nope"/,
      /애플리케이션은 없어요/,
    ],
    ['a name that cannot be a stack', ['new', 'app', '../x'], /cannot be the name/, /이름으로 쓸 수 없어요/],
    ['something else', ['new', 'lab'], /a new "lab"/, /만드는 방법은 없어요/],
    ['no word of what', ['new'], /npm run new app/, /npm run new app/],
  ])('%s is a sentence', async (_, args, en, ko) => {
    const [english, korean] = await Promise.all([ada.run(args), ada.run(args, { COLDSTART_LANG: 'ko' })]);
    expect(english).toMatchObject({ status: 2, seen: expect.stringMatching(en) as unknown });
    expect(korean).toMatchObject({ status: 2, seen: expect.stringMatching(ko) as unknown });
    expect(english.seen).not.toMatch(stackTrace);
    expect(existsSync(join(ada.work, 'x'))).toBe(false);
  });
});
