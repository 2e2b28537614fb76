import type { AuthorizerDefinition } from '../../../definition/definition.ts';
import { at, valuesOf, written } from '../../../mapping/variables.ts';
import type { Passage } from '../../passage.ts';

/** What an authorizer knows a client by: the value of each of its sources, `undefined` where one is missing. */
export function identityOf(
  { identitySource = '' }: AuthorizerDefinition,
  { variables }: Pick<Passage, 'variables'>,
): readonly (string | undefined)[] {
  if (identitySource.trim() === '') return [];
  return identitySource.split(',').map((source) => {
    const value = valueOf(source.trim(), variables);
    return value === undefined || value === '' ? undefined : value;
  });
}

function valueOf(
  source: string,
  { request, context, stageVariables }: Passage['variables'],
): string | undefined {
  const [, place, name = ''] =
    /^(method\.request\.(?:multivalue)?(?:header|querystring)|stageVariables|context)\.(.+)$/.exec(source) ??
    [];
  switch (place) {
    case 'method.request.header':
      return valuesOf(request.headers, name, true)?.at(-1);
    case 'method.request.multivalueheader':
      return valuesOf(request.headers, name, true)?.join(',');
    case 'method.request.querystring':
      return valuesOf(request.query, name, false)?.at(-1);
    case 'method.request.multivaluequerystring':
      return valuesOf(request.query, name, false)?.join(',');
    case 'stageVariables':
      return Object.hasOwn(stageVariables, name) ? stageVariables[name] : undefined;
    case 'context':
      return written(at(context, name));
    default:
      return undefined;
  }
}

const expressions = new Map<string, RegExp | undefined>();

/** Whether a token is of the form that its authorizer asks for. */
export function isOfForm(expression: string | undefined, token: string): boolean {
  if (expression === undefined || expression === '') return true;
  if (!expressions.has(expression)) {
    if (expressions.size > 1000) expressions.clear();
    expressions.set(expression, read(expression));
  }
  return expressions.get(expression)?.test(token) === true;
}

function read(expression: string): RegExp | undefined {
  try {
    return new RegExp(expression);
  } catch {
    return undefined;
  }
}
