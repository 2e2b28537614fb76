import { invalidTemplate } from '../failures.ts';
import { type Obj, isIntrinsic, isList, isNothing, isObj, isText, ref } from '../json.ts';

export const ANY = 'x-amazon-apigateway-any-method';
export const INTEGRATION = 'x-amazon-apigateway-integration';

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', ANY];

/** A method as OpenAPI writes it. */
export const methodName = (method: unknown): string => {
  const name = String(method).toLowerCase();
  return name === 'any' ? ANY : name;
};

export const isMethod = (name: string): boolean => METHODS.includes(name.toLowerCase());

/** The maps that stand at a path or a method: one, or one for each branch of a condition. */
export function branches(value: unknown): unknown[] {
  if (isObj(value) && isIntrinsic(value) && isList(value['Fn::If']))
    return value['Fn::If'].slice(1).filter((one) => !(isObj(one) && one['Ref'] === 'AWS::NoValue'));
  return [value];
}

export const pathsOf = (body: Obj): Obj => {
  const paths = body['paths'];
  return isObj(paths) ? paths : {};
};

/** The methods' maps of a path, checked as the transform checks them. */
export function pathItems(body: Obj, path: string): Obj[] {
  return branches(pathsOf(body)[path])
    .filter((one) => !(isObj(one) && one['Ref'] === 'AWS::NoValue'))
    .map((item) => {
      if (!isObj(item))
        throw invalidTemplate(`Value of '${path}' path must be a dictionary according to Swagger spec.`);
      return item;
    });
}

/** The operations of a body: path, method, and the map of each. */
export function* operations(body: Obj): Generator<{ path: string; method: string; operation: Obj }> {
  for (const path of Object.keys(pathsOf(body)))
    for (const item of pathItems(body, path))
      for (const [method, written] of Object.entries(item)) {
        if (!isMethod(method)) continue;
        for (const operation of branches(written)) {
          if (isObj(operation) && operation['Ref'] === 'AWS::NoValue') continue;
          if (!isObj(operation))
            throw invalidTemplate(`Definition of method '${method}' for path '${path}' should be a map.`);
          yield { path, method: methodName(method), operation };
        }
      }
}

/** Makes sure that a path has a method. */
export function addPath(body: Obj, path: string, method?: string): void {
  const paths = pathsOf(body);
  body['paths'] = paths;
  if (isNothing(paths[path])) paths[path] = {};
  if (method === undefined) return;
  for (const item of pathItems(body, path)) item[method] ??= {};
}

/** The operation's maps at a path and method; none where there is no such method. */
export function operationsAt(body: Obj, path: string, method: string): Obj[] {
  if (!(path in pathsOf(body))) return [];
  return pathItems(body, path).flatMap((item) => {
    const key = Object.keys(item).find((one) => methodName(one) === method);
    return key === undefined ? [] : branches(item[key]).filter(isObj);
  });
}

export function hasIntegration(body: Obj, path: string, method: string): boolean {
  return operationsAt(body, path, method).some((one) => INTEGRATION in one);
}

/** Puts what stands under a key on a condition. */
export const onCondition = (condition: unknown, value: unknown): Obj => ({
  'Fn::If': [condition, value, ref('AWS::NoValue')],
});

/** Puts an operation on the condition of the function that it calls. */
export function conditionMethod(body: Obj, path: string, method: string, condition: unknown): void {
  for (const item of pathItems(body, path)) {
    const key = Object.keys(item).find((one) => methodName(one) === method);
    if (key !== undefined) item[key] = onCondition(condition, item[key]);
  }
}

/** The parameters that a path names in braces. */
export const pathParameters = (path: string): string[] =>
  [...path.matchAll(/\{([^{}+]+)\+?\}/g)].map((found) => found[1] ?? '');

export const isOpenApi3 = (body: Obj): boolean => isText(body['openapi']) && /^3\.\d/.test(body['openapi']);

/** Whether a body is one that can be edited. */
export const isEditable = (body: unknown): body is Obj =>
  isObj(body) &&
  isObj(body['paths']) &&
  (body['swagger'] === '2.0' ||
    body['swagger'] === 2 ||
    (isText(body['openapi']) && /^[23](\.\d){1,2}/.test(body['openapi'])));

export const emptySwagger = (): Obj => ({
  swagger: '2.0',
  info: { version: '1.0', title: ref('AWS::StackName') },
  paths: {},
});

export const emptyOpenApi = (): Obj => ({
  openapi: '3.0.1',
  info: { version: '1.0', title: ref('AWS::StackName') },
  paths: {},
});
