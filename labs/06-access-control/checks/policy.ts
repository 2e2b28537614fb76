import { routes } from '../names.ts';
import { authorizerOf, tokenOf } from './authorizer.ts';
import { expectIn } from './caller.ts';
import type { Context, LabCheck } from './context.ts';
import { byFunction, byStage, verdictOf, type Try } from './decision.ts';

const policy: LabCheck = {
  id: 'policy',
  title: (text) => text.policy.title,
  points: 5,
  needs: ['context'],
  verifiedOn: ['embedded'],
  requires: ['lambdaAuthorizers'],
  hints: (text) => text.policy.hints,
  run: (context) => keepsToRoles(context, byStage(context)),
  configuration: (context) => keepsToRoles(context, byFunction(context)),
};

/** Who may read may not publish. */
async function keepsToRoles(context: Context, attempt: Try): Promise<void> {
  const token = tokenOf(context, { sub: context.nonce('reader'), role: 'reader' });
  expectIn(context, 'reader', await attempt(routes.admin, { token }));
  const { outcome, actual, evidence } = await attempt(routes.publish, { token });
  if (outcome === 'refused') return;
  const { text } = context;
  context.fail({
    ...(outcome === 'in' ? text.policy.tooMuch : text.policy.otherwise),
    expected: '403 {"Message":"User is not authorized …"}',
    actual,
    evidence,
  });
}

const cache: LabCheck = {
  id: 'cache',
  title: (text) => text.cache.title,
  points: 10,
  needs: ['context'],
  verifiedOn: ['embedded'],
  requires: ['lambdaAuthorizers', 'authorizerCache'],
  hints: (text) => text.cache.hints,
  async run(context) {
    const { text } = context;
    const attempt = byStage(context);
    const follows = async (role: string, first: typeof routes.admin | typeof routes.publish) => {
      const second = first === routes.admin ? routes.publish : routes.admin;
      const token = tokenOf(context, { sub: context.nonce(role), role });
      await attempt(first, { token });
      const { outcome, actual, evidence } = await attempt(second, { token });
      if (outcome === 'in') return;
      const sentence =
        outcome === 'refused' ? text.cache.lockedOut(role, first, second) : text.cache.otherwise(second);
      context.fail({ ...sentence, expected: '200', actual, evidence });
    };
    await follows('editor', routes.admin);
    await follows('editor', routes.publish);
    // What the first request may not do says nothing of the second.
    await follows('reader', routes.publish);
  },
  async configuration(context) {
    const { text } = context;
    if (authorizerOf(context).keptByMethod) return;
    const token = tokenOf(context, { sub: context.nonce('editor'), role: 'editor' });
    const { judge, actual, evidence } = await verdictOf(context, routes.admin, { token });
    if (judge(routes.publish) === 'in') return;
    const sentence = text.cache.lockedOut('editor', routes.admin, routes.publish);
    context.fail({ ...sentence, expected: routes.publish, actual, evidence });
  },
};

export const policyChecks = { policy, cache };
