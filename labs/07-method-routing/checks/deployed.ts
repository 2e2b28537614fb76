import type { HttpAnswer } from '../../../grader/api.ts';
import { forgottenIn } from '../../rest-api/deployments.ts';
import { isUnknown } from '../../rest-api/gateway-answer.ts';
import { listed } from '../../wording/wording.ts';
import { apiOf } from './api.ts';
import { ask, type Asked } from './ask.ts';
import { routes } from './books.ts';
import type { Context, LabCheck } from './context.ts';
import { quietly, type Quiet } from './quiet.ts';

/** A request body that the model should refuse. */
export interface BadBody {
  readonly kind: 'json' | 'list' | 'missing' | 'number' | 'empty' | 'year';
  /** The id that the book would have. */
  readonly id: string;
  readonly asked: Asked;
}

/** What the check `deployed` has found, while nobody else was asking. */
export interface Edge {
  readonly bad: readonly BadBody[];
  /** What came of them, in their order. Undefined where the target does not tell of calls. */
  readonly bodies: Quiet | undefined;
  /** What came of a search without words. */
  readonly parameter: Quiet | undefined;
}
export const edgeOf = (context: Context): Edge => context.from<Edge>('deployed');

const deployed: LabCheck = {
  id: 'deployed',
  title: (text) => text.deployed.title,
  points: 5,
  needs: ['ready', 'api'],
  verifiedOn: ['embedded'],
  requires: ['deploymentSnapshots'],
  hints: (text) => text.deployed.hints,
  run: edgeAsked,
  async configuration(context): Promise<Edge> {
    const { text, clients } = context;
    const api = apiOf(context);
    const forgotten = await forgottenIn(clients.apigateway, api);
    if (forgotten.length > 0)
      context.fail({
        ...text.deployed.forgotten(listed(text, forgotten)),
        evidence: [{ label: 'GetDeployment', value: api.deploymentId }],
      });
    return edgeAsked(context);
  },
};

async function edgeAsked(context: Context): Promise<Edge> {
  const [validates, tells] = await Promise.all([
    context.can('requestValidation'),
    context.can('platformLogLines'),
    expectDeployed(context),
  ]);
  const bad = badBodies(context);
  if (!validates || !tells) return { bad, bodies: undefined, parameter: undefined };
  // Every check that asks the API needs this one. So what functions do now, they do for these requests.
  const bodies = await quietly(
    context,
    bad.map(({ asked }) => asked),
  );
  const parameter = await quietly(context, [{ route: routes.search }]);
  return { bad, bodies, parameter };
}

/** Whether the stage knows every method that the API has. */
async function expectDeployed(context: Context): Promise<void> {
  const { text } = context;
  const forgotten: { readonly route: string; readonly answer: HttpAnswer }[] = [];
  // One after the other: one environment of the function is enough for all of them.
  for (const route of apiOf(context).methods.keys()) {
    const asked = askable(context, route);
    const answer = await ask(context, asked);
    if (isUnknown(answer)) forgotten.push({ route, answer });
  }
  // A deployment needs a moment until all of AWS knows it.
  for (const late of [...forgotten]) {
    const asked = askable(context, late.route);
    const known = await context.until('deployment', async () =>
      isUnknown(await ask(context, asked)) ? undefined : true,
    );
    if (known !== true) break;
    forgotten.shift();
  }
  if (forgotten.length === 0) return;
  const names = listed(
    text,
    forgotten.map(({ route }) => route),
  );
  context.fail({
    ...text.deployed.forgotten(names),
    evidence: forgotten.flatMap(({ answer }) => answer.evidence),
  });
}

/** A request for a method of the API that changes nothing: of a book that is not there, and with no JSON in it. */
function askable(context: Context, route: string): Asked {
  const [verb = '', path = ''] = route.split(' ');
  const method = verb === 'ANY' ? 'GET' : verb;
  const place = path.replaceAll(/\{[^}]*\}/g, () => context.nonce('nowhere'));
  const hasBody = ['POST', 'PUT', 'PATCH'].includes(method);
  return { route: `${method} ${place}`, ...(hasBody ? { body: '{' } : {}) };
}

function badBodies(context: Context): BadBody[] {
  const bad = (kind: BadBody['kind'], body: (book: object) => string): BadBody => {
    const id = context.nonce('bad');
    const book = { id, title: context.nonce('title'), author: context.nonce('author') };
    return { kind, id, asked: { route: routes.create, body: body(book) } };
  };
  return [
    bad('json', (book) => JSON.stringify(book).slice(0, -1)),
    bad('list', (book) => JSON.stringify([book])),
    bad('missing', (book) => JSON.stringify({ ...book, author: undefined })),
    bad('number', (book) => JSON.stringify({ ...book, title: 42 })),
    bad('empty', (book) => JSON.stringify({ ...book, title: '' })),
    bad('year', (book) => JSON.stringify({ ...book, year: '1994' })),
  ];
}

export const deployedChecks = { deployed };
