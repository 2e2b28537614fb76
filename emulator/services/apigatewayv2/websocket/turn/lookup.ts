import { inJson, json } from '../../../../gateway/json.ts';
import { at, valuesOf } from '../../../../gateway/values.ts';
import type { Variables } from '../../../apigateway/mapping/variables.ts';
import type { Lookup } from '../routes/selection.ts';

/** What selection expressions of a turn may name: its request, `$context` and the stage's variables. */
export function lookupIn({ request, context, stageVariables }: Variables): Lookup {
  let body: { readonly value: unknown } | undefined;
  return (name) => {
    const [, root = '', path = ''] =
      /^(request\.(?:body|header|querystring)|context|stageVariables)\.(.+)$/.exec(name) ?? [];
    switch (root) {
      case 'request.body':
        return inJson((body ??= { value: json(request.body) }).value, path);
      case 'request.header':
        return valuesOf(request.headers, path, true)?.at(-1);
      case 'request.querystring':
        return valuesOf(request.query, path, false)?.at(-1);
      case 'context':
        return at(context, path);
      case 'stageVariables':
        return Object.hasOwn(stageVariables, path) ? stageVariables[path] : undefined;
      default:
        return undefined;
    }
  };
}
