import type { Evidence, HttpAnswer } from '../../../grader/api.ts';
import { gatewayMessage, isUnknown } from '../../rest-api/gateway-answer.ts';
import { stage, type Route } from '../names.ts';
import { apiOf } from './api.ts';
import type { Context } from './context.ts';

/** What a caller shows. */
export interface Shown {
  /** The value of an API key. */
  readonly key?: string;
  readonly token?: string;
  /** The whole header, where it is no bearer token. */
  readonly authorization?: string;
}

/** Asks the stage once. Neither a key nor the signature of a token stands in the evidence. */
export async function ask(context: Context, route: Route, shown: Shown = {}): Promise<HttpAnswer> {
  const { key, token, authorization = token === undefined ? undefined : `Bearer ${token}` } = shown;
  const [method = '', path = ''] = route.split(' ');
  const answer = await context.http(`${context.apiUrl(apiOf(context).id, stage)}${path}`, {
    method,
    headers: {
      ...(key !== undefined && { 'x-api-key': key }),
      ...(authorization !== undefined && { authorization }),
    },
  });
  return { ...answer, evidence: answer.evidence.map((each) => covered(each, shown)) };
}

function covered({ label, value }: Evidence, { key, token }: Shown): Evidence {
  const signature = token?.split('.')[2];
  let shown = value;
  for (const secret of [key, signature])
    if (secret !== undefined && secret !== '') shown = shown.replaceAll(secret, '********');
  return { label, value: shown };
}

/** How a request came out. */
export type Outcome =
  | 'in'
  /** Nobody has shown who they are. */
  | 'unauthorized'
  /** The authorizer has refused it. */
  | 'refused'
  /** No key that holds here. */
  | 'forbidden'
  | 'throttled'
  | 'usedUp'
  /** The stage has no such method. */
  | 'unknown'
  /** The authorizer has failed, or could not be asked. */
  | 'authorizerFailed'
  | 'other';

/** By status and words; the words of a refusal have changed on AWS, their beginning has not. */
export function outcomeOf(answer: HttpAnswer): Outcome {
  const message = gatewayMessage(answer);
  if (isUnknown(answer)) return 'unknown';
  switch (answer.status) {
    case 401:
      return 'unauthorized';
    case 403:
      return /^User is not authorized/i.test(String(message)) ? 'refused' : 'forbidden';
    case 429:
      return /limit exceeded/i.test(String(message)) ? 'usedUp' : 'throttled';
    case 500:
      return message === 'Internal server error' ? 'other' : 'authorizerFailed';
    default:
      return answer.status >= 200 && answer.status < 300 ? 'in' : 'other';
  }
}

/** Asks until it comes out as expected, or the time for it is over. @returns the last answer */
export async function askUntil(
  context: Context,
  what: 'deployment' | 'apiKey',
  wanted: readonly Outcome[],
  route: Route,
  shown?: Shown,
): Promise<HttpAnswer> {
  let last: HttpAnswer | undefined;
  await context.until(what, async () => {
    last = await ask(context, route, shown);
    return wanted.includes(outcomeOf(last)) || undefined;
  });
  return last ?? ask(context, route, shown);
}

/** Status and body in one line. */
export const line = ({ status, text }: HttpAnswer): string => `${status} ${text}`.trim();
