import { defineLab, type AnyLab, type Check, type CheckContext, type Lab } from '../api.ts';

const en = { title: 'A lab', check: (id: string) => `Check ${id}` };
const ko: typeof en = { title: '실습', check: (id) => `검사 ${id}` };
export type FakeText = typeof en;

type Body = Partial<Omit<Check<FakeText>, 'id'>> & { readonly id: string };

/** A check that passes, with whatever is to be different. */
export const fakeCheck = (body: Body): Check<FakeText> => ({
  title: (text) => text.check(body.id),
  points: 10,
  verifiedOn: ['embedded'],
  hints: () => ['a nudge', 'a push', 'nearly the answer'],
  run: () => Promise.resolve(undefined),
  ...body,
});

export const fakeLab = (...checks: Body[]): Lab<FakeText> & AnyLab =>
  defineLab<FakeText>({
    number: 7,
    slug: 'a-lab',
    title: (text) => text.title,
    goal: (text) => text.title,
    services: [],
    minutes: [1, 2],
    cost: (text) => text.title,
    resources: {},
    text: { en, ko },
    checks: checks.map(fakeCheck),
  });

export type FakeContext = CheckContext<FakeText>;
