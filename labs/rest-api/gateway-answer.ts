import type { CheckContext, HttpAnswer } from '../../grader/api.ts';
import { members } from '../wording/members.ts';
import type { Answered } from './text/answered.en.ts';

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

/** Asks until the stage has heard of its deployment and of the function's permission. @returns the last answer */
export async function whenSettled(
  context: Pick<CheckContext<unknown>, 'until'>,
  ask: () => Promise<HttpAnswer>,
): Promise<HttpAnswer> {
  let last: HttpAnswer | undefined;
  await context.until('deployment', async () => {
    last = await ask();
    const unsettled = isUnknown(last) || gatewayMessage(last) === 'Forbidden' || last.status === 500;
    return unsettled ? undefined : true;
  });
  return last ?? ask();
}

/** Ends the check where the status is another, and says who has made the answer. @param route `GET /hello` */
export function expectStatus(
  context: Pick<CheckContext<{ readonly answered: Answered }>, 'text' | 'fail'>,
  route: string,
  answer: HttpAnswer,
  wanted: number,
): void {
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
