import type { Scope } from '../service/call.ts';
import { modelOf, type Model } from '../wire/schema/model.ts';

/** The name of what an operation asks for. */
type ResourceName = (input: object, scope: Scope) => string;

const models = new WeakMap<object, Model>();

/**
 * What role sessions are allowed or refused on: the path of the request, as in
 * `arn:aws:apigateway:us-east-1::/restapis/abc123/stages`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-iam-policy-examples.html
 * @param schemas those of the client; read when the first session asks
 */
export function resourceNames(
  operations: object,
  schemas: Readonly<Record<string, unknown>>,
): Readonly<Record<string, ResourceName>> {
  return Object.fromEntries(
    Object.keys(operations).map((name): [string, ResourceName] => [
      name,
      (input, scope) => `arn:aws:apigateway:${scope.region}::${pathOf(schemas, name, input)}`,
    ]),
  );
}

function pathOf(schemas: Readonly<Record<string, unknown>>, operation: string, input: object): string {
  let model = models.get(schemas);
  if (model === undefined) models.set(schemas, (model = modelOf(schemas)));
  const { http, input: shape } = model.operations.get(operation) ?? {};
  // The second version's paths begin with a step that names of resources do not have.
  const [uri = '/'] = (http?.uri ?? '/').replace(/^\/v2\//, '/').split('?');
  const values = input as Readonly<Record<string, unknown>>;
  return (shape?.members ?? []).reduce((path, { name }) => {
    const value = values[name];
    return typeof value === 'string' ? path.replace(`{${name}}`, () => value) : path;
  }, uri);
}
