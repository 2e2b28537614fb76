/** What stands in a guide, line by line, as far as it must agree between languages or can be run. */
export type Part =
  | {
      readonly kind: 'heading';
      readonly level: number;
      readonly text: string;
      readonly tab: string | undefined;
    }
  | {
      readonly kind: 'code';
      readonly language: string;
      readonly lines: readonly string[];
      readonly tab: string | undefined;
    }
  | { readonly kind: 'image'; readonly file: string };

/** Reads a guide's headings, code blocks and images. A block between the marks of tabs knows its tab's heading. */
export function readGuide(markdown: string): Part[] {
  const parts: Part[] = [];
  let inTabs = false;
  let tab: string | undefined;
  let open: { language: string; lines: string[] } | undefined;
  for (const line of markdown.split(/\r?\n/)) {
    const fence = /^```(\S*)$/.exec(line);
    if (open !== undefined) {
      if (fence === null) open.lines.push(line);
      else {
        parts.push({ kind: 'code', ...open, tab });
        open = undefined;
      }
      continue;
    }
    if (fence !== null) {
      open = { language: fence[1] ?? '', lines: [] };
      continue;
    }
    if (line === '<!-- tabs -->') inTabs = true;
    if (line === '<!-- /tabs -->') [inTabs, tab] = [false, undefined];
    const [, marks, text] = /^(#+) (.+)$/.exec(line) ?? [];
    if (marks !== undefined && text !== undefined) {
      if (inTabs && marks === '###') tab = text;
      parts.push({ kind: 'heading', level: marks.length, text, tab });
    }
    for (const [, file = ''] of line.matchAll(/!\[[^\]]*\]\(([^)\s]+)\)/g))
      parts.push({ kind: 'image', file });
  }
  if (open !== undefined) throw new Error('a code block of the guide does not end');
  return parts;
}

/** Commands of the `sh` blocks outside of tabs and in one tab, each with the number of the step it belongs to. */
export function commandsOf(
  parts: readonly Part[],
  tab: string,
): { readonly step: number; readonly command: string }[] {
  let step = 0;
  const commands: { step: number; command: string }[] = [];
  for (const part of parts) {
    if (part.kind === 'heading' && part.level === 2) step = Number(/\d+/.exec(part.text)?.[0] ?? step + 1);
    if (part.kind !== 'code' || part.language !== 'sh') continue;
    if (part.tab !== undefined && part.tab !== tab) continue;
    for (const command of part.lines) if (command.trim() !== '') commands.push({ step, command });
  }
  return commands;
}

/** The names of the tabs in which commands stand. */
export const tabsOf = (parts: readonly Part[]): string[] => [
  ...new Set(
    parts.flatMap((part) =>
      part.kind === 'code' && part.language === 'sh' && part.tab !== undefined ? [part.tab] : [],
    ),
  ),
];

/** A command's words, by the rules that the shells of all systems share: quotes group, nothing is expanded. */
export function wordsOf(command: string): string[] {
  const words: string[] = [];
  for (const [, double, single, bare] of command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g))
    words.push(double ?? single ?? bare ?? '');
  return words;
}
