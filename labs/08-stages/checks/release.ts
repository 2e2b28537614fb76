import type { HttpAnswer } from '../../../grader/api.ts';
import { members } from '../../wording/members.ts';
import type { Context } from './context.ts';

/** What `GET /release` says of itself. */
export interface Release {
  readonly stage: unknown;
  readonly alias: unknown;
  readonly version: unknown;
}

export function releaseIn(answer: HttpAnswer): Release {
  const { stage, alias, version } = members(answer.json);
  return { stage, alias, version };
}

/** Whether an answer of `GET /release` comes from this alias and the version behind it. */
export function isFrom(answer: HttpAnswer, alias: string, version: string): boolean {
  const said = releaseIn(answer);
  return answer.status === 200 && said.alias === alias && String(said.version) === version;
}

/**
 * Asks several times until all answers in a row are as wanted: a change of a stage takes a moment until all of the
 * gateway has heard of it.
 * @returns the last answer that was otherwise, or undefined where all are as wanted
 */
export async function otherThan(
  context: Context,
  times: number,
  ask: () => Promise<HttpAnswer>,
  wanted: (answer: HttpAnswer) => boolean,
): Promise<HttpAnswer | undefined> {
  let other: HttpAnswer | undefined;
  const settled = await context.until('deployment', async () => {
    for (let count = 0; count < times; count += 1) {
      const answer = await ask();
      if (wanted(answer)) continue;
      other = answer;
      return undefined;
    }
    return true;
  });
  return settled === true ? undefined : other;
}
