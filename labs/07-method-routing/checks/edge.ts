import { GetRequestValidatorCommand, type Method } from '@aws-sdk/client-api-gateway';
import type { HttpAnswer } from '../../../grader/api.ts';
import { members } from '../../wording/members.ts';
import { shown } from '../../wording/wording.ts';
import { apiOf } from './api.ts';
import { ask } from './ask.ts';
import { newBook, routes, withBooks } from './books.ts';
import type { Context, LabCheck } from './context.ts';
import { edgeOf } from './deployed.ts';

const model: LabCheck = {
  id: 'model',
  title: (text) => text.model.title,
  points: 10,
  needs: ['missing'],
  verifiedOn: ['embedded'],
  requires: ['requestValidation', 'platformLogLines'],
  hints: (text) => text.model.hints,
  async run(context) {
    const { text } = context;
    const { bad, bodies } = edgeOf(context);
    // Under the id that was sent, or under one that something else has made.
    const made = (bodies?.answers ?? []).map(({ answer }) => members(answer.json).id);
    const perhaps = [...bad, ...made.filter((id) => typeof id === 'string').map((id) => ({ id }))];
    await withBooks(context, perhaps, async () => {
      for (const [at, { answer, asked }] of (bodies?.answers ?? []).entries()) {
        if (answer.status === 400) continue;
        const kind = bad[at]?.kind ?? 'json';
        const kept = answer.status >= 200 && answer.status < 300;
        const what = text.model.kinds[kind];
        context.fail({
          ...(kept ? text.model.taken(what) : text.model.other(what, answer.status)),
          expected: '400',
          actual: String(answer.status),
          evidence: [{ label: text.evidence.body, value: asked.body ?? '' }, ...answer.evidence],
        });
      }
      const calls = bodies?.calls ?? 0;
      if (calls > 0)
        context.fail({
          ...text.model.byFunction(calls, bad.length),
          expected: '0',
          actual: String(calls),
          evidence: bodies?.answers[0]?.answer.evidence ?? [],
        });
    });
    await expectOtherTypeRefused(context);
  },
  configuration: (context) =>
    expectValidator(context, 'POST', '/books', ({ requestModels = {}, validator }) => {
      const { text } = context;
      if (Object.keys(requestModels).length === 0) context.fail(text.model.noModel);
      if (validator?.validateRequestBody !== true) context.fail(text.model.noValidator);
    }),
};

/** A model belongs to a content type. A body of another one reaches the function, and must not bring it down. */
async function expectOtherTypeRefused(context: Context): Promise<void> {
  const book = newBook(context);
  await withBooks(context, [book], async () => {
    const answer = await ask(context, {
      route: routes.create,
      headers: { 'content-type': 'text/plain' },
      body: `${book.id}, ${book.title}`,
    });
    if (answer.status >= 400 && answer.status < 500) return;
    context.fail({
      ...context.text.model.otherType(answer.status),
      expected: '400, 415',
      actual: String(answer.status),
      evidence: answer.evidence,
    });
  });
}

const parameter: LabCheck = {
  id: 'parameter',
  title: (text) => text.parameter.title,
  points: 5,
  needs: ['deployed'],
  verifiedOn: ['embedded'],
  requires: ['requestValidation', 'platformLogLines'],
  hints: (text) => text.parameter.hints,
  async run(context) {
    const { text } = context;
    const { parameter: quiet } = edgeOf(context);
    const answer = quiet?.answers[0]?.answer;
    if (quiet === undefined || answer === undefined) return;
    expectRefused(context, answer);
    if ((quiet.calls ?? 0) > 0)
      context.fail({
        ...text.parameter.byFunction,
        expected: '0',
        actual: String(quiet.calls),
        evidence: answer.evidence,
      });
  },
  configuration: (context) =>
    expectValidator(context, 'GET', '/books/search', ({ requestParameters = {}, validator }) => {
      const { text } = context;
      if (requestParameters['method.request.querystring.q'] !== true)
        context.fail(text.parameter.notRequired);
      if (validator?.validateRequestParameters !== true) context.fail(text.parameter.noValidator);
    }),
};

function expectRefused(context: Context, answer: HttpAnswer): void {
  const { text } = context;
  if (answer.status === 400) return;
  const finding = { expected: '400', actual: String(answer.status), evidence: answer.evidence };
  if (answer.status === 404) context.fail({ ...text.parameter.notFound, ...finding });
  context.fail({ ...text.parameter.answered(answer.status), ...finding });
}

interface Configured extends Pick<Method, 'requestModels' | 'requestParameters'> {
  readonly validator:
    { readonly validateRequestBody?: boolean; readonly validateRequestParameters?: boolean } | undefined;
}

/** Looks at what a target that does not validate has been told. */
async function expectValidator(
  context: Context,
  verb: string,
  path: string,
  look: (configured: Configured) => void,
): Promise<void> {
  const { id, methods } = apiOf(context);
  const method = methods.get(`${verb} ${path}`) ?? methods.get(`ANY ${path}`);
  if (method === undefined) return context.fail(context.text.answered.unknown(`${verb} ${path}`));
  const { requestModels, requestParameters, requestValidatorId } = method;
  const validator =
    requestValidatorId === undefined
      ? undefined
      : await context.clients.apigateway.send(
          new GetRequestValidatorCommand({ restApiId: id, requestValidatorId }),
        );
  context.note({
    label: 'GetMethod',
    value: shown({ requestModels, requestParameters, requestValidatorId, validator: validator?.name }),
  });
  look({
    ...(requestModels === undefined ? {} : { requestModels }),
    ...(requestParameters === undefined ? {} : { requestParameters }),
    validator,
  });
}

export const edgeChecks = { model, parameter };
