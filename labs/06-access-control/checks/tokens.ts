import { expectStatus } from '../../rest-api/gateway-answer.ts';
import { routes } from '../names.ts';
import { askUntil, line, outcomeOf } from './ask.ts';
import { authorizerOf, tokenOf } from './authorizer.ts';
import { expectIn } from './caller.ts';
import type { Context, LabCheck } from './context.ts';
import { byFunction, byStage, type Try } from './decision.ts';
import { inSeconds, signed, tampered, unsigned } from './token.ts';

/** Why a token is not good. */
export type Fault = 'wrong' | 'changed' | 'unsigned' | 'expired' | 'endless' | 'allow' | 'role';

const tokens: LabCheck = {
  id: 'tokens',
  title: (text) => text.tokens.title,
  points: 10,
  needs: ['authorizer'],
  verifiedOn: ['embedded'],
  requires: ['lambdaAuthorizers'],
  hints: (text) => text.tokens.hints,
  async run(context) {
    const { text } = context;
    for (const route of [routes.admin, routes.publish]) {
      const nobody = await askUntil(context, 'deployment', ['unauthorized'], route);
      const outcome = outcomeOf(nobody);
      if (outcome === 'unauthorized') continue;
      if (outcome === 'unknown') expectStatus(context, route, nobody, 401);
      context.fail({
        ...(outcome === 'in' ? text.tokens.notDeployed(route) : text.tokens.nobody(route, nobody.status)),
        expected: '401 {"message":"Unauthorized"}',
        actual: line(nobody),
        evidence: nobody.evidence,
      });
    }
    await refusesAll(context, byStage(context));
  },
  async configuration(context) {
    await refusesAll(context, byFunction(context));
  },
};

async function refusesAll(context: Context, attempt: Try): Promise<void> {
  const { text } = context;
  const tried = await Promise.all(
    faulty(context).map(async ({ fault, token }) => ({ fault, ...(await attempt(routes.admin, { token })) })),
  );
  for (const { fault, outcome, actual, evidence } of tried) {
    if (outcome === 'refused') continue;
    if (outcome === 'authorizerFailed') {
      // Is it the token, or does the authorizer fail for every token?
      const token = tokenOf(context, { sub: context.nonce('caller'), role: 'editor' });
      expectIn(context, 'editor', await attempt(routes.admin, { token }));
    }
    const kind = text.tokens.kinds[fault];
    const sentence =
      outcome === 'in'
        ? fault === 'allow'
          ? text.tokens.itsOwnWord
          : text.tokens.letIn(kind)
        : outcome === 'unauthorized'
          ? text.tokens.unauthorized(kind)
          : outcome === 'authorizerFailed'
            ? text.tokens.failed(kind)
            : text.tokens.otherwise(kind);
    context.fail({ ...sentence, expected: '403 {"Message":"User is not authorized …"}', actual, evidence });
  }
  // Not of the form of a token: the gateway may refuse it by a pattern, or the function by a policy.
  for (const word of ['Allow', 'allow', 'Bearer Allow', 'Bearer allow', 'Bearer admin']) {
    const { outcome, actual, evidence } = await attempt(routes.admin, { authorization: word });
    if (outcome === 'in') context.fail({ ...text.tokens.itsOwnWord, expected: '401, 403', actual, evidence });
  }
}

function faulty(context: Context): readonly { readonly fault: Fault; readonly token: string }[] {
  const { secret } = authorizerOf(context);
  const claims = () => ({ sub: context.nonce('caller'), role: 'editor', exp: inSeconds(300) });
  // Every way in which an authorizer could believe what a token says of itself.
  const boasts = { Effect: 'Allow', effect: 'Allow', policy: 'Allow', decision: 'Allow', allow: true };
  return [
    { fault: 'wrong', token: signed(claims(), context.nonce('secret')) },
    { fault: 'changed', token: tampered(tokenOf(context, { ...claims(), role: 'reader' }), claims()) },
    { fault: 'unsigned', token: unsigned(claims()) },
    { fault: 'expired', token: tokenOf(context, { ...claims(), exp: inSeconds(-60) }) },
    { fault: 'endless', token: signed({ sub: context.nonce('caller'), role: 'editor' }, secret) },
    { fault: 'role', token: tokenOf(context, { ...claims(), role: context.nonce('role') }) },
    { fault: 'allow', token: signed({ ...claims(), ...boasts }, context.nonce('secret')) },
    { fault: 'allow', token: tokenOf(context, { ...claims(), role: 'Allow', ...boasts }) },
  ];
}

export const tokenChecks = { tokens };
