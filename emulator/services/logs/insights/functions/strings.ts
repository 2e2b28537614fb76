import { asNumber, asText, type Value } from '../value.ts';
import { between, fixed, flag, type QueryFunction } from './function.ts';

const ofText = (change: (text: string) => Value): QueryFunction =>
  fixed(1, ([input = null]) => (input === null ? null : change(asText(input))));

/** Takes characters (blanks where none are given) off one end or both. */
const trimming = (start: boolean, end: boolean): QueryFunction =>
  between(1, 2, ([input = null, characters = null]) => {
    if (input === null) return null;
    const text = asText(input);
    const set = characters === null ? undefined : new Set(asText(characters));
    const drops = (character: string): boolean =>
      set === undefined ? /\s/.test(character) : set.has(character);
    let from = 0;
    let to = text.length;
    while (start && from < to && drops(text[from] ?? '')) from += 1;
    while (end && to > from && drops(text[to - 1] ?? '')) to -= 1;
    return text.slice(from, to);
  });

/** CloudWatch Logs User Guide, "String functions". */
export const stringFunctions: Readonly<Record<string, QueryFunction>> = {
  isempty: fixed(1, ([input = null]) => flag(input === null || asText(input) === '')),
  isblank: fixed(1, ([input = null]) => flag(input === null || asText(input).trim() === '')),
  concat: between(1, Infinity, (inputs) => inputs.map(asText).join('')),
  ltrim: trimming(true, false),
  rtrim: trimming(false, true),
  trim: trimming(true, true),
  strlen: ofText((text) => Array.from(text).length),
  toupper: ofText((text) => text.toUpperCase()),
  tolower: ofText((text) => text.toLowerCase()),
  substr: between(2, 3, ([input = null, start = null, length = null]) => {
    const from = asNumber(start);
    if (input === null || from === undefined) return null;
    const count = asNumber(length);
    return asText(input).slice(from, count === undefined ? undefined : from + count);
  }),
  replace: fixed(3, ([input = null, search = null, by = null]) =>
    input === null || search === null ? null : asText(input).replaceAll(asText(search), () => asText(by)),
  ),
  strcontains: fixed(2, ([input = null, search = null]) =>
    flag(input !== null && search !== null && asText(input).includes(asText(search))),
  ),
};
