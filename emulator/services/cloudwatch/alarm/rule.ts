import type { StateValue } from '@aws-sdk/client-cloudwatch';
import { validationError } from '../failures.ts';

/** The rule of a composite alarm. */
export type Rule =
  | { readonly kind: 'state'; readonly state: StateValue; readonly alarm: string }
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'not'; readonly of: Rule }
  | { readonly kind: 'all' | 'any'; readonly parts: readonly Rule[] };

const TOKEN = /\s*(?:(\()|(\))|"((?:[^"\\]|\\.)*)"|([^\s()"]+))/y;
const STATES: readonly string[] = ['OK', 'ALARM', 'INSUFFICIENT_DATA'] satisfies StateValue[];

/**
 * Parses `ALARM(a) AND NOT (OK("b c") OR FALSE)`: API reference of PutCompositeAlarm.
 * @throws ValidationException
 */
export function parseRule(text: string): Rule {
  const tokens: { text: string; quoted: boolean; at: number }[] = [];
  TOKEN.lastIndex = 0;
  const whole = text.trimEnd();
  while (TOKEN.lastIndex < whole.length) {
    const at = TOKEN.lastIndex;
    const found = TOKEN.exec(whole);
    if (found === null) throw refused(at);
    const [, open, close, quoted, word] = found;
    tokens.push({
      text: open ?? close ?? quoted?.replace(/\\(.)/g, '$1') ?? word ?? '',
      quoted: quoted !== undefined,
      at,
    });
  }
  let place = 0;
  const next = (): string | undefined => (tokens[place]?.quoted === true ? undefined : tokens[place]?.text);
  function refused(at = tokens[place]?.at ?? whole.length) {
    return validationError(
      `Invalid value '${text}' for parameter AlarmRule: unexpected input at position ${at + 1}.`,
    );
  }
  const expect = (sign: string): void => {
    if (next() !== sign) throw refused();
    place += 1;
  };
  function chain(kind: 'all' | 'any', word: string, inner: () => Rule): Rule {
    const first = inner();
    const parts = [first];
    while (next() === word) {
      place += 1;
      parts.push(inner());
    }
    return parts.length === 1 ? first : { kind, parts };
  }
  const any = (): Rule => chain('any', 'OR', all);
  const all = (): Rule => chain('all', 'AND', term);
  function term(): Rule {
    const word = next();
    if (word === undefined) throw refused();
    if (word === '(') {
      place += 1;
      const inner = any();
      expect(')');
      return inner;
    }
    if (word === 'NOT') {
      place += 1;
      return { kind: 'not', of: term() };
    }
    if (word === 'TRUE' || word === 'FALSE') {
      place += 1;
      return { kind: 'constant', value: word === 'TRUE' };
    }
    if (!STATES.includes(word)) throw refused();
    place += 1;
    expect('(');
    const alarm = tokens[place];
    if (alarm === undefined || (!alarm.quoted && (alarm.text === ')' || alarm.text === '('))) throw refused();
    place += 1;
    expect(')');
    return { kind: 'state', state: word as StateValue, alarm: alarm.text };
  }
  const rule = any();
  if (place < tokens.length) throw refused();
  return rule;
}

/** Whether a rule holds. @param state the state of an alarm that the rule names */
export function holds(rule: Rule, state: (alarm: string) => StateValue | undefined): boolean {
  switch (rule.kind) {
    case 'constant':
      return rule.value;
    case 'state':
      return state(rule.alarm) === rule.state;
    case 'not':
      return !holds(rule.of, state);
    case 'all':
      return rule.parts.every((part) => holds(part, state));
    case 'any':
      return rule.parts.some((part) => holds(part, state));
  }
}

/** The alarms that a rule names, each once. */
export function alarmsOf(rule: Rule): string[] {
  const found = new Set<string>();
  const walk = (part: Rule): void => {
    if (part.kind === 'state') found.add(part.alarm);
    else if (part.kind === 'not') walk(part.of);
    else if (part.kind !== 'constant') part.parts.forEach(walk);
  };
  walk(rule);
  return [...found];
}
