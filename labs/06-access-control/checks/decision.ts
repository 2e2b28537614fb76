import type { Evidence } from '../../../grader/api.ts';
import { proxyEvent } from '../../rest-api/proxy-event.ts';
import { covers } from '../../rest-api/source-arns.ts';
import { members } from '../../wording/members.ts';
import { names, stage, type Route } from '../names.ts';
import { apiOf } from './api.ts';
import { ask, line, outcomeOf, type Outcome } from './ask.ts';
import { authorizerOf } from './authorizer.ts';
import type { Context } from './context.ts';

/** What came of a token, and what it shows. */
export interface Tried {
  readonly outcome: Outcome;
  readonly actual: string;
  readonly evidence: readonly Evidence[];
}
/** Tries a token, or a whole header, for a method. */
export type Try = (route: Route, shown: { token?: string; authorization?: string }) => Promise<Tried>;

/** By the stage, as a client does it. */
export const byStage =
  (context: Context): Try =>
  async (route, shown) => {
    const answer = await ask(context, route, shown);
    return { outcome: outcomeOf(answer), actual: line(answer), evidence: answer.evidence };
  };

/** By the function itself, on a server that asks no authorizers. */
export const byFunction =
  (context: Context): Try =>
  async (route, shown) => {
    const verdict = await verdictOf(context, route, shown);
    return { ...verdict, outcome: verdict.judge(route) };
  };

/** What the authorizer answers to a request; its policy can be held against this and other methods. */
export interface Verdict extends Omit<Tried, 'outcome'> {
  readonly judge: (route: Route) => Outcome;
}

export async function verdictOf(
  context: Context,
  route: Route,
  { token, authorization = `Bearer ${token ?? ''}` }: { token?: string; authorization?: string },
): Promise<Verdict> {
  const event = authorizerEvent(context, route, authorization);
  const { payload, rawPayload, functionError, logTail } = await context.invoke(
    context.name(names.authorizer),
    event,
  );
  const evidence = [{ label: context.text.evidence.verdict, value: rawPayload }];
  if (functionError !== undefined) {
    const outcome = members(payload).errorMessage === 'Unauthorized' ? 'unauthorized' : 'authorizerFailed';
    evidence.push({ label: context.text.evidence.log, value: logTail });
    return { judge: () => outcome, actual: rawPayload, evidence };
  }
  const statements = list(members(members(payload).policyDocument).Statement).map(members);
  return {
    actual: rawPayload,
    evidence,
    judge(judged) {
      const arn = arnOf(context, judged);
      const about = statements.filter(
        ({ Action, Resource }) =>
          list(Action).some((action) => covers(String(action).toLowerCase(), 'execute-api:invoke')) &&
          list(Resource).some((resource) => covers(String(resource), arn)),
      );
      const denied = about.some(({ Effect }) => Effect === 'Deny');
      return !denied && about.some(({ Effect }) => Effect === 'Allow') ? 'in' : 'refused';
    },
  };
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-input.html */
export function authorizerEvent(context: Context, route: Route, authorization: string): object {
  const { type } = authorizerOf(context);
  const methodArn = arnOf(context, route);
  if (type === 'TOKEN') return { type, methodArn, authorizationToken: authorization };
  return {
    ...proxyEvent(context, { route, stage, headers: { Authorization: authorization } }),
    type,
    methodArn,
  };
}

const arnOf = (context: Context, route: Route): string =>
  `arn:aws:execute-api:${context.region}:${context.account}:${apiOf(context).id}/${stage}/${route.replace(' ', '')}`;

const list = (value: unknown): readonly unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];
