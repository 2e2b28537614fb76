import { inJson, json } from '../../../../gateway/json.ts';

/** Finds what a variable stands for, by its name: `request.body.action`. */
export type Lookup = (name: string) => unknown;

/**
 * What a selection expression selects: text in which `$request.body.action` or `${request.body.action}` stand for
 * something else, and `\$` for a dollar sign. A variable that leads nowhere, or to a list or an object, is empty.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-selection-expressions.html
 */
export function selected(expression: string, lookup: Lookup): string {
  return expression.replaceAll(
    /\\\$|\$\{([^}]*)\}|\$([a-z][\w.[\]-]*)/gi,
    (whole, braced?: string, bare?: string) => {
      const name = braced ?? bare;
      if (name === undefined) return '$';
      // A key is not a variable, though it begins like one.
      if (whole === '$default') return whole;
      const found = lookup(name);
      return typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean'
        ? String(found)
        : '';
    },
  );
}

const PREDEFINED: ReadonlySet<string> = new Set(['$connect', '$disconnect', '$default']);

/**
 * The key that a message asks for. Whatever is no JSON object asks for nothing, and so do the names of the gateway's
 * own routes: no message connects or disconnects.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-develop-routes.html
 */
export function routeKeyOf(expression: string, message: string): string | undefined {
  const body = json(message);
  if (typeof body !== 'object' || body === null) return undefined;
  const key = selected(expression, (name) => {
    const [, path] = /^request\.body\.(.+)$/.exec(name) ?? [];
    return path === undefined ? undefined : inJson(body, path);
  });
  return key === '' || PREDEFINED.has(key) ? undefined : key;
}
