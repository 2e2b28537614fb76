import { methodsIn } from '../../rest-api/deployments.ts';
import { expectStatus, isUnknown } from '../../rest-api/gateway-answer.ts';
import { routes } from '../names.ts';
import { apiOf } from './api.ts';
import { ask, askSettled, pathOf } from './ask.ts';
import type { Context, LabCheck } from './context.ts';

const path = pathOf(routes.notice);

const apart: LabCheck = {
  id: 'apart',
  title: (text) => text.apart.title,
  points: 10,
  needs: ['stages'],
  verifiedOn: ['embedded'],
  requires: ['deploymentSnapshots'],
  hints: (text) => text.apart.hints,
  async run(context) {
    const { text } = context;
    expectNotice(context);
    const dev = await askSettled(context, 'dev', path);
    if (isUnknown(dev)) context.fail({ ...text.apart.notOnDev, evidence: dev.evidence });
    expectStatus(context, `${routes.notice} (dev)`, dev, 200);
    const prod = await ask(context, 'prod', path);
    if (!isUnknown(prod))
      context.fail({
        ...text.apart.onProd(prod.status),
        expected: '403 {"message":"Missing Authentication Token"}',
        actual: `${prod.status} ${prod.text}`,
        evidence: prod.evidence,
      });
  },
  async configuration(context) {
    expectNotice(context);
    const { text } = context;
    const [dev, prod] = [await methodsOn(context, 'dev'), await methodsOn(context, 'prod')];
    if (dev?.has(routes.notice) === false) context.fail(text.apart.notOnDev);
    if (prod?.has(routes.notice) === true) context.fail(text.apart.inProd);
  },
};

/** What a stage's deployment tells that it has. @returns undefined where the server does not tell */
function methodsOn(context: Context, stage: 'dev' | 'prod'): Promise<ReadonlySet<string> | undefined> {
  const { id, stages } = apiOf(context);
  return methodsIn(context.clients.apigateway, id, stages[stage].deploymentId);
}

function expectNotice(context: Context): void {
  if (!apiOf(context).methods.has(routes.notice))
    context.fail({ ...context.text.apart.missing(routes.notice), expected: routes.notice });
}

const draft: LabCheck = {
  id: 'draft',
  title: (text) => text.draft.title,
  points: 5,
  needs: ['api'],
  verifiedOn: ['embedded'],
  requires: ['deploymentSnapshots'],
  hints: (text) => text.draft.hints,
  async run(context) {
    expectDraft(context);
    for (const stage of ['dev', 'prod'] as const) {
      const answer = await ask(context, stage, pathOf(routes.draft));
      if (isUnknown(answer)) continue;
      context.fail({
        ...context.text.draft.deployed(stage, answer.status),
        expected: '403 {"message":"Missing Authentication Token"}',
        actual: `${answer.status} ${answer.text}`,
        evidence: answer.evidence,
      });
    }
  },
  async configuration(context) {
    expectDraft(context);
    for (const stage of ['dev', 'prod'] as const)
      if ((await methodsOn(context, stage))?.has(routes.draft) === true)
        context.fail(context.text.draft.taken(stage));
  },
};

function expectDraft(context: Context): void {
  if (!apiOf(context).methods.has(routes.draft))
    context.fail({ ...context.text.draft.missing(routes.draft), expected: routes.draft });
}

export const apartChecks = { apart, draft };
