import { hints, say } from '../../wording/wording.ts';

/** What the checks of what the gateway does by itself say. */
export const edge = {
  model: {
    title: 'The gateway refuses what is no book',
    hints: hints(
      'A request that can only fail: must your function run for it?',
      'A model is a JSON schema. A method names the model for a content type, and a validator that looks at bodies.',
      '`requestModels: { "application/json": "NewBook" }` and a validator with `validateRequestBody: true` on `POST /books`.',
    ),
    kinds: {
      json: 'that is no JSON',
      list: 'that is a list',
      missing: 'without an author',
      number: 'whose title is a number',
      empty: 'whose title is empty',
      year: 'whose year is a text',
    },
    taken: (what: string) =>
      say(
        `A body ${what} was taken for a book.`,
        'Say it in the model: `type`, `required`, `minLength`. Then give `POST /books` the model and the validator.',
      ),
    other: (what: string, status: number) =>
      say(
        `A body ${what} is answered with ${status}. It is the client’s mistake: 400.`,
        'Let the gateway refuse it by a model, before the function has to.',
      ),
    byFunction: (calls: number, sent: number) =>
      say(
        `Of ${sent} bodies that are no books, ${calls} got as far as the function, which had to refuse them. You pay for each such call, and it takes a place that a client with a real book needs.`,
        'Give `POST /books` a model and a validator with `validateRequestBody`.',
      ),
    otherType: (status: number) =>
      say(
        `A body of the content type \`text/plain\` is answered with ${status}. The model is for \`application/json\`; every other type reaches the function unseen.`,
        'Let the function refuse with 400 what it cannot read.',
      ),
    noModel: say(
      '`POST /books` has no model, so the gateway takes every body.',
      'Give the method a model for `application/json`.',
    ),
    noValidator: say(
      '`POST /books` has no validator that looks at bodies. A model alone describes, and refuses nothing.',
      'Give the method a validator with `validateRequestBody: true`.',
    ),
  },

  parameter: {
    title: 'A search without words is refused by the gateway',
    hints: hints(
      'What should a search for nothing find?',
      'A method can say that a parameter of the query is required. It needs a validator that looks at parameters.',
      '`requestParameters: { "method.request.querystring.q": true }` and `validateRequestParameters: true` on `GET /books/search`.',
    ),
    notFound: say(
      '`GET /books/search` without `q` is answered with 404: there is no such resource, or `/books/{id}` took it.',
      'Make the resource `/books/search`, with the parameter `q` required.',
    ),
    answered: (status: number) =>
      say(
        `\`GET /books/search\` without \`q\` is answered with ${status}. A search without words is a mistake of the client: 400.`,
        'Say on the method that `q` is required, and give it a validator.',
      ),
    byFunction: say(
      'A search without `q` is refused, but by the function: it was called for it.',
      'Say on the method that `q` is required (`method.request.querystring.q`), and give it a validator with `validateRequestParameters`.',
    ),
    notRequired: say(
      '`GET /books/search` does not say that `q` is required.',
      'Set `method.request.querystring.q` to true in the parameters of the method.',
    ),
    noValidator: say(
      '`GET /books/search` has no validator that looks at parameters. “Required” alone refuses nothing.',
      'Give the method a validator with `validateRequestParameters: true`.',
    ),
  },

  preflight: {
    title: 'Pages of https://books.example may use the API',
    hints: hints(
      'A page sends JSON to another origin. What does the browser ask before it does so?',
      'It asks by `OPTIONS` which origin, methods and headers are allowed. A mock can answer, one for each path.',
      '`answerPreflight(api, "/books/{id}", { origin, headers: ["Content-Type"], methods: ["GET", "PUT", "PATCH", "DELETE"] })`, and the same origin in every answer of the function.',
    ),
    none: (route: string) =>
      say(
        `\`${route}\` is not answered with a 2xx status. A browser takes that for a no, and the page never sends its request.`,
        'Give the path a method `OPTIONS` with a mock, as `answerPreflight` makes it, and deploy again.',
      ),
    withoutStatus: (route: string) =>
      say(
        `The mock of \`${route}\` has no request template with a status. AWS answers such a mock with 500, and a browser takes that for a no.`,
        'Give the mock the request template `{"statusCode": 200}` for `application/json`, as `answerPreflight` does, and deploy again.',
      ),
    noOrigin: (route: string) =>
      say(
        `The answer to \`${route}\` has no header \`Access-Control-Allow-Origin\`.`,
        'Answer with the origin `https://books.example`.',
      ),
    otherOrigin: (route: string, allowed: string) =>
      say(
        `The answer to \`${route}\` allows \`${allowed}\`. A browser compares it letter by letter, and takes one origin or \`*\`.`,
        'Answer with exactly `https://books.example`.',
      ),
    star: (route: string) =>
      say(
        `The answer to \`${route}\` allows \`*\`: the pages of every site may use the API from a visitor’s browser. This API is for one origin.`,
        'Answer with the origin `https://books.example`.',
      ),
    starAndCookies: (route: string) =>
      say(
        `The answer to \`${route}\` allows \`*\` together with credentials. It wants to say “everybody, with the visitor’s cookies”, and browsers refuse the pair.`,
        'Name the one origin, `https://books.example`, and leave `Access-Control-Allow-Credentials` out where no cookies are needed.',
      ),
    methods: (route: string, missing: string) =>
      say(
        `The answer to \`${route}\` does not allow ${missing}.`,
        'Name in `Access-Control-Allow-Methods` all methods that the path has.',
      ),
    headers: (route: string) =>
      say(
        `The answer to \`${route}\` does not allow the header \`Content-Type\`, and JSON is not sent without it.`,
        'Add `Access-Control-Allow-Headers: Content-Type`.',
      ),
    onlyPreflight: say(
      'The preflight allows the origin, and the answer to the request itself does not name it. The browser has sent the request, and hides the answer from the page.',
      'Put `Access-Control-Allow-Origin` on every answer of the function, too.',
    ),
    anybody: say(
      'The API allows whatever origin asks: it sends back the header `Origin` as it came.',
      'Compare it with the one origin that you know, or always answer with that one.',
    ),
  },

  errors: {
    title: 'Errors have one form, and a page can read them',
    hints: hints(
      'A page gets 400 and shows “network error”. What was the browser missing?',
      'Where the gateway refuses, no function runs that could add a header. A gateway response can.',
      'The gateway response `DEFAULT_4XX`: a header `Access-Control-Allow-Origin`, and a template with `error` and `message` from `$context.error`.',
    ),
    noOriginByGateway: (route: string, status: number) =>
      say(
        `The gateway answers \`${route}\` with ${status} and without \`Access-Control-Allow-Origin\`. The browser hides the answer, and the page learns neither status nor reason.`,
        'Put the header on the gateway response `DEFAULT_4XX`, and deploy again.',
      ),
    noOrigin: (route: string, status: number) =>
      say(
        `\`${route}\` is answered with ${status} and without \`Access-Control-Allow-Origin\`. The browser hides the answer, and the page learns neither status nor reason.`,
        'Put the header on every answer of the function, errors too.',
      ),
    formByGateway: (route: string, status: number) =>
      say(
        `The gateway answers \`${route}\` with ${status} in a form of its own. A client then needs to know two forms of errors, and who made each.`,
        'Give the gateway response `DEFAULT_4XX` a template with `error` and `message`, and deploy again.',
      ),
    form: (route: string, status: number) =>
      say(
        `The body of \`${route}\`, ${status}, is not of the form that all errors of this API have.`,
        'Answer `{ "error": "NOT_FOUND", "message": "…" }`: a word for programs, a sentence for people.',
      ),
    notSet: say(
      'The gateway response `DEFAULT_4XX` is as the gateway brings it.',
      'Give it a header `Access-Control-Allow-Origin`, and a template with `error` and `message`.',
    ),
  },
};
