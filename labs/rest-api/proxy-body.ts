import { members } from '../wording/members.ts';

/** What the body of a function's result says to API Gateway, where it is JSON; undefined where it is not. */
export function bodyIn(result: unknown): unknown {
  try {
    return JSON.parse(String(members(result).body)) as unknown;
  } catch {
    return undefined;
  }
}
