import { describe, expect, it } from 'vitest';
import { prove, replaced } from '../prove.ts';
import { startedBy } from './checks/invocations.ts';
import { lab } from './lab.ts';
import { importing } from './testing/openapi.ts';

/** Several replacements in one file, each of a text that is there once. */
const edited = (source: string, edits: readonly (readonly [from: string, to: string])[]): string =>
  edits.reduce((text, [from, to]) => replaced(text, from, to), source);

prove(lab, [
  {
    name: 'an API that is imported from an OpenAPI document, preflights of 204',
    files: { 'deploy.ts': importing },
  },
  {
    name: 'one function behind {proxy+}, which reads the path by itself; the gateway knows only what it looks at',
    files: {
      'deploy.ts': (script) =>
        edited(script, [
          ["await proxyToFunction(api, 'GET', '/books', functionArn);\n", ''],
          ["await proxyToFunction(api, 'GET', '/books/{id}', functionArn);\n", ''],
          ["await proxyToFunction(api, 'PUT', '/books/{id}', functionArn, { model: toReplace });\n", ''],
          ["await proxyToFunction(api, 'PATCH', '/books/{id}', functionArn, { model: toChange });\n", ''],
          ["await proxyToFunction(api, 'DELETE', '/books/{id}', functionArn);\n", ''],
          ["'ANY', '/{proxy+}'", "'ANY', '/{everything+}'"],
          ["'nodejs24.x'", "'nodejs22.x'"],
        ]),
      'src/handler.ts': (handler) =>
        edited(handler, [
          [
            '  switch (`${event.httpMethod} ${event.resource}`) {',
            `  const [, books, id, more] = event.path.split('/');
  const one = id === 'search' ? '/books/search' : '/books/{id}';
  const resource = books !== 'books' || more !== undefined ? '' : id === undefined ? '/books' : one;
  event.pathParameters = { id };
  switch (\`\${event.httpMethod} \${resource}\`) {`,
          ],
          [
            "throw new Refusal(404, 'NOT_FOUND', `There",
            "throw new Refusal(resource === '' ? 404 : 405, 'NO', `There",
          ],
          [
            'Location: `${requestContext.path}/',
            'Location: `https://${requestContext.domainName}/dev/books/',
          ],
        ]),
    },
  },
  {
    name: 'a second function for the rest, a version that is compared at each change, answers without a body',
    files: {
      'deploy.ts': (script) =>
        edited(script, [
          [
            'const api = await openApi(name);',
            `const restArn = await deployFunction(
  name.replace('books', 'rest'),
  name.replace('books', 'rest') + '-role',
  'arn:aws:dynamodb:us-east-1:123456789012:table/none',
  {
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Timeout: 10,
    Environment: { Variables: { ALLOWED_ORIGIN: origin } },
    LoggingConfig: { LogFormat: 'JSON' },
  },
);
const api = await openApi(name);
await allowToCall(restArn, api);`,
          ],
          ["'ANY', '/{proxy+}', functionArn", "'ANY', '/{proxy+}', restArn"],
        ]),
      'src/handler.ts': (handler) =>
        edited(handler, [
          ['  return answer(200, await bookOf(id));\n', '  return answer(204);\n'],
          ['  return answer(200, book);\n', '  return answer(204);\n'],
          [
            '  if (!(await shelf.change(id, Object.fromEntries(named)))) throw unknown(id);\n',
            `  const before = await bookOf(id);
  const after = { ...before, ...Object.fromEntries(named) };
  if (!(await shelf.swap(before, after))) throw new Refusal(409, 'CONFLICT', 'Somebody else was faster. Try again.');
`,
          ],
        ]),
      'src/shelf.ts': (shelf) =>
        `${shelf}
/** @returns false where the book is not as it was any more */
export const swap = (before: Book, after: Book): Promise<boolean> =>
  unlessRefused(
    dynamodb.send(
      new PutItemCommand({
        TableName,
        Item: toItem(after),
        ConditionExpression:
          'title = :title AND author = :author AND ' + (before.year === undefined ? 'attribute_not_exists(#year)' : '#year = :year'),
        ExpressionAttributeNames: { '#year': 'year' },
        ExpressionAttributeValues: {
          ':title': { S: before.title },
          ':author': { S: before.author },
          ...(before.year === undefined ? {} : { ':year': { N: String(before.year) } }),
        },
      }),
    ),
  );
`,
    },
  },
]);

describe('a line that tells that a call begins', () => {
  it.each([
    [
      'START RequestId: 6e9a3c1e-0000-4000-8000-000000000000 Version: $LATEST\n',
      '6e9a3c1e-0000-4000-8000-000000000000',
    ],
    [
      '{"time":"2026-11-23T00:00:00Z","type":"platform.start","record":{"requestId":"a-b","version":"1"}}',
      'a-b',
    ],
    ['{"time":"2026-11-23T00:00:00Z","type":"platform.report","record":{"requestId":"a-b"}}', undefined],
    ['2026-11-23T00:00:00Z\ta-b\tINFO\tSTART RequestId: x', undefined],
    ['{ no JSON', undefined],
  ])('%s', (line, id) => {
    expect(startedBy(line)).toBe(id);
  });
});
