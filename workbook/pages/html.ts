/** Markup that was made by {@link html} and needs no escaping. */
export interface Markup {
  readonly markup: string;
}

const escape = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

type Part = string | number | Markup | undefined | false | readonly Part[];

const render = (part: Part): string => {
  if (part === undefined || part === false) return '';
  if (typeof part === 'string' || typeof part === 'number') return escape(String(part));
  if ('markup' in part) return part.markup;
  return part.map(render).join('');
};

/** A template in which every value is escaped, unless it is markup itself. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return { markup: strings.reduce((all, text, index) => all + render(parts[index - 1]) + text) };
}

/** Markup from elsewhere that has been sanitised. */
export const trusted = (markup: string): Markup => ({ markup });

/** A sentence with `code` between backticks, as labs write their titles and findings. */
export const prose = (sentence: string): Markup => ({
  markup: escape(sentence).replaceAll(/`([^`]+)`/g, '<code>$1</code>'),
});
