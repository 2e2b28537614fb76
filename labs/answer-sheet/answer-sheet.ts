import { existsSync, readFileSync, statSync } from 'node:fs';
import { parse, YAMLParseError } from 'yaml';

/** What a student's file of answers holds. */
export type AnswerSheet =
  | { readonly kind: 'missing' }
  /** No YAML, or nothing that answers could be. `line` counts from 1. */
  | { readonly kind: 'invalid'; readonly line: number; readonly why: string }
  | { readonly kind: 'read'; readonly value: unknown };

/** Bytes: answers are words and figures. */
const largest = 64 * 1024;
/** Levels, far beyond what answers need. A parser calls itself for each, and Node.js has only so much stack. */
const deepest = 50;

/** Reads a file of answers. What is not YAML is the student's mistake, never an error. */
export function readAnswerSheet(path: string): AnswerSheet {
  if (!existsSync(path)) return { kind: 'missing' };
  if (statSync(path).size > largest)
    return { kind: 'invalid', line: 1, why: `The file has more than ${largest / 1024} KB.` };
  return parseAnswerSheet(readFileSync(path, 'utf8'));
}

/** Reads the text of a file of answers. */
export function parseAnswerSheet(source: string): Exclude<AnswerSheet, { readonly kind: 'missing' }> {
  const deep = source.split('\n').findIndex((line) => levels(line) > deepest);
  if (deep >= 0) return { kind: 'invalid', line: deep + 1, why: 'Answers do not nest this deep.' };
  try {
    return { kind: 'read', value: parse(source) };
  } catch (error) {
    if (error instanceof YAMLParseError)
      return { kind: 'invalid', line: error.linePos?.[0].line ?? 1, why: error.message.trimEnd() };
    // An alias that multiplies itself, or one that names nothing.
    if (error instanceof ReferenceError) return { kind: 'invalid', line: 1, why: error.message };
    throw error;
  }
}

/* From above: blanks that indent, markers of lists and keys, and brackets, also such as stand within a text. */
function levels(line: string): number {
  const lead = /^(?:[ \t]|[-?:](?=[ \t]))*/.exec(line)?.[0] ?? '';
  return Math.ceil(lead.length / 2) + (line.match(/[[{]/g)?.length ?? 0);
}
