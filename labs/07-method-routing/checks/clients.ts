import type { HttpAnswer } from '../../../grader/api.ts';
import { expectStatus } from '../../rest-api/gateway-answer.ts';
import { ask, sending } from './ask.ts';
import { bookIn, made, newBook, pathOf, read, routes, withBooks, type Book } from './books.ts';
import type { Context, LabCheck } from './context.ts';

/** A race that is lost shows in some of its rounds. */
const rounds = 6;
/** A server may ask a client to try again: somebody else was faster, or there are too many requests. */
const tryAgain = [409, 412, 429, 503];
const tries = 10;

const clients: LabCheck = {
  id: 'clients',
  title: (text) => text.clients.title,
  points: 5,
  needs: ['replace', 'change', 'remove'],
  verifiedOn: ['embedded'],
  hints: (text) => text.clients.hints,
  async run(context) {
    for (let round = 0; round < rounds; round += 1) {
      const books = Array.from({ length: 3 }, () => newBook(context));
      const [changed, contested, deleted] = books;
      if (changed === undefined || contested === undefined || deleted === undefined) return;
      await withBooks(context, books, async () => {
        await Promise.all([made(context, changed), made(context, deleted)]);
        // One race after the other: more at once would only make more environments start.
        await changeTogether(context, changed);
        await createTogether(context, contested);
        await replaceAndDelete(context, deleted);
      });
    }
  },
};

/** Each client changes another member of the book: all changes must be there. */
async function changeTogether(context: Context, book: Book): Promise<void> {
  const title = context.nonce('title');
  const year = context.integer(2001, 2026);
  const author = context.nonce('author');
  const answers = await Promise.all(
    [{ title }, { year }, { author }].map((change) => persistently(context, book, change)),
  );
  const after = await read(context, book);
  expectStatus(context, routes.read, after, 200);
  context
    .expect(bookIn(after.json), {
      ...context.text.clients.lostChange,
      evidence: [...answers, after].flatMap(({ evidence }) => evidence),
    })
    .toEqual({ ...book, title, year, author });
}

async function persistently(context: Context, book: Book, change: Partial<Book>): Promise<HttpAnswer> {
  let answer = await ask(context, sending(`PATCH ${pathOf(book)}`, change));
  for (let time = 1; tryAgain.includes(answer.status) && time < tries; time += 1)
    answer = await ask(context, sending(`PATCH ${pathOf(book)}`, change));
  if (answer.status !== 204) expectStatus(context, routes.change, answer, 200);
  return answer;
}

/** Clients bring books of the same id: one book is kept, and all others are told that they came too late. */
async function createTogether(context: Context, book: Book): Promise<void> {
  const { text } = context;
  const all = [book, newBook(context, { id: book.id }), newBook(context, { id: book.id })];
  const tried = await Promise.all(
    all.map(async (each) => ({ each, answer: await ask(context, sending(routes.create, each)) })),
  );
  const evidence = tried.flatMap(({ answer }) => answer.evidence);
  const [winner, second] = tried.filter(({ answer }) => answer.status === 201);
  const finding = {
    expected: '201, 409, 409',
    actual: tried.map(({ answer }) => answer.status).join(', '),
    evidence,
  };
  if (winner === undefined) return context.fail({ ...text.clients.nobodyWon, ...finding });
  if (second !== undefined) context.fail({ ...text.clients.bothWon, ...finding });
  const after = await read(context, book);
  context
    .expect(bookIn(after.json), {
      ...text.clients.loserKept,
      evidence: [...evidence, ...after.evidence],
    })
    .toEqual(winner.each);
}

/**
 * Clients replace the book while one deletes it. In whatever order: it is gone afterwards. Several replace it, because
 * a look and a write after it are a short moment to hit.
 */
async function replaceAndDelete(context: Context, book: Book): Promise<void> {
  const put = () => {
    const { title, author } = newBook(context);
    return ask(context, sending(`PUT ${pathOf(book)}`, { title, author }));
  };
  const before = [put(), put()];
  const deleting = ask(context, { route: `DELETE ${pathOf(book)}` });
  const answers = await Promise.all([deleting, ...before, put(), put()]);
  const [deleted] = answers;
  if (deleted.status !== 204) return;
  const after = await read(context, book);
  if (after.status === 200)
    context.fail({
      ...context.text.clients.revived,
      expected: '404',
      actual: '200',
      evidence: [...answers, after].flatMap(({ evidence }) => evidence),
    });
}

export const clientChecks = { clients };
