import type { StreamItem } from './source.ts';
import type { WindowState } from './positions.ts';

/** A function may hand on so much to the next invocation of a window. */
export const mostStateBytes = 1_048_576;

/** When the tumbling window of a record began, in ms since 1970. @param ms the window's length */
export const windowStartOf = ({ arrivedAt }: Pick<StreamItem, 'arrivedAt'>, ms: number): number =>
  Math.floor(arrivedAt / ms) * ms;

/** What events of a mapping with tumbling windows have beside their records, as JSON members. */
export function windowMembers(
  of: { readonly shardId: string; readonly streamArn: string },
  { start, state }: WindowState,
  ms: number,
  is: { readonly final: boolean; readonly early: boolean },
): string {
  const time = (at: number): string => new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z');
  const rest = JSON.stringify({
    window: { start: time(start), end: time(start + ms) },
    shardId: of.shardId,
    eventSourceARN: of.streamArn,
    isFinalInvokeForWindow: is.final,
    isWindowTerminatedEarly: is.early,
  });
  return `"state":${state},${rest.slice(1, -1)}`;
}

/** The state that a function hands on, as JSON; an empty one where it hands on none. */
export function stateOf(payload: Uint8Array): string {
  try {
    const answer: unknown = JSON.parse(new TextDecoder().decode(payload));
    if (typeof answer === 'object' && answer !== null && 'state' in answer)
      return JSON.stringify(answer.state);
  } catch {
    // A custom runtime may answer anything.
  }
  return '{}';
}
