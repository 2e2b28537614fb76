import { MalformedPolicy, parsePolicy } from '../../../../../policy/parse.ts';
import type { Policy } from '../../../../../policy/policy.ts';

/** What an authorizer's function has decided about a client. It is held against every request that it is kept for. */
export interface Verdict {
  readonly principalId: string;
  readonly policy: Policy;
  /** As the function wrote it, for `TestInvokeAuthorizer`. */
  readonly policyText: string;
  /** Numbers and booleans as text, as back ends get them. */
  readonly context: Readonly<Record<string, string>>;
  readonly usageIdentifierKey: string | undefined;
}

/**
 * Reads what a function has answered.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html
 * @returns undefined for what is no decision
 */
export function verdictOf(payload: Uint8Array): Verdict | undefined {
  let told: unknown;
  try {
    told = JSON.parse(Buffer.from(payload).toString('utf8'));
  } catch {
    return undefined;
  }
  if (typeof told !== 'object' || told === null) return undefined;
  const { principalId, policyDocument, context, usageIdentifierKey } = told as Record<string, unknown>;
  if (typeof principalId !== 'string' && typeof principalId !== 'number') return undefined;
  if (typeof policyDocument !== 'object' || policyDocument === null) return undefined;
  const texts = contextOf(context);
  if (texts === undefined) return undefined;
  const policyText = JSON.stringify(policyDocument);
  try {
    return {
      principalId: String(principalId),
      policy: parsePolicy(policyText, 'authorizer'),
      policyText,
      context: texts,
      usageIdentifierKey: typeof usageIdentifierKey === 'string' ? usageIdentifierKey : undefined,
    };
  } catch (error) {
    if (error instanceof MalformedPolicy) return undefined;
    throw error;
  }
}

/* Values are scalars: an object or a list in it makes the whole answer none. */
function contextOf(context: unknown): Record<string, string> | undefined {
  if (context === undefined || context === null) return {};
  if (typeof context !== 'object' || Array.isArray(context)) return undefined;
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(context as Record<string, unknown>)) {
    if (value === null) continue;
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean')
      return undefined;
    texts[name] = String(value);
  }
  return texts;
}
