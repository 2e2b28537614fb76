/*
 * Deploys the table, the function and the API in front of them: `npm run deploy 7`. It says what should be there, and
 * may run as often as you like. No endpoint and no key stand here. Coldstart sets AWS_ENDPOINT_URL, AWS_REGION and a
 * key before it runs this script, and the SDK reads them by itself; without them the same script deploys to your AWS
 * account.
 */
import { addressOf, allowToCall, deployTo, openApi, proxyToFunction } from './api.ts';
import { deployFunction } from './function.ts';
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

await proxyToFunction(api, 'GET', '/books', functionArn);
// Gap 1: GET of /books/{id}, and POST of /books.
// Gap 2: PUT, PATCH and DELETE of /books/{id}.
// Gap 5: GET of /books/search, and ANY of /{proxy+} for all the rest.
// Gap 6: models for POST, PUT and PATCH; a search demands q.
// Gap 7: preflights for /books, /books/search and /books/{id}, and one form for what the gateway refuses.

await deployTo(api, stage);
console.log(`stage      ${stage}`);
await visit(await addressOf(api, stage));
