import { isoSeconds } from '../putting/event.ts';
import { parseJsonPath, valueAt } from './json-path.ts';

/** What an input transformer works with. */
export interface Material {
  /** The event as it is delivered. */
  readonly event: Readonly<Record<string, unknown>>;
  readonly ruleArn: string;
  readonly ruleName: string;
  /** ms since 1970 */
  readonly ingested: number;
}

/* https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html#eb-transform-input-predefined */
export const PREDEFINED: Readonly<Record<string, (material: Material) => unknown>> = {
  'aws.events.rule-arn': ({ ruleArn }) => ruleArn,
  'aws.events.rule-name': ({ ruleName }) => ruleName,
  'aws.events.event.ingestion-time': ({ ingested }) => isoSeconds(ingested),
  // The event without its detail; members named and ordered as recorded.
  'aws.events.event': ({ event }) => ({
    id: event['id'],
    account: event['account'],
    detailType: event['detail-type'],
    time: event['time'],
    source: event['source'],
    region: event['region'],
    resources: event['resources'],
    version: event['version'],
  }),
  'aws.events.event.json': ({ event }) => event,
};

/** A piece of a template. */
type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'variable'; readonly name: string; readonly quoted: boolean };

/** A template in pieces: its variables stand in `<…>`, inside or outside of a JSON text. */
export function parseTemplate(template: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let text = '';
  let quoted = false;
  for (let at = 0; at < template.length; at++) {
    const mark = template.charAt(at);
    const name = mark === '<' ? /^<([^<>\s"]+)>/.exec(template.slice(at, at + 300))?.[1] : undefined;
    if (name !== undefined) {
      pieces.push({ kind: 'text', text }, { kind: 'variable', name, quoted });
      text = '';
      at += name.length + 1;
      continue;
    }
    if (mark === '\\' && quoted) {
      text += mark + template.charAt(at + 1);
      at++;
      continue;
    }
    if (mark === '"') quoted = !quoted;
    text += mark;
  }
  return [...pieces, { kind: 'text', text }];
}

/** The names of a template's variables. */
export function variablesOf(template: string): string[] {
  return parseTemplate(template).flatMap((piece) => (piece.kind === 'variable' ? [piece.name] : []));
}

/** Whether a template is JSON once its variables have values; each line may be a JSON text of its own. */
export function isJsonTemplate(template: string): boolean {
  const filled = parseTemplate(template)
    .map((piece) => (piece.kind === 'text' ? piece.text : piece.quoted ? '' : 'null'))
    .join('');
  return isJson(filled) || filled.split('\n').every((line) => line.trim() === '' || isJson(line));
}

/**
 * Fills a template. Outside of a text a variable becomes JSON, and what is missing an empty text (recorded); inside
 * of one it becomes its text, an object without its quotes.
 */
export function transform(
  paths: Readonly<Record<string, string>>,
  template: string,
  material: Material,
): string {
  const value = (name: string): unknown => {
    const own = paths[name];
    if (own === undefined) return PREDEFINED[name]?.(material);
    const path = parseJsonPath(own);
    return path === undefined ? undefined : valueAt(path, material.event);
  };
  return parseTemplate(template)
    .map((piece) => {
      if (piece.kind === 'text') return piece.text;
      const found = value(piece.name) ?? '';
      if (!piece.quoted) return JSON.stringify(found);
      return typeof found === 'string'
        ? JSON.stringify(found).slice(1, -1)
        : JSON.stringify(found).replaceAll('"', '');
    })
    .join('');
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
