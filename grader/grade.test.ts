import { describe, expect, it } from 'vitest';
import { join } from 'node:path';
import { hints } from './grade.ts';
import { fakeLab } from './testing/fake-lab.ts';
import { useSubmission } from './testing/grade-fake.ts';

const { path, gradeFake } = useSubmission();

describe('the result', () => {
  it('says what was graded, where, and in which language', async () => {
    const result = await gradeFake([{ id: 'a' }], { language: 'ko', seed: 9 });
    expect(result).toMatchObject({
      lab: { number: 7, slug: 'a-lab', title: '실습' },
      language: 'ko',
      seed: 9,
      target: { name: 'embedded', account: '000000000000', region: 'us-east-1' },
      submission: { files: 1 },
      partial: false,
    });
    expect(result.checks[0]?.title).toBe('검사 a');
  });

  it('cannot be had without a folder', async () => {
    await expect(gradeFake([{ id: 'a' }], { submission: join(path(), 'gone') })).rejects.toMatchObject({
      kind: 'submission',
      next: 'Run npm run lab 7 first.',
    });
  });

  it('gives hints, and only those that there are', () => {
    const lab = fakeLab({ id: 'a' });
    expect([1, 2, 3].map((step) => hints(lab, 'a', step, 'en'))).toEqual([
      'a nudge',
      'a push',
      'nearly the answer',
    ]);
    expect(() => hints(lab, 'a', 4, 'en')).toThrow('There are hints 1, 2 and 3.');
    expect(() => hints(lab, 'z', 1, 'ko')).toThrow('z 검사는 없어요');
  });
});
