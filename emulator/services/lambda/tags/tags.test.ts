import { afterEach, beforeEach, expect, it } from 'vitest';
import { account, SmallCloud } from '../testing/small-cloud.ts';

let lambda: SmallCloud;
beforeEach(async () => {
  lambda = new SmallCloud();
  await lambda.ready('f', { Tags: { lab: '1' } });
});
afterEach(async () => lambda.end());

const Resource = `arn:aws:lambda:us-east-1:${account}:function:f`;

it('adds, replaces, removes and lists tags, and shows them with the function', async () => {
  await lambda.call('TagResource', { Resource, Tags: { lab: '2', 팀: '가' } });
  expect(await lambda.call('ListTags', { Resource })).toEqual({ Tags: { lab: '2', 팀: '가' } });
  await lambda.call('UntagResource', { Resource, TagKeys: ['lab', 'not-there'] });
  expect((await lambda.call('GetFunction', { FunctionName: 'f' })).Tags).toEqual({ 팀: '가' });
  await lambda.call('UntagResource', { Resource, TagKeys: ['팀'] });
  expect(await lambda.call('GetFunction', { FunctionName: 'f' })).not.toHaveProperty('Tags');
});

it('refuses tags of AWS’s own, too long ones, too many, and none', async () => {
  const refused = async (Tags: Record<string, string>): Promise<string> =>
    (await lambda.refusal('TagResource', { Resource, Tags })).message;
  expect(await refused({ 'aws:mine': 'x' })).toContain('not allowed for external use');
  expect(await refused({ ['k'.repeat(129)]: 'x' })).toContain('1 to 128');
  expect(await refused({})).toBe('An error occurred and the request cannot be processed.');
  const fifty = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`k${at}`, 'v']));
  expect(await refused(fifty)).toBe('Number of tags exceeds resource tag limit.');
  expect((await lambda.call('ListTags', { Resource })).Tags).toEqual({ lab: '1' });
});
