import { hints, say } from '../../wording/wording.ts';

/** What the checks of paths say. */
export const paths = {
  ids: {
    title: 'Ids with blanks and Hangul work in paths',
    hints: hints(
      'How does a blank travel in an address? And in what form does it reach your function?',
      'A REST API hands the path to the function as it was sent, percent-encoded. And a header takes ASCII only.',
      '`decodeURIComponent(event.pathParameters.id)` on the way in, `encodeURIComponent(id)` for `Location` on the way out.',
    ),
    broken: (status: number) =>
      say(
        `\`POST\` of a book whose id has a blank and Hangul is answered with ${status}. An answer with such characters in a header is none.`,
        'Encode the id with `encodeURIComponent` before you put it into `Location`.',
      ),
    notFound: say(
      'The book was made, and `GET` of its encoded id is answered with 404. The function looks for the id as it stands in the path.',
      'Decode it first: `decodeURIComponent(event.pathParameters.id)`.',
    ),
    other: say(
      'The book that comes back under the encoded id is not the one that was sent.',
      'Decode the id of the path once, and leave the id of the body as it is.',
    ),
    malformed: (status: number) =>
      say(
        `\`GET /books/%E0%A4%A\` is answered with ${status}. The path is encoded wrongly: the client’s fault, not the server’s.`,
        '`decodeURIComponent` throws for it. Catch that, and answer 400.',
      ),
  },

  specific: {
    title: 'The most specific path wins',
    hints: hints(
      '`/books/search` and `/books/{id}` both fit. Which one should answer, and who decides it?',
      'The gateway matches segment by segment, a fixed one before `{id}` and that before `{proxy+}`. The event says which resource it took.',
      'Make the resource `/books/search`, and choose by `event.httpMethod` and `event.resource`, not by words in `event.path`.',
    ),
    byWord: (id: string) =>
      say(
        `\`GET\` of the book \`${id}\` is answered with a list of books. Something looks for the word in the path, and ids may have it, too.`,
        'Choose by `event.resource`, which names the resource that the gateway has matched.',
      ),
    otherBook: say(
      '`GET` of a book whose id looks like another path is not answered with this book.',
      'Choose by `event.resource`, and take the id from `event.pathParameters`.',
    ),
    byId: say(
      '`GET /books/search?q=…` is answered with 404. It went to `/books/{id}`, and there is no book whose id is “search”.',
      'Make a resource `/books/search` with the method `GET`. A fixed segment comes before `{id}`.',
    ),
    notFound: say(
      'The search does not find exactly the books whose title or author has the words.',
      'Take the words from `event.queryStringParameters.q`, which is decoded already, and compare them with title and author.',
    ),
  },

  rest: {
    title: 'All the rest goes to {proxy+}',
    hints: hints(
      'Who answers a path that you have not named? And could you say it better?',
      'The resource `/{proxy+}` takes every path that no other one does. `ANY` takes every method.',
      '`ANY` of `/{proxy+}` to the function, and 404 there, with a message that names `event.path`.',
    ),
    noProxy: (route: string) =>
      say(
        `\`${route}\` is answered by the gateway: there is no such path. Its “Missing Authentication Token” sends people to look for tokens.`,
        'Make the resource `/{proxy+}` with the method `ANY`, and let the function answer 404.',
      ),
    taken: (route: string) =>
      say(
        `\`${route}\` is answered as if there were such a thing.`,
        'Answer 404 for every path that is none of yours.',
      ),
    noPath: (route: string) =>
      say(
        `The 404 to \`${route}\` does not name the path that was asked, so a client with a slip in it cannot see the slip.`,
        'Put `event.path` into the message.',
      ),
    method: (route: string, status: number) =>
      say(
        `\`${route}\` is answered with ${status}. The path has no such method.`,
        'Choose by method and resource together, and answer 404 or 405 for all that is left.',
      ),
  },
};
