import type { HttpAnswer } from '../../../grader/api.ts';
import { expectStatus } from '../../rest-api/gateway-answer.ts';
import { ask, sending } from './ask.ts';
import { bookIn, booksIn, newBook, read, routes, withBooks, type Book } from './books.ts';
import type { Context, LabCheck } from './context.ts';

const create: LabCheck = {
  id: 'create',
  title: (text) => text.create.title,
  points: 10,
  needs: ['missing'],
  verifiedOn: ['embedded'],
  hints: (text) => text.create.hints,
  async run(context) {
    const { text } = context;
    const book = newBook(context);
    await withBooks(context, [book], async () => {
      const answer = await ask(context, sending(routes.create, book));
      const { evidence } = answer;
      if (answer.status === 200)
        context.fail({ ...text.create.notCreated, expected: '201', actual: '200', evidence });
      expectStatus(context, routes.create, answer, 201);
      context.expect(bookIn(answer.json), { ...text.create.otherBook, evidence }).toEqual(book);
      await expectLocation(context, answer, book);
      await expectListed(context, book);
      await expectKept(context, book);
    });
  },
};

/** That the answer says where the book is from now on, and that it is there. */
export async function expectLocation(context: Context, answer: HttpAnswer, book: Book): Promise<void> {
  const { text } = context;
  const expected = `…/books/${encodeURIComponent(book.id)}`;
  const location = answer.header('location');
  const { evidence } = answer;
  if (location === undefined) return context.fail({ ...text.create.noLocation, expected, evidence });
  const finding = { expected, actual: location, evidence };
  // A header is ASCII (RFC 9110, section 5.5), and a path has no blanks (RFC 3986, section 3.3).
  if (!/^[\x21-\x7e]+$/.test(location)) context.fail({ ...text.create.rawLocation, ...finding });
  // With or without host and stage: who the client is talking to, the client knows.
  const [, segment] = /(?:^|\/)books\/([^/?#]+)$/.exec(location) ?? [];
  if (segment === undefined || decoded(segment) !== book.id)
    return context.fail({ ...text.create.otherLocation, ...finding });
  const there = await ask(context, { route: `GET /books/${segment}` });
  expectStatus(context, `GET /books/${segment}`, there, 200);
  context
    .expect(bookIn(there.json), { ...text.create.otherThere, evidence: [...evidence, ...there.evidence] })
    .toEqual(book);
}

async function expectListed(context: Context, book: Book): Promise<void> {
  const answer = await ask(context, { route: routes.list });
  expectStatus(context, routes.list, answer, 200);
  const found = booksIn(answer)
    ?.map(bookIn)
    .find(({ id }) => id === book.id);
  context.expect(found, { ...context.text.create.notListed, evidence: answer.evidence }).toEqual(book);
}

/** That another book of the same id does not take its place. */
async function expectKept(context: Context, book: Book): Promise<void> {
  const { text } = context;
  const other = newBook(context, { id: book.id });
  const answer = await ask(context, sending(routes.create, other));
  const { evidence } = answer;
  const now = bookIn((await read(context, book)).json);
  context.expect(now, { ...text.create.overwritten, evidence }).toEqual(book);
  if (answer.status !== 409)
    context.fail({
      ...text.create.noConflict(answer.status),
      expected: '409',
      actual: String(answer.status),
      evidence,
    });
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

export const createChecks = { create };
