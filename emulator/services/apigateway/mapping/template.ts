import type { RequestContext } from '../execution/exchange.ts';
import { utilHost } from './escape.ts';
import { inputHost } from './input.ts';
import { fromPlain, tableOf, toPlain } from './json/convert.ts';
import type { Variables } from './variables.ts';
import { Budget } from './velocity/budget.ts';
import { evaluate } from './velocity/evaluate.ts';
import type { Program } from './velocity/ast.ts';
import { parseTemplate } from './velocity/parse.ts';
import type { Table, Value } from './velocity/value.ts';

export { TemplateFailure, type TemplateFailureKind } from './velocity/failure.ts';

export interface Rendered {
  readonly text: string;
  /** What the template set of `$context.requestOverride`; empty where it set nothing. */
  readonly requestOverride: Readonly<Record<'header' | 'querystring' | 'path', Override>>;
  /** What it set of `$context.responseOverride`. */
  readonly responseOverride: { readonly status: number | undefined; readonly header: Override };
}

/** A name's value, or its values where the template set a list. */
export type Override = Readonly<Record<string, string | readonly string[]>>;

/**
 * Renders a mapping template: `$input`, `$context`, `$stageVariables`, `$util`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings.html
 * @param body what is transformed: the client's body for a request, the back end's for a response
 * @throws TemplateFailure the template never hangs and never throws anything else
 */
export function renderTemplate(template: string, body: string, variables: Variables): Rendered {
  const program = compiled(template);
  const budget = new Budget();
  const { names } = program;
  const context = names.has('context') ? contextTable(variables.context) : new Map<string, Value>();
  const known = new Map<string, Value>([['context', context]]);
  if (names.has('input')) known.set('input', inputHost(body, variables.request, budget));
  if (names.has('util')) known.set('util', utilHost(budget));
  if (names.has('stageVariables')) known.set('stageVariables', tableOf(variables.stageVariables));
  const text = evaluate(program, known, budget);
  const request = context.get('requestOverride');
  const response = context.get('responseOverride');
  return {
    text,
    requestOverride: {
      header: override(request, 'header'),
      querystring: override(request, 'querystring'),
      path: override(request, 'path'),
    },
    responseOverride: { status: status(response), header: override(response, 'header') },
  };
}

/**
 * Checks a template as far as that goes without a request.
 * @throws TemplateFailure of kind `syntax` or `limit`
 */
export function checkTemplate(template: string): void {
  compiled(template);
}

const programs = new Map<string, Program>();
let kept = 0;

/** A deployment's templates are parsed once; what is kept stays below some megabytes of text. */
function compiled(template: string): Program {
  const known = programs.get(template);
  if (known !== undefined) return known;
  const program = parseTemplate(template);
  kept += template.length;
  if (kept > 4_000_000) {
    programs.clear();
    kept = template.length;
  }
  programs.set(template, program);
  return program;
}

/** `$context`, with places for what a template may set. */
function contextTable(context: RequestContext): Table {
  const table = fromPlain(context) as Table;
  const place = (parent: Table, name: string): Table => {
    const found = parent.get(name);
    if (found instanceof Map) return found;
    const made: Table = new Map();
    parent.set(name, made);
    return made;
  };
  const request = place(table, 'requestOverride');
  for (const name of ['header', 'querystring', 'path']) place(request, name);
  place(place(table, 'responseOverride'), 'header');
  return table;
}

function override(of: Value | undefined, name: string): Override {
  const set = of instanceof Map ? of.get(name) : undefined;
  if (!(set instanceof Map)) return {};
  return Object.fromEntries(
    [...set].map(([key, value]) => {
      const plain = toPlain(value);
      return [key, Array.isArray(plain) ? plain.map(textOf) : textOf(plain)];
    }),
  );
}

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : value === null || value === undefined ? '' : JSON.stringify(value);

function status(response: Value | undefined): number | undefined {
  const set = response instanceof Map ? response.get('status') : undefined;
  const number = Number(toPlain(set ?? null) ?? NaN);
  return Number.isInteger(number) && number >= 100 && number <= 599 ? number : undefined;
}
