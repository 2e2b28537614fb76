/*
 * AWS models write patterns for Java. This file is also loaded by tooling/limits.mjs, which leaves out what cannot be
 * translated, so it imports nothing.
 */

/** What Java's POSIX and other named classes stand for inside brackets. */
const classes: Readonly<Record<string, string>> = {
  Alpha: 'a-zA-Z',
  Digit: '0-9',
  Alnum: 'a-zA-Z0-9',
  Upper: 'A-Z',
  Lower: 'a-z',
  Punct: '!-\\/:-@\\[-`\\{-~',
  Graph: '!-~',
  Print: ' -~',
  Blank: ' \\t',
  Cntrl: '\\x00-\\x1f\\x7f',
  XDigit: '0-9a-fA-F',
  Space: ' \\t\\n\\x0b\\f\\r',
  ASCII: '\\x00-\\x7f',
};

/**
 * Modelled patterns that backtrack for ever over texts of a few dozen characters (a blank is of both their classes),
 * and what says the same in one pass.
 */
const equivalents: Readonly<Record<string, string>> = {
  // EventBridge, values of headers: printable text with blanks around and within, at least one of it no tab.
  '^[ \\t]*[\\x20-\\x7E]+([ \\t]+[\\x20-\\x7E]+)*[ \\t]*$': '\\t*[\\x20-\\x7E][\\t\\x20-\\x7E]*',
};

/**
 * An expression that is true of a whole value where the modelled pattern is.
 * @returns undefined for what JavaScript cannot say (possessive quantifiers, intersections of classes)
 */
export function compilePattern(pattern: string): RegExp | undefined {
  const source = translate(equivalents[pattern] ?? pattern);
  if (source === undefined) return undefined;
  // Classes by Unicode property need the flag, which refuses the escapes that other models are full of.
  const flags = /\\[pP]\{|\\u\{|[\u{10000}-\u{10ffff}]/u.test(source) ? ['us', 's'] : ['s', 'us'];
  for (const flag of flags) {
    try {
      return new RegExp(`^(?:${flag === 'us' ? plainEscapes(source) : source})$`, flag);
    } catch {
      continue;
    }
  }
  return undefined;
}

function translate(pattern: string): string | undefined {
  // Possessive quantifiers, atomic groups and class intersections: Java alone has them.
  const operators = pattern
    .replaceAll(/\\[pP]\{[^}]*\}|\\./g, '_')
    .replaceAll(/\[[^\]]*\]/g, (brackets) => (brackets.includes('&&') ? '&&' : '_'));
  if (/[+*?}]\+|\(\?>|&&/.test(operators)) return undefined;
  return pattern
    .replaceAll(/\\p\{(?:Is|Java)?([A-Z][A-Za-z]+)\}/g, (whole, name: string, at: number) => {
      const range = classes[name];
      if (range === undefined) return whole.replace('{Is', '{').replace('{Java', '{');
      return insideBrackets(pattern, at) ? range : `[${range}]`;
    })
    .replaceAll('\\x{', '\\u{')
    .replaceAll('\\A', '')
    .replaceAll(/\\[zZ]/g, '')
    .replaceAll(/\\h/g, '[ \\t]');
}

function insideBrackets(pattern: string, at: number): boolean {
  let inside = false;
  for (let index = 0; index < at; index++) {
    const char = pattern[index];
    if (char === '\\') index++;
    else if (char === '[') inside = true;
    else if (char === ']') inside = false;
  }
  return inside;
}

/** With the Unicode flag only operators may be escaped; and a hyphen after a class must be. */
function plainEscapes(source: string): string {
  return source
    .replaceAll(/\\([^\w^$\\.*+?()[\]{}|/-])/g, '$1')
    .replaceAll(/\\([_])/g, '$1')
    .replaceAll(/(\\[dswDSW]|\\[pP]\{[^}]*\})-(?!\])/g, '$1\\-');
}
