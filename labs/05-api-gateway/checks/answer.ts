import type { HttpAnswer, HttpRequest } from '../../../grader/api.ts';
import { stage } from '../names.ts';
import { apiOf } from './api.ts';
import { members, type Context } from './context.ts';

/** The message of an answer that API Gateway has made itself. */
export const gatewayMessage = (answer: HttpAnswer): unknown => {
  const { message, Message } = members(answer.json);
  return message ?? Message;
};

/** Whether the stage knows no such method. AWS's own answer to it is 403; some servers say 404 or 405. */
export const isUnknown = (answer: HttpAnswer): boolean =>
  (answer.status === 403 && gatewayMessage(answer) === 'Missing Authentication Token') ||
  (answer.status === 404 && gatewayMessage(answer) === 'Not Found') ||
  (answer.status === 405 && gatewayMessage(answer) === 'Method Not Allowed');

/** Asks the stage once. @param path from the stage on, with its query */
export const ask = (context: Context, path: string, request?: HttpRequest): Promise<HttpAnswer> =>
  context.http(`${context.apiUrl(apiOf(context).id, stage)}${path}`, request);

/** Asks the stage until it has heard of its deployment and of the function's permission. */
export async function askSettled(context: Context, path: string, request?: HttpRequest): Promise<HttpAnswer> {
  let last: HttpAnswer | undefined;
  await context.until('deployment', async () => {
    last = await ask(context, path, request);
    const unsettled = isUnknown(last) || gatewayMessage(last) === 'Forbidden' || last.status === 500;
    return unsettled ? undefined : true;
  });
  return last ?? ask(context, path, request);
}

/** Ends the check where the status is another, and says who has made the answer. */
export function expectStatus(context: Context, route: string, answer: HttpAnswer, wanted: number): void {
  if (answer.status === wanted) return;
  const { answered } = context.text;
  const internal = gatewayMessage(answer) === 'Internal server error';
  const sentence = isUnknown(answer)
    ? answered.unknown(route)
    : answer.status === 500 && internal
      ? answered.notAsked(route)
      : answer.status === 502 && internal
        ? answered.broken(route)
        : answer.status === 504
          ? answered.late(route)
          : answered.other(route, answer.status);
  context.fail({
    ...sentence,
    expected: String(wanted),
    actual: String(answer.status),
    evidence: answer.evidence,
  });
}
