import { describe, expect, it } from 'vitest';
import { entriesIn } from './entries.ts';
import { lackOf, type Lack, type Truth } from './verdict.ts';

// Taken in this order.
const [one, two, three] = ['a1b2c3', 'd4e5f6', 'g7h8j9'] as const;
const truth: Truth = {
  now: { dev: three, prod: two },
  taken: new Map([
    [one, 1],
    [two, 2],
    [three, 3],
  ]),
};
const read = (...lines: readonly string[]) => entriesIn(lines.join('\n'), new Set(truth.taken.keys()));
const judged = (...lines: readonly string[]): Lack | undefined => lackOf(read(...lines), truth);

const whole = [
  `| dev | deploy | ${one} | blue |`,
  `| prod | deploy | ${one} | blue |`,
  `| dev | deploy | ${two} | green |`,
  `| prod | canary 10 % | ${two} | green |`,
  `| prod | promote | ${two} | green |`,
  `| prod | roll back | ${one} | blue |`,
  `| prod | deploy | ${two} | green |`,
  `| dev | deploy | ${three} | green |`,
] as const;
const without = (...words: readonly string[]) =>
  whole.filter((line) => !words.some((word) => line.includes(word)));

describe('a line of a changelog', () => {
  it.each<[string, object | undefined]>([
    [`| prod | canary 10 % | ${two} |`, { stage: 'prod', action: 'canary', deployments: [two] }],
    [`- Promoted the canary \`${two}\` to PROD.`, { stage: 'prod', action: 'promote', deployments: [two] }],
    [
      `- production: rolled back from ${two} to ${one}`,
      { stage: 'prod', action: 'rollback', deployments: [two, one] },
    ],
    [`* prod에서 카나리 10 % (${two})`, { stage: 'prod', action: 'canary', deployments: [two] }],
    [`prod를 ${one}(으)로 되돌림`, { stage: 'prod', action: 'rollback', deployments: [one] }],
    [`prod 승격 ${two}`, { stage: 'prod', action: 'promote', deployments: [two] }],
    [`dev: ${three}`, { stage: 'dev', action: 'deploy', deployments: [three] }],
    [three, { stage: undefined, action: 'deploy' }],
    ['prod: promoted zzzzzz', undefined],
    ['', undefined],
  ])('%j', (line, entry) => {
    expect(read(line)).toEqual(entry === undefined ? [] : [expect.objectContaining(entry)]);
  });

  it('is told by its heading what it does not say itself', () => {
    expect(
      read('## Canary on prod', '', `deployment ${two}`, '## dev', `${three}\r`, `prod: ${one}`),
    ).toEqual([
      expect.objectContaining({ stage: 'prod', action: 'canary', deployments: [two] }),
      expect.objectContaining({ stage: 'dev', action: 'deploy', deployments: [three] }),
      expect.objectContaining({ stage: 'prod', action: 'deploy', deployments: [one] }),
    ]);
  });

  it('may be as long as it likes', () => {
    const line = `${'prod roll '.repeat(5000)}${'a'.repeat(5000)} ${two}`;
    expect(read(line)).toMatchObject([{ stage: 'prod', action: 'deploy', deployments: [two] }]);
  });
});

describe('a changelog', () => {
  it.each<[string, readonly string[]]>([
    ['with the newest at its end', whole],
    ['with the newest first', whole.toReversed()],
    ['with lines of an API that is gone', ['| prod | promote | x0x0x0 | green |', ...whole]],
    [
      'whose way back came before the promotion',
      [...whole.slice(0, 3), ...whole.slice(5, 7), ...whole.slice(3)],
    ],
  ])('is right %s', (_, lines) => {
    expect(judged(...lines)).toBeUndefined();
  });

  it.each<[string, readonly string[], Lack]>([
    ['nothing', [], { kind: 'empty' }],
    ['no canary', without('canary'), { kind: 'canary' }],
    ['no promotion', without('promote'), { kind: 'promotion' }],
    [
      'the promotion of another deployment',
      whole.map((line) => (line.includes('promote') ? line.replace(two, three) : line)),
      { kind: 'other', tried: two, promoted: three },
    ],
    ['no way back', without('roll back'), { kind: 'rollback' }],
    ['no way back, the newest first', without('roll back').toReversed(), { kind: 'rollback' }],
    [
      'a way back to where it was',
      whole.map((line) => (line.includes('roll back') ? line.replace(one, two) : line)),
      { kind: 'rollback' },
    ],
    ['nothing of dev’s last step', whole.slice(0, -1), { kind: 'stale', stage: 'dev', last: two }],
    ['nothing of the way forth', without(whole[6]), { kind: 'stale', stage: 'prod', last: one }],
  ])('that has %s', (_, lines, lack) => {
    expect(judged(...lines)).toEqual(lack);
  });
});
