import type { HttpAnswer } from '../../../grader/api.ts';
import { calledBy } from '../../rest-api/found-api.ts';
import { expectStatus, isUnknown } from '../../rest-api/gateway-answer.ts';
import { bodyIn } from '../../rest-api/proxy-body.ts';
import { proxyEvent } from '../../rest-api/proxy-event.ts';
import { members } from '../../wording/members.ts';
import { shown } from '../../wording/wording.ts';
import { names, stage } from '../names.ts';
import { apiOf } from './api.ts';
import { ask, sending } from './ask.ts';
import { bookIn, booksIn, newBook, pathOf, read, routes, withBooks, type Book } from './books.ts';
import type { Context, LabCheck } from './context.ts';
import { expectLocation } from './create.ts';

const ids: LabCheck = {
  id: 'ids',
  title: (text) => text.ids.title,
  points: 5,
  needs: ['create'],
  verifiedOn: ['embedded'],
  requires: ['encodedPathParameters'],
  hints: (text) => text.ids.hints,
  run: roundTrip,
  async configuration(context) {
    await roundTrip(context);
    await readsEncoded(context);
  },
};

/** As call numbers of libraries are: blanks and Hangul; and signs that mean something in an address. */
const awkward = (context: Context): Book =>
  newBook(context, { id: `${context.nonce('813.7')} 한12ㅅ c.2+1?a=b&c` });

async function roundTrip(context: Context): Promise<void> {
  const { text } = context;
  const book = awkward(context);
  await withBooks(context, [book], async () => {
    const answer = await ask(context, sending(routes.create, book));
    // A header with other than ASCII in it makes an answer that is none.
    if (answer.status >= 500)
      context.fail({
        ...text.ids.broken(answer.status),
        expected: '201',
        actual: String(answer.status),
        evidence: answer.evidence,
      });
    expectStatus(context, routes.create, answer, 201);
    const there = await read(context, book);
    if (there.status === 404)
      context.fail({ ...text.ids.notFound, expected: book.id, actual: '404', evidence: there.evidence });
    expectStatus(context, routes.read, there, 200);
    context.expect(bookIn(there.json), { ...text.ids.other, evidence: there.evidence }).toEqual(book);
    await expectLocation(context, answer, book);
  });
  const broken = await ask(context, { route: 'GET /books/%E0%A4%A' });
  if (broken.status < 400 || broken.status >= 500)
    context.fail({
      ...text.ids.malformed(broken.status),
      expected: '400, 404',
      actual: String(broken.status),
      evidence: broken.evidence,
    });
}

/** Gives the function itself an id as it stands in a path: a server that decodes it does the function's work. */
async function readsEncoded(context: Context): Promise<void> {
  const { text } = context;
  const book = awkward(context);
  await withBooks(context, [book], async () => {
    expectStatus(context, routes.create, await ask(context, sending(routes.create, book)), 201);
    const { methods, stageVariables } = apiOf(context);
    const called = calledBy(methods.get(routes.read)?.methodIntegration?.uri ?? '', stageVariables);
    const event = proxyEvent(context, {
      route: `GET ${pathOf(book)}`,
      stage,
      matched: { resource: '/books/{id}', parameters: { id: encodeURIComponent(book.id) } },
    });
    const { payload, rawPayload } = await context.invoke(
      called?.functionName ?? context.name(names.function),
      event,
    );
    const { statusCode } = members(payload);
    const evidence = [
      {
        label: text.evidence.event,
        value: shown({ path: event.path, pathParameters: event.pathParameters }),
      },
    ];
    const found = { expected: book.id, actual: rawPayload, evidence };
    if (Number(statusCode) !== 200) context.fail({ ...text.ids.notFound, ...found });
    context.expect(bookIn(bodyIn(payload)), { ...text.ids.other, evidence }).toEqual(book);
  });
}

const specific: LabCheck = {
  id: 'specific',
  title: (text) => text.specific.title,
  points: 5,
  needs: ['create'],
  verifiedOn: ['embedded'],
  hints: (text) => text.specific.hints,
  async run(context) {
    const { text } = context;
    // Ids in which the words of other paths stand.
    const books = [
      newBook(context, { id: `search-${context.nonce('book')}` }),
      newBook(context, { id: `books-${context.nonce('re')}-search` }),
    ];
    await withBooks(context, books, async () => {
      for (const book of books) {
        expectStatus(context, routes.create, await ask(context, sending(routes.create, book)), 201);
        const there = await read(context, book);
        const { evidence } = there;
        if (booksIn(there) !== undefined)
          context.fail({ ...text.specific.byWord(book.id), expected: book.id, actual: there.text, evidence });
        expectStatus(context, routes.read, there, 200);
        context.expect(bookIn(there.json), { ...text.specific.otherBook, evidence }).toEqual(book);
      }
      for (const book of books)
        for (const words of [book.title, book.author]) await expectFound(context, words, book);
    });
  },
};

/** That `/books/search` searches: it is no book whose id is “search”. */
async function expectFound(context: Context, words: string, book: Book): Promise<void> {
  const { text } = context;
  const answer = await ask(context, { route: `GET /books/search?q=${encodeURIComponent(words)}` });
  const { evidence } = answer;
  if (answer.status === 404)
    context.fail({ ...text.specific.byId, expected: '200', actual: '404', evidence });
  expectStatus(context, routes.search, answer, 200);
  context.expect(booksIn(answer)?.map(bookIn), { ...text.specific.notFound, evidence }).toEqual([book]);
}

const rest: LabCheck = {
  id: 'rest',
  title: (text) => text.rest.title,
  points: 5,
  needs: ['missing'],
  verifiedOn: ['embedded'],
  hints: (text) => text.rest.hints,
  async run(context) {
    const { text } = context;
    // Nothing like it; and longer than the path of a book, which must not be taken for the book in it.
    const asked = [
      ['GET', `/${context.nonce('shelf')}/3/top`],
      ['POST', `/${context.nonce('shelf')}`],
      ['GET', `/books/${context.nonce('book')}/chapters`],
      ['DELETE', `/books/${context.nonce('book')}/chapters/1`],
    ];
    for (const [method = '', path = ''] of asked) {
      const answer = await ask(context, { route: `${method} ${path}` });
      const finding = { expected: '404', actual: String(answer.status), evidence: answer.evidence };
      const route = `${method} ${path}`;
      if (isUnknown(answer)) context.fail({ ...text.rest.noProxy(route), ...finding });
      if (answer.status >= 200 && answer.status < 300)
        context.fail({ ...text.rest.taken(route), ...finding });
      expectStatus(context, route, answer, 404);
      if (!answer.text.includes(path))
        context.fail({ ...text.rest.noPath(route), ...finding, expected: path, actual: answer.text });
    }
    // Paths that are there, by methods that are not.
    for (const route of ['PATCH /books', `POST /books/${context.nonce('nobody')}`]) {
      const answer = await ask(context, { ...sending(route, newBook(context)) });
      if (isRefused(answer)) continue;
      context.fail({
        ...text.rest.method(route, answer.status),
        expected: '404, 405',
        actual: String(answer.status),
        evidence: answer.evidence,
      });
    }
  },
};

/** By the student's function, or by the gateway: servers differ in what they make of a method that a path lacks. */
const isRefused = ({ status }: HttpAnswer): boolean => [403, 404, 405].includes(status);

export const pathChecks = { ids, specific, rest };
