import { hints, say } from '../../wording/wording.ts';

/** What the checks of the API's answers say. */
export const answering = {
  hello: {
    title: 'GET /hello greets whom the query names',
    hints: hints(
      'Where in the event does the query of the address stand?',
      '`event.queryStringParameters` has it, already decoded.',
      'The message is `Hello, ${event.queryStringParameters?.name ?? "world"}!`.',
    ),
    other: say(
      'The answer does not greet the name of the query.',
      'Take the name from `event.queryStringParameters`, as it is.',
    ),
    nobody: say(
      'The answer to a request without a name does not greet the world.',
      'Use `world` where the query has no name.',
    ),
  },

  echo: {
    title: 'POST /echo answers 201 with the body that came',
    hints: hints(
      'The body of the request is text in the event. Does the echo need to understand it?',
      'Return the body as it is, with the content type that came with it. The status is yours to choose.',
      "`statusCode: 201`, `headers: { 'Content-Type': … }` from the event's headers, `body: event.body`.",
    ),
    missing: (route: string) =>
      say(
        `The API has no \`${route}\`.`,
        'Make the resource `/echo` with the method `POST`, its integration and its permission, and deploy again.',
      ),
    changed: say(
      'The body that came back is not the one that was sent, character by character. Whoever parses JSON and writes it again changes it.',
      'Return `event.body` as it is.',
    ),
    type: (type: string) =>
      say(
        `The answer has the content type \`${type}\`, and the request had another. Without a \`Content-Type\` of yours the gateway writes \`application/json\`.`,
        'Take the content type from the headers of the event; capitals in the names of headers do not count.',
      ),
  },

  tags: {
    title: 'Each tag of the query is a value of the header X-Tag',
    hints: hints(
      'A name may stand in a query several times. Which member of the event keeps all of them?',
      'There are two members for the query, and two for the headers of the answer. One of each pair has lists.',
      "`multiValueHeaders: { 'X-Tag': event.multiValueQueryStringParameters?.tag ?? [] }`.",
    ),
    none: say(
      'The answer has no header `X-Tag`, and the query had three tags.',
      'Return the tags in `multiValueHeaders`.',
    ),
    one: say(
      'The header `X-Tag` has one value, and the query had three tags. `queryStringParameters` and `headers` keep only one of several.',
      'Read `multiValueQueryStringParameters`, and answer with `multiValueHeaders`.',
    ),
    other: say(
      'The values of the header `X-Tag` are not the tags of the query in their order.',
      'Return the list as it stands in `multiValueQueryStringParameters`.',
    ),
  },

  binary: {
    title: 'POST /echo gives bytes back unharmed',
    hints: hints(
      'An event is JSON, and JSON has no bytes. How could they travel through it?',
      'The API must know which content types are bytes. They then arrive in base64, and the event says so.',
      "`binaryMediaTypes: ['application/octet-stream']` on the API, and `isBase64Encoded: event.isBase64Encoded` in the result.",
    ),
    stillEncoded: say(
      'The bytes came back as base64 text. The gateway decodes a body only if the result says that it is encoded.',
      'Return `isBase64Encoded` as the event has it.',
    ),
    damaged: say(
      'The bytes that came back are others. The gateway took them for text in UTF-8, in which they do not exist.',
      'Add `application/octet-stream` to the binary media types of the API, and deploy it.',
    ),
  },

  health: {
    title: 'GET /health answers without the function',
    hints: hints(
      'Should a load balancer that asks every five seconds pay for a function each time?',
      'A `MOCK` integration needs three things: a request template, a method response and an integration response.',
      'The request template is `{"statusCode": 200}`. The integration response of 200 has the template `{"status": "ok"}`.',
    ),
    missing: (route: string) =>
      say(
        `The API has no \`${route}\`.`,
        'Make the resource `/health` with the method `GET` and a `MOCK` integration, and deploy again.',
      ),
    type: (type: string) =>
      say(
        `The integration of \`GET /health\` is of the type \`${type}\`, so something behind the gateway has to answer.`,
        'Use the type `MOCK`.',
      ),
    noStatus: say(
      '`GET /health` is answered with 500: the gateway found no status in the request template of the mock, or no response for it.',
      'Give the integration the request template `{"statusCode": 200}` for `application/json`, and a response for 200.',
    ),
    empty: say(
      '`GET /health` is answered with 200 and an empty body: the mock has no response template.',
      'Give the integration response of 200 a template for `application/json`.',
    ),
    withoutStatus: say(
      'The mock of `GET /health` has no request template with a status, or no response for it. AWS answers such a mock with 500.',
      'Give the integration the request template `{"statusCode": 200}` for `application/json`, and a response for 200.',
    ),
    withoutBody: say(
      'The mock of `GET /health` has no response template, so its answer has nothing in it.',
      'Give the integration response of 200 a template for `application/json`.',
    ),
    other: say(
      'The body of `GET /health` does not say that the status is `ok`.',
      'Let the template of the integration response be `{"status": "ok"}`.',
    ),
  },

  unknown: {
    title: 'An unknown path gets what the platform gives',
    hints: hints(
      'Which paths should reach your function? Only those that you have named.',
      'Look for a resource `{proxy+}` or a method `ANY` that takes everything.',
      'Delete the `{proxy+}` resource, use `GET` and `POST` in place of `ANY`, and deploy again.',
    ),
    answered: (asked: string, status: number) =>
      say(
        `\`${asked}\` is answered with ${status} by something of yours. You have no such method; the platform should say so, and does it without a call of the function.`,
        'Take away `{proxy+}` and `ANY`, and deploy again.',
      ),
  },
};
