import * as schemas from '@aws-sdk/client-api-gateway/dist-es/schemas/schemas_0.js';
import type { RunningService } from '../../service/service.ts';
import type { Scope } from '../../service/call.ts';
import { modelOf, type Model } from '../../wire/schema/model.ts';
import type { ApiGateway } from './client.ts';
import type { ApiGatewayPort } from './port.ts';

type Running = RunningService<ApiGateway, ApiGatewayPort>;

let model: Model | undefined;

/**
 * What role sessions are allowed or refused on: the path of the request, as in
 * `arn:aws:apigateway:us-east-1::/restapis/abc123/stages`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-iam-policy-examples.html
 */
export function resourceNames(operations: Running['operations']): NonNullable<Running['resources']> {
  return Object.fromEntries(
    Object.keys(operations).map((name) => [
      name,
      (input: object, scope: Scope) => `arn:aws:apigateway:${scope.region}::${pathOf(name, input)}`,
    ]),
  );
}

function pathOf(operation: string, input: object): string {
  model ??= modelOf(schemas as Readonly<Record<string, unknown>>);
  const { http, input: shape } = model.operations.get(operation) ?? {};
  const [uri = '/'] = (http?.uri ?? '/').split('?');
  const values = input as Readonly<Record<string, unknown>>;
  return (shape?.members ?? []).reduce((path, { name }) => {
    const value = values[name];
    return typeof value === 'string' ? path.replace(`{${name}}`, () => value) : path;
  }, uri);
}
