import { GetGatewayResponseCommand } from '@aws-sdk/client-api-gateway';
import type { HttpAnswer } from '../../../grader/api.ts';
import { expectStatus } from '../../rest-api/gateway-answer.ts';
import { members } from '../../wording/members.ts';
import { listed, shown } from '../../wording/wording.ts';
import { origin } from '../names.ts';
import { apiOf } from './api.ts';
import { ask, type Asked } from './ask.ts';
import { pathOf, routes } from './books.ts';
import type { Context, LabCheck } from './context.ts';

const allowOrigin = 'access-control-allow-origin';

const preflight: LabCheck = {
  id: 'preflight',
  title: (text) => text.preflight.title,
  points: 5,
  needs: ['deployed'],
  verifiedOn: ['embedded'],
  requires: ['mockTemplates'],
  hints: (text) => text.preflight.hints,
  run: allowsOrigin,
  async configuration(context) {
    const { methods } = apiOf(context);
    for (const path of ['/books', '/books/{id}']) {
      const { type, requestTemplates = {} } = methods.get(`OPTIONS ${path}`)?.methodIntegration ?? {};
      const gives2xx = (template: string) => /"?statusCode"?\s*:\s*2\d\d\b/.test(template);
      if (type === 'MOCK' && !Object.values(requestTemplates).some(gives2xx))
        context.fail({
          ...context.text.preflight.withoutStatus(`OPTIONS ${path}`),
          expected: '{"statusCode": 200}',
          actual: shown(requestTemplates),
        });
    }
    await allowsOrigin(context);
  },
};

async function allowsOrigin(context: Context): Promise<void> {
  const { text } = context;
  const book = pathOf({ id: context.nonce('book') });
  await expectPreflight(context, '/books', '/books', ['POST']);
  await expectPreflight(context, '/books/{id}', book, ['PUT', 'PATCH', 'DELETE']);
  // The question is one thing; the answer to the request itself must name the origin, too.
  const answer = await ask(context, { route: routes.list, headers: { origin } });
  expectStatus(context, routes.list, answer, 200);
  if (answer.header(allowOrigin) !== origin)
    context.fail({
      ...text.preflight.onlyPreflight,
      expected: origin,
      actual: answer.header(allowOrigin) ?? '',
      evidence: answer.evidence,
    });
  const stranger = `https://${context.nonce('stranger')}.example`;
  for (const route of [routes.list, 'OPTIONS /books']) {
    const asked = await ask(context, { route, headers: asks(stranger, 'POST') });
    if (asked.header(allowOrigin) === stranger)
      context.fail({
        ...text.preflight.anybody,
        expected: origin,
        actual: stranger,
        evidence: asked.evidence,
      });
  }
}

/** What a browser asks before it lets a page send JSON by a method. */
const asks = (from: string, method: string) => ({
  origin: from,
  'access-control-request-method': method,
  'access-control-request-headers': 'content-type',
});

async function expectPreflight(
  context: Context,
  name: string,
  path: string,
  methods: readonly string[],
): Promise<void> {
  const { text } = context;
  for (const method of methods) {
    const route = `OPTIONS ${name}`;
    const answer = await ask(context, { route: `OPTIONS ${path}`, headers: asks(origin, method) });
    const { evidence } = answer;
    // A browser takes every status from 200 to 299 for a yes.
    if (answer.status < 200 || answer.status > 299)
      context.fail({
        ...text.preflight.none(route),
        expected: '200',
        actual: String(answer.status),
        evidence,
      });
    expectOrigin(context, route, answer);
    const allowed = words(answer, 'access-control-allow-methods');
    // GET, HEAD and POST need no permission: https://fetch.spec.whatwg.org/#cors-safelisted-method
    const missing = methods.filter((each) => each !== 'POST' && !allowed.includes(each));
    if (missing.length > 0 && !allowed.includes('*'))
      context.fail({
        ...text.preflight.methods(route, listed(text, missing)),
        expected: methods.join(', '),
        actual: allowed.join(', '),
        evidence,
      });
    const headers = words(answer, 'access-control-allow-headers').map((header) => header.toLowerCase());
    if (method !== 'DELETE' && !headers.includes('content-type') && !headers.includes('*'))
      context.fail({
        ...text.preflight.headers(route),
        expected: 'Content-Type',
        actual: headers.join(', '),
        evidence,
      });
  }
}

function expectOrigin(context: Context, route: string, answer: HttpAnswer): void {
  const { text } = context;
  const allowed = answer.header(allowOrigin);
  if (allowed === origin) return;
  const finding = { expected: origin, actual: allowed ?? '', evidence: answer.evidence };
  if (allowed === undefined) context.fail({ ...text.preflight.noOrigin(route), ...finding });
  if (allowed !== '*') context.fail({ ...text.preflight.otherOrigin(route, allowed), ...finding });
  const credentials = answer.header('access-control-allow-credentials') === 'true';
  context.fail({
    ...(credentials ? text.preflight.starAndCookies(route) : text.preflight.star(route)),
    ...finding,
  });
}

const words = (answer: HttpAnswer, header: string): string[] =>
  (answer.header(header) ?? '')
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');

const errors: LabCheck = {
  id: 'errors',
  title: (text) => text.errors.title,
  points: 5,
  needs: ['preflight', 'missing'],
  verifiedOn: ['embedded'],
  requires: ['gatewayResponses'],
  hints: (text) => text.errors.hints,
  async run(context) {
    const nobody = context.nonce('nobody');
    const asked: readonly Asked[] = [
      // Refused by the gateway: `{proxy+}` does not cover the root, and the others are not what the method demands.
      { route: 'GET /' },
      { route: routes.create, body: `{"id": "${nobody}"` },
      { route: routes.search },
      // Refused by the function.
      { route: `GET /books/${nobody}` },
      { route: `GET /${nobody}` },
    ];
    for (const each of asked) {
      const answer = await ask(context, { ...each, headers: { origin } });
      // Whether it is refused is what other checks look at.
      if (answer.status >= 400 && answer.status < 500) expectForm(context, each.route, answer);
    }
  },
  async configuration(context) {
    const response = await context.clients.apigateway.send(
      new GetGatewayResponseCommand({ restApiId: apiOf(context).id, responseType: 'DEFAULT_4XX' }),
    );
    if (response.defaultResponse === true) context.fail(context.text.errors.notSet);
  },
};

/** That an error is one that a page can read, and in the one form that all errors have. */
function expectForm(context: Context, route: string, answer: HttpAnswer): void {
  const { text } = context;
  const { evidence } = answer;
  const byGateway = answer.header('x-amzn-errortype') !== undefined;
  if (answer.header(allowOrigin) !== origin)
    context.fail({
      ...(byGateway ? text.errors.noOriginByGateway : text.errors.noOrigin)(route, answer.status),
      expected: origin,
      actual: answer.header(allowOrigin) ?? '',
      evidence,
    });
  const { error, message } = members(answer.json);
  const isText = (value: unknown) => typeof value === 'string' && value !== '';
  if (isText(error) && isText(message)) return;
  context.fail({
    ...(byGateway ? text.errors.formByGateway : text.errors.form)(route, answer.status),
    expected: '{ "error": "…", "message": "…" }',
    actual: answer.text,
    evidence,
  });
}

export const originChecks = { preflight, errors };
