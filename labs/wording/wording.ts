/** What a check says: what was seen and why it matters, and one next step. */
export interface Sentence {
  readonly why: string;
  readonly next: string;
}
/** From a nudge to nearly the answer. */
export type Hints = readonly [string, string, string];

export const say = (why: string, next: string): Sentence => ({ why, next });
export const hints = (nudge: string, direction: string, nearly: string): Hints => [nudge, direction, nearly];

/** A value as a reader of JSON sees it. */
export const shown = (value: unknown): string => (value === undefined ? 'undefined' : JSON.stringify(value));

/** Names in code marks, as a list in a sentence. @param locale how a list is written in this language */
export const listed = ({ locale }: { readonly locale: string }, items: readonly string[]): string =>
  new Intl.ListFormat(locale).format(items.map((item) => `\`${item}\``));
