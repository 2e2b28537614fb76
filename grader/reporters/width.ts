const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** What a person sees as one character each. */
export const graphemes = (text: string): string[] =>
  Array.from(segmenter.segment(text), ({ segment }) => segment);

// Unicode Standard Annex 11: East Asian Wide and Fullwidth, as blocks.
const wide: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f900, 0x1f9ff],
  [0x1fa70, 0x1faff],
  [0x20000, 0x3fffd],
];

function cells(grapheme: string): number {
  const code = grapheme.codePointAt(0) ?? 0;
  if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return 0;
  if (code < 0x300) return grapheme.includes('\ufe0f') ? 2 : 1;
  if (/^[\p{Mn}\p{Me}\p{Cf}]/u.test(grapheme)) return 0;
  if (/^\p{Emoji_Presentation}/u.test(grapheme) || grapheme.includes('\ufe0f')) return 2;
  return wide.some(([first, last]) => code >= first && code <= last) ? 2 : 1;
}

/** Columns that a text takes in a terminal; colour codes take none. */
export function widthOf(text: string): number {
  // eslint-disable-next-line no-control-regex -- a colour code begins with one
  const plain = text.replaceAll(/\u001b\[[0-9;]*m/g, '');
  // Almost every line is this: no need to look for graphemes.
  if (/^[\x20-\x7e]*$/.test(plain)) return plain.length;
  return graphemes(plain).reduce((sum, grapheme) => sum + cells(grapheme), 0);
}

/** A text with spaces after it up to a width. */
export const padEnd = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - widthOf(text)));

/**
 * Breaks a text into lines of at most `width` columns: between words where it can, inside a word that is longer
 * than a line. Line breaks of the text are kept.
 */
export function wrap(text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, Math.max(width, 8)));
}

// `code` stays in one piece, as it would be copied.
const words = / +|(?:`[^`]*`|[^ `])+|`/g;

function wrapLine(line: string, width: number): string[] {
  if (widthOf(line) <= width) return [line];
  const lines: string[] = [];
  let current = '';
  let used = 0;
  const flush = () => {
    lines.push(current.replace(/ +$/, ''));
    current = '';
    used = 0;
  };
  for (const word of line.match(words) ?? []) {
    const length = widthOf(word);
    if (used + length <= width) {
      current += word;
      used += length;
    } else if (word.startsWith(' ')) {
      flush();
    } else if (length <= width) {
      flush();
      current = word;
      used = length;
    } else {
      for (const grapheme of graphemes(word)) {
        const size = cells(grapheme);
        if (used + size > width) flush();
        current += grapheme;
        used += size;
      }
    }
  }
  if (current !== '') flush();
  return lines;
}

/** Breaks a value into lines of at most `width` columns without moving or dropping one character of it. */
export function fold(value: string, width: number): string[] {
  const room = Math.max(width, 8);
  return value.split('\n').flatMap((line) => {
    if (widthOf(line) <= room) return [line];
    const lines: string[] = [];
    let current = '';
    let used = 0;
    for (const grapheme of graphemes(line)) {
      const size = cells(grapheme);
      if (used + size > room) {
        lines.push(current);
        current = '';
        used = 0;
      }
      current += grapheme;
      used += size;
    }
    return [...lines, current];
  });
}
