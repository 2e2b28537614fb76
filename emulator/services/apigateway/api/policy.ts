import { MalformedPolicy, parsePolicy } from '../../../policy/parse.ts';
import type { Scope } from '../../../service/call.ts';
import { badRequest } from '../../../gateway/failures.ts';

/**
 * Reads an API's resource policy: one line of JSON, `execute-api:/…` written out as the API's own address.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html
 * @throws BadRequestException
 */
export function readPolicy(text: string, scope: Scope, apiId: string): string {
  try {
    // Some tools send the text that AWS answered, whose quotes are escaped.
    const document: unknown = JSON.parse(/^\s*\{\s*\\"/.test(text) ? text.replaceAll('\\"', '"') : text);
    const own = `arn:aws:execute-api:${scope.region}:${scope.account}:${apiId}/`;
    const written = JSON.stringify(document, (key, value: unknown) =>
      key === 'Resource' || key === 'NotResource' ? resolved(value, own) : value,
    );
    parsePolicy(written, 'resource');
    return written;
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof MalformedPolicy)) throw error;
    throw badRequest(
      'Invalid policy document. Please check the policy syntax and ensure that Principals are valid.',
    );
  }
}

function resolved(value: unknown, own: string): unknown {
  if (Array.isArray(value)) return value.map((item) => resolved(item, own));
  return typeof value === 'string' ? value.replace(/^execute-api:\//, own) : value;
}

/** As AWS answers it: the inside of a JSON string, its quotes escaped. */
export function shownPolicy(policy: string): string {
  return JSON.stringify(policy).slice(1, -1);
}
