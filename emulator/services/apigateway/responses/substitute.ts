import { at, valuesOf, written, type Variables } from '../mapping/variables.ts';

/**
 * Puts variables in their places: `$context.error.message`, `${stageVariables.x}`,
 * `$method.request.header.Origin`. A gateway response has nothing else of VTL.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-gateway-responses.responseTemplates.html
 */
export function substituted(template: string, variables: Variables): string {
  return template.replaceAll(
    /\$(?:\{([\w.:-]+)\}|((?:context|stageVariables|method\.request)(?:\.[\w:-]+)+))/g,
    (whole, braced: string | undefined, bare: string | undefined) => {
      const name = braced ?? bare ?? '';
      // `messageString` of a failure that says nothing is JSON's null.
      return isVariable(name) ? (variable(name, variables) ?? '') : whole;
    },
  );
}

const isVariable = (name: string): boolean => /^(context|stageVariables|method\.request)\./.test(name);

/**
 * The value of a response parameter: `'static'`, `context.error.responseType`, `stageVariables.x`,
 * `method.request.header.Origin`.
 * @returns `undefined` where there is none
 */
export function parameterValue(expression: string, variables: Variables): string | undefined {
  if (/^'[^]*'$/.test(expression)) return expression.slice(1, -1);
  return variable(expression, variables);
}

function variable(name: string, { context, stageVariables, request }: Variables): string | undefined {
  const [root = '', ...rest] = name.split('.');
  if (root === 'context') return written(at(context, rest.join('.')));
  if (root === 'stageVariables') return written(at(stageVariables, rest.join('.')));
  const [, place, ...named] = rest;
  const key = named.join('.');
  switch (place) {
    case 'header':
      return valuesOf(request.headers, key, true)?.at(-1);
    case 'querystring':
      return valuesOf(request.query, key, false)?.at(-1);
    case 'path':
      return Object.hasOwn(request.path, key) ? request.path[key] : undefined;
    default:
      return undefined;
  }
}
