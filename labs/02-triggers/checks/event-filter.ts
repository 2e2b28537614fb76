import { members } from '../../wording/members.ts';

/*
 * Whether filters of an event source mapping pass a record with an event name. Lambda's filters are EventBridge
 * patterns (Lambda developer guide, "Control which events Lambda sends to your function"); here only what they ask
 * of `eventName` is looked at.
 */

type EventName = 'INSERT' | 'MODIFY' | 'REMOVE';
export const eventNames: readonly EventName[] = ['INSERT', 'MODIFY', 'REMOVE'];

/**
 * @param patterns JSON texts; a record passes if one of them matches
 * @returns undefined where a pattern uses something that is not known here: then only what happens can tell
 */
export function passes(patterns: readonly string[], eventName: EventName): boolean | undefined {
  if (patterns.length === 0) return true;
  const answers = patterns.map((pattern) => matches(members(parsed(pattern)), eventName));
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}

function matches(pattern: Readonly<Partial<Record<string, unknown>>>, name: EventName): boolean | undefined {
  if ('$or' in pattern) return undefined;
  if (!('eventName' in pattern)) return true;
  const wanted = pattern.eventName;
  if (!Array.isArray(wanted)) return undefined;
  const answers = wanted.map((one: unknown) => matchesOne(one, name));
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}

function matchesOne(one: unknown, name: EventName): boolean | undefined {
  if (typeof one === 'string') return one === name;
  const [[operator, value] = ['', undefined]] = Object.entries(members(one));
  switch (operator) {
    case 'prefix':
      return typeof value === 'string' ? name.startsWith(value) : undefined;
    case 'suffix':
      return typeof value === 'string' ? name.endsWith(value) : undefined;
    case 'exists':
      return value === true;
    case 'equals-ignore-case':
      return typeof value === 'string' ? name.toLowerCase() === value.toLowerCase() : undefined;
    case 'anything-but':
      if (typeof value === 'string') return value !== name;
      return Array.isArray(value) ? !value.includes(name) : undefined;
    default:
      return undefined;
  }
}

function parsed(pattern: string): unknown {
  try {
    return JSON.parse(pattern) as unknown;
  } catch {
    return {};
  }
}
