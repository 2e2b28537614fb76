/*
 * Deploys the table, the function and the API in front of them: `npm run deploy 7`. It says what should be there, and
 * may run as often as you like. No endpoint and no key stand here. Coldstart sets AWS_ENDPOINT_URL, AWS_REGION and a
 * key before it runs this script, and the SDK reads them by itself; without them the same script deploys to your AWS
 * account.
 */
import {
  addressOf,
  allowToCall,
  answerPreflight,
  answerRefusals,
  deployTo,
  openApi,
  proxyToFunction,
  putModel,
} from './api.ts';
import { deployFunction } from './function.ts';
import { change, newBook, wholeBook } from './models.ts';
import { deployTable } from './table.ts';
import { visit } from './visit.ts';

/** LAB_PREFIX keeps students apart who share one account; on your own machine it is empty. */
const name = `${process.env.LAB_PREFIX ?? ''}lab07-books`;
const stage = 'dev';

/** The one place whose pages may use the API in a browser. */
const origin = 'https://books.example';

const functionArn = await deployFunction(name, `${name}-role`, await deployTable(name), {
  Runtime: 'nodejs24.x',
  Handler: 'index.handler',
  Description: 'Answers for the books API',
  MemorySize: 256, // MB
  Timeout: 5, // seconds; the gateway waits for 29
  Environment: { Variables: { BOOKS_TABLE: name, ALLOWED_ORIGIN: origin } },
});

const api = await openApi(name);
console.log(`api        ${api.id}`);
await allowToCall(functionArn, api);

const toCreate = await putModel(api, 'NewBook', newBook);
const toReplace = await putModel(api, 'WholeBook', wholeBook);
const toChange = await putModel(api, 'Change', change);

await proxyToFunction(api, 'GET', '/books', functionArn);
await proxyToFunction(api, 'POST', '/books', functionArn, { model: toCreate });
await proxyToFunction(api, 'GET', '/books/search', functionArn);
await proxyToFunction(api, 'GET', '/books/{id}', functionArn);
await proxyToFunction(api, 'PUT', '/books/{id}', functionArn, { model: toReplace });
await proxyToFunction(api, 'PATCH', '/books/{id}', functionArn, { model: toChange });
await proxyToFunction(api, 'DELETE', '/books/{id}', functionArn);
// All the rest: every path that is not named above, and every method that a named path does not have.
await proxyToFunction(api, 'ANY', '/{proxy+}', functionArn);

const headers = ['Content-Type'];
await answerPreflight(api, '/books', { origin, headers, methods: ['GET', 'POST'] });
await answerPreflight(api, '/books/search', { origin, headers, methods: ['GET'] });
await answerPreflight(api, '/books/{id}', { origin, headers, methods: ['GET', 'PUT', 'PATCH', 'DELETE'] });

// Where the gateway refuses, no function runs that could add a header or choose the words.
const refusal = '{"error": "$context.error.responseType", "message": $context.error.messageString}';
await answerRefusals(api, 'DEFAULT_4XX', refusal, { 'Access-Control-Allow-Origin': origin });
await answerRefusals(api, 'DEFAULT_5XX', refusal, { 'Access-Control-Allow-Origin': origin });

await deployTo(api, stage);
console.log(`stage      ${stage}`);
await visit(await addressOf(api, stage));
