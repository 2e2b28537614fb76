import { onlyApi } from '../../rest-api/text/only-api.en.ts';
import { hints, say } from '../../wording/wording.ts';

/** What the checks of the books themselves say. */
export const books = {
  api: {
    title: 'The API lab07-books has the stage dev',
    hints: hints(
      'An API is a tree of resources; a resource has methods. What does the starter make of them?',
      'Run `npm run deploy 7` as it is. It makes the table, the function, the API with one method, and a stage.',
      'By hand: a REST API `lab07-books`, the resource `/books` with the method `GET`, and a deployment to the stage `dev`.',
    ),
    ...onlyApi(7),
    noMethod: say(
      'The API has no method at all, so it has nothing to answer.',
      'Make the resource `/books` with the method `GET`, and deploy again.',
    ),
  },

  deployed: {
    title: 'What you have built is deployed',
    hints: hints(
      'You look at the API as it is being edited. What do clients see?',
      'A deployment is a snapshot. Methods, models, validators and gateway responses that come after it wait for the next one.',
      'Create the deployment at the very end, after the last method and the last gateway response.',
    ),
    forgotten: (routes: string) =>
      say(
        `The stage \`dev\` does not know ${routes}, and the API has it. The stage shows a snapshot that is older than this edit.`,
        'Create a new deployment to `dev`, after everything else.',
      ),
  },

  list: {
    title: 'GET /books lists the books',
    hints: hints(
      'What does the starter answer to `GET /books`, before you change anything?',
      'The answer is an object with one member, `books`, and that is a list. An empty library has an empty list.',
      '`{ "books": [] }` with the status 200; each book as `{ "id", "title", "author", "year" }`.',
    ),
    noList: say(
      'The answer to `GET /books` has no list `books`.',
      'Answer with `{ "books": [ … ] }`, also when there are none.',
    ),
  },

  create: {
    title: 'POST /books makes a book, once, and says where it is',
    hints: hints(
      'What should a client know when something new is there? And what if it was there before?',
      'The status for something new is 201, and the header `Location` has its path. For an id that is taken it is 409.',
      'PutItem with the condition `attribute_not_exists(id)`; then 201, the book as the body, and `Location: …/books/<the id, encoded>`.',
    ),
    notCreated: say(
      '`POST /books` is answered with 200. A client cannot tell from it that there is something new now.',
      'Answer 201, and say in `Location` where the new book is.',
    ),
    otherBook: say(
      'The body of the answer is not the book that was sent.',
      'Answer with the book as you keep it: `id`, `title`, `author`, and `year` if it has one.',
    ),
    noLocation: say(
      'The answer 201 has no header `Location`, so the client does not know where the new book is.',
      'Set `Location` to the path of the book: `…/books/<id>`.',
    ),
    rawLocation: say(
      'The header `Location` has characters that no path and no header can have. The id stands in it as it is.',
      'Encode the id with `encodeURIComponent` before you put it into a path.',
    ),
    otherLocation: say(
      'The header `Location` does not lead to the new book.',
      'Let it end in `/books/` and the id, encoded with `encodeURIComponent`.',
    ),
    otherThere: say(
      'Where `Location` leads there is another book than the one that was made.',
      'Keep the book under its id, and read it by the id of the path.',
    ),
    notListed: say(
      'The new book is not in the list of `GET /books`, or not as it was sent.',
      'List all books that the table has: read it page by page, and consistently.',
    ),
    overwritten: say(
      'A second `POST` with the same id has put its book in the place of the first. Whoever made the first one has lost it, and does not know.',
      'Write with the condition that there is no such id: `attribute_not_exists(id)`.',
    ),
    noConflict: (status: number) =>
      say(
        `A second \`POST\` with the same id is answered with ${status}. The first book is still there, and the client should hear why.`,
        'Answer 409 when the id is taken.',
      ),
  },

  missing: {
    title: 'A book that is not there is 404',
    hints: hints(
      'What does your function get from the table when there is no such id?',
      'GetItem has no `Item` then. The status says it to the client, not the body alone.',
      '`{ statusCode: 404, body: JSON.stringify({ error: "NOT_FOUND", message: … }) }`.',
    ),
    found: (status: number) =>
      say(
        `\`GET\` of a book that is not there is answered with ${status}. For programs the status decides: this says that all is well.`,
        'Answer 404 when there is no such book.',
      ),
  },

  replace: {
    title: 'PUT replaces the whole book',
    hints: hints(
      '`PUT` and `PATCH` differ in one thing. What happens to a member that the body does not name?',
      '`PUT` says how the book is from now on. What it does not name is gone, and the same `PUT` again changes nothing.',
      'PutItem with the id of the path and the body, on the condition `attribute_exists(id)`; 404 where that does not hold.',
    ),
    changed: say(
      'After `PUT` the book is not what the body said.',
      'Keep the id of the path with the members of the body, and nothing else.',
    ),
    again: say(
      'The same `PUT` a second time has changed the book again. Clients repeat a `PUT` when the network fails them, and rely on it.',
      'Make the outcome depend on the body alone.',
    ),
    merged: say(
      'The book still has the `year` that the body of `PUT` did not name. That is what `PATCH` does; `PUT` replaces.',
      'Write the whole item anew in place of updating members of it.',
    ),
    made: say(
      '`PUT` to an id that is not there has made a book, or says that it has. In this library only `POST` makes books.',
      'Write on the condition `attribute_exists(id)`, and answer 404 where it does not hold.',
    ),
  },

  change: {
    title: 'PATCH changes what it names',
    hints: hints(
      'A `PATCH` with one member in it: what should the others be afterwards?',
      'UpdateItem changes single members of an item. Which ones, you find in the body.',
      'UpdateItem with `SET #author = :author`, on the condition `attribute_exists(id)`. `year` is a reserved word and needs its `#`.',
    ),
    lost: say(
      'After `PATCH` of the author the title or the year is gone. What a `PATCH` does not name should stay.',
      'Set only the members that stand in the body.',
    ),
    other: say(
      'After `PATCH` of the author the book is not what it was with the new author.',
      'Set the members that stand in the body, and leave the others.',
    ),
    made: say(
      '`PATCH` of an id that is not there has made half a book, or says that all is well. DynamoDB’s UpdateItem makes an item where there is none.',
      'Give UpdateItem the condition `attribute_exists(id)`, and answer 404 where it does not hold.',
    ),
  },

  remove: {
    title: 'DELETE answers 204, and then 404',
    hints: hints(
      'What is there to say when a book is gone?',
      'Nothing: the status 204 means “done, and no body”. After that the book is not there, for `DELETE` either.',
      'DeleteItem with the condition `attribute_exists(id)`: 204 where it held, else 404.',
    ),
    status: say(
      '`DELETE` is answered with 200, which promises a body. There is nothing left to send.',
      'Answer 204 with an empty body.',
    ),
    there: say(
      '`DELETE` was answered with 204, and the book is still there.',
      'Delete the item with the id of the path.',
    ),
    again: (status: number) =>
      say(
        `The second \`DELETE\` of the same book is answered with ${status}. There is no such book any more.`,
        'Delete on the condition `attribute_exists(id)`, and answer 404 where it does not hold.',
      ),
  },

  clients: {
    title: 'Two clients at once lose nothing',
    hints: hints(
      'Two clients ask at the same moment, and two environments of your function answer. Who sees what the other is doing?',
      'Between reading and writing somebody else can write. A condition is looked at in the same moment as the write.',
      'No GetItem before a write: `PutItem`, `UpdateItem` and `DeleteItem` each with its `ConditionExpression`, and UpdateItem for single members.',
    ),
    lostChange: say(
      'Clients changed the same book at the same moment, each another member of it. All were told that it was done, and one change is gone.',
      'Do not read the book, change it and write it whole. Let UpdateItem set only what the body names.',
    ),
    bothWon: say(
      'Clients made books of the same id at the same moment, and more than one was told 201. Only one of these books is still there.',
      'Let the write itself find out whether the id is free: `attribute_not_exists(id)` in the same PutItem.',
    ),
    nobodyWon: say(
      'Clients made books of the same id at the same moment, and none was told 201.',
      'Let the first one through, and answer 409 to the others.',
    ),
    loserKept: say(
      'Clients made books of the same id at the same moment. The book that is kept is not the one whose client was told 201.',
      'Let the write itself find out whether the id is free: `attribute_not_exists(id)` in the same PutItem.',
    ),
    revived: say(
      'One client deleted a book while others replaced it. `DELETE` was answered with 204, and the book is there.',
      'Let PutItem of `PUT` have the condition `attribute_exists(id)`, in place of a look beforehand.',
    ),
  },
};
