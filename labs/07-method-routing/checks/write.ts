import type { HttpAnswer } from '../../../grader/api.ts';
import { expectStatus, isUnknown } from '../../rest-api/gateway-answer.ts';
import { ask, sending, type Asked } from './ask.ts';
import { bookIn, made, newBook, pathOf, read, routes, withBooks } from './books.ts';
import type { Context, LabCheck } from './context.ts';

/** Ends the check unless a write was done: with the book as answer, or without a body. */
function expectDone(context: Context, route: string, answer: HttpAnswer): void {
  if (answer.status !== 204) expectStatus(context, route, answer, 200);
}

const replace: LabCheck = {
  id: 'replace',
  title: (text) => text.replace.title,
  points: 10,
  needs: ['create'],
  verifiedOn: ['embedded'],
  hints: (text) => text.replace.hints,
  async run(context) {
    const { text } = context;
    const book = newBook(context);
    await withBooks(context, [book], async () => {
      await made(context, book);
      // Without the year: what a PUT does not name is gone.
      const { id, title, author } = newBook(context, { id: book.id });
      const put = sending(`PUT ${pathOf(book)}`, { title, author });
      // Once more changes nothing more.
      for (const time of [text.replace.changed, text.replace.again]) {
        const answer = await ask(context, put);
        expectDone(context, routes.replace, answer);
        const after = await read(context, book);
        expectStatus(context, routes.read, after, 200);
        const now = bookIn(after.json);
        const evidence = [...answer.evidence, ...after.evidence];
        if (now.year !== undefined)
          context.fail({
            ...text.replace.merged,
            expected: JSON.stringify({ id, title, author }),
            actual: JSON.stringify(now),
            evidence,
          });
        context.expect(now, { ...time, evidence }).toEqual({ id, title, author });
      }
    });
    const { title, author } = newBook(context);
    await expectNobody(context, routes.replace, text.replace.made, (path) =>
      sending(`PUT ${path}`, { title, author }),
    );
  },
};

const change: LabCheck = {
  id: 'change',
  title: (text) => text.change.title,
  points: 5,
  needs: ['create'],
  verifiedOn: ['embedded'],
  hints: (text) => text.change.hints,
  async run(context) {
    const { text } = context;
    const book = newBook(context);
    const author = context.nonce('author');
    await withBooks(context, [book], async () => {
      await made(context, book);
      const answer = await ask(context, sending(`PATCH ${pathOf(book)}`, { author }));
      expectDone(context, routes.change, answer);
      const after = await read(context, book);
      expectStatus(context, routes.read, after, 200);
      const now = bookIn(after.json);
      const evidence = [...answer.evidence, ...after.evidence];
      if (now.title === undefined || now.year === undefined)
        context.fail({
          ...text.change.lost,
          expected: JSON.stringify({ ...book, author }),
          actual: JSON.stringify(now),
          evidence,
        });
      context.expect(now, { ...text.change.other, evidence }).toEqual({ ...book, author });
    });
    await expectNobody(context, routes.change, text.change.made, (path) =>
      sending(`PATCH ${path}`, { author }),
    );
  },
};

const remove: LabCheck = {
  id: 'remove',
  title: (text) => text.remove.title,
  points: 5,
  needs: ['create'],
  verifiedOn: ['embedded'],
  hints: (text) => text.remove.hints,
  async run(context) {
    const { text } = context;
    const book = newBook(context);
    await withBooks(context, [book], async () => {
      await made(context, book);
      const answer = await ask(context, { route: `DELETE ${pathOf(book)}` });
      const { evidence } = answer;
      if (answer.status === 200)
        context.fail({ ...text.remove.status, expected: '204', actual: '200', evidence });
      expectStatus(context, routes.remove, answer, 204);
      const after = await read(context, book);
      if (after.status === 200)
        context.fail({
          ...text.remove.there,
          expected: '404',
          actual: '200',
          evidence: [...evidence, ...after.evidence],
        });
      expectStatus(context, routes.read, after, 404);
      const again = await ask(context, { route: `DELETE ${pathOf(book)}` });
      if (again.status !== 404)
        context.fail({
          ...text.remove.again(again.status),
          expected: '404',
          actual: String(again.status),
          evidence: again.evidence,
        });
    });
  },
};

/** That a write to a book that is not there says so, and makes none. */
async function expectNobody(
  context: Context,
  route: string,
  sentence: { readonly why: string; readonly next: string },
  asked: (path: string) => Asked,
): Promise<void> {
  const nobody = { id: context.nonce('nobody') };
  await withBooks(context, [nobody], async () => {
    const answer = await ask(context, asked(pathOf(nobody)));
    const after = await read(context, nobody);
    const revived = after.status === 200 || (answer.status >= 200 && answer.status < 300);
    if (revived && !isUnknown(answer))
      context.fail({
        ...sentence,
        expected: '404',
        actual: String(answer.status),
        evidence: [...answer.evidence, ...after.evidence],
      });
    expectStatus(context, route, answer, 404);
  });
}

export const writeChecks = { replace, change, remove };
