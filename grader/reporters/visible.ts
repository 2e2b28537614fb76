const named: Readonly<Record<number, string>> = {
  0x00a0: 'NBSP',
  0x00ad: 'SHY',
  0x200b: 'ZWSP',
  0x200c: 'ZWNJ',
  0x200d: 'ZWJ',
  0x2060: 'WJ',
  0x3164: 'HANGUL FILLER',
  0xfeff: 'BOM',
};

/**
 * Characters that nobody sees, that move the text around them, or that a terminal obeys: controls except the line
 * break, format characters (zero widths, directions, BOM), unusual spaces, Hangul fillers, lone surrogates,
 * code points that are no characters.
 */
const unseen =
  // eslint-disable-next-line no-control-regex -- these are what is looked for
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]|(?! )\p{Zs}|\p{Zl}|\p{Zp}|\p{Cf}|\p{Cs}|\p{Noncharacter_Code_Point}|[\u115f\u1160\u3164\uffa0]/gu;
/** Emoji are made of several with joiners and tags between them; there, those are seen. */
const emoji =
  /\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier}|\u200d\p{Extended_Pictographic}|[\u{e0020}-\u{e007f}])+/gu;

function mark(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code === 0x09) return '⇥';
  if (code === 0x0d) return '␍';
  // The Control Pictures block draws each control at its own place.
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  return `‹${named[code] ?? `U+${code.toString(16).toUpperCase().padStart(4, '0')}`}›`;
}

function markAll(text: string): string {
  let done = '';
  let from = 0;
  for (const found of text.matchAll(emoji)) {
    done += text.slice(from, found.index).replaceAll(unseen, mark) + found[0];
    from = found.index + found[0].length;
  }
  return done + text.slice(from).replaceAll(unseen, mark);
}

function markLine(line: string, first: boolean): string {
  let from = 0;
  let to = line.length;
  while (to > 0 && line[to - 1] === ' ') to -= 1;
  if (first) while (from < to && line[from] === ' ') from += 1;
  return '·'.repeat(from) + markAll(line.slice(from, to)) + '·'.repeat(line.length - to);
}

/**
 * A value as a person can read it whole: characters that cannot be seen are drawn, spaces before the value and at
 * the end of each line are dots; line breaks and indentation stay. What comes back holds nothing that a terminal
 * obeys, so a student's output cannot paint over a verdict.
 */
export function visible(value: string): string {
  return value
    .split('\n')
    .map((line, index) => markLine(line, index === 0))
    .join('\n');
}
