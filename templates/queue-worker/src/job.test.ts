import { describe, expect, it } from 'vitest';
import { countWords, readJob } from './job.ts';

describe('a job', () => {
  it('has an id and a text', () => {
    expect(readJob('{"id":"a","text":"one two"}')).toEqual({ id: 'a', text: 'one two' });
  });

  it.each(['{"id":"a"}', '{"id":"","text":"b"}', '{"id":1,"text":"b"}', '[]', 'no JSON'])(
    'is not %s',
    (body) => {
      expect(() => readJob(body)).toThrow();
    },
  );
});

it.each([
  ['', 0],
  ['one', 1],
  ['One, two – three!', 3],
  ["it's 3 o'clock", 3],
  ['함수는 이벤트를 받아요', 3],
])('counts the words of "%s"', (text, words) => {
  expect(countWords(text)).toBe(words);
});
