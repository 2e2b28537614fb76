/** What a check says: what was seen and why it matters, and one next step. */
export interface Sentence {
  readonly why: string;
  readonly next: string;
}
/** From a nudge to nearly the answer. */
export type Hints = readonly [string, string, string];

export const say = (why: string, next: string): Sentence => ({ why, next });
export const hints = (nudge: string, direction: string, nearly: string): Hints => [nudge, direction, nearly];
