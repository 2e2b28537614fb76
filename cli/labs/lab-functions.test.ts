import { afterAll, expect, it } from 'vitest';
import { student } from '../testing/student.ts';

const ada = student();
afterAll(async () => ada.leave());

it('functions that stacks have made are called by their logical ids, and their logs are read', async () => {
  expect((await ada.run(['lab', '9'])).status).toBe(0);
  const early = await ada.run(['invoke', '9']);
  expect([early.status, early.seen]).toEqual([1, expect.stringContaining('npm run deploy 9') as string]);
  expect((await ada.run(['deploy', '9', 'hello-api'])).status).toBe(0);
  // The only one needs no name.
  expect((await ada.run(['invoke', '9', '{"queryStringParameters":{"name":"Ada"}}'])).out).toContain('Ada');
  expect((await ada.run(['logs', '9'])).out).toContain('platform.report');

  expect((await ada.run(['deploy', '9', 'todo-crud'])).status).toBe(0);
  const several = await ada.run(['invoke', '9']);
  expect(several.status).toBe(2);
  expect(several.seen).toContain('HelloFunction, TodosFunction');
  const named = await ada.run(['invoke', '9', '{}', '--function', 'HelloFunction']);
  expect([named.status, named.out]).toEqual([0, expect.stringContaining('world') as string]);
}, 120_000);
