import { members } from '../../wording/members.ts';

/**
 * Where a function's result breaks what API Gateway takes: the answer to the client is then 502.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-output-format
 */
export type Breach =
  | { readonly kind: 'notObject' | 'empty' | 'body' }
  | { readonly kind: 'unknown'; readonly names: readonly string[] }
  | { readonly kind: 'status'; readonly value: unknown }
  | { readonly kind: 'lists'; readonly name: string };

const known = new Set(['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded']);

/** @returns undefined for a result that is in order */
export function breachOf(result: unknown): Breach | undefined {
  if (typeof result !== 'object' || result === null || Array.isArray(result)) return { kind: 'notObject' };
  const names = Object.keys(result);
  if (names.length === 0) return { kind: 'empty' };
  const { statusCode, multiValueHeaders, body } = members(result);
  if (typeof body === 'object' && body !== null) return { kind: 'body' };
  const unknown = names.filter((name) => !known.has(name));
  if (unknown.length > 0) return { kind: 'unknown', names: unknown };
  const whole = typeof statusCode === 'number' && Number.isInteger(statusCode);
  const digits = typeof statusCode === 'string' && /^\d{3}$/.test(statusCode);
  if (statusCode !== undefined && statusCode !== null && !whole && !digits)
    return { kind: 'status', value: statusCode };
  for (const [name, values] of Object.entries(members(multiValueHeaders)))
    if (values !== null && !Array.isArray(values)) return { kind: 'lists', name };
  return undefined;
}
