import { json } from '../../../../gateway/json.ts';
import { verdictOf as policyVerdict } from '../../../apigateway/execution/access/lambda-authorizer/verdict.ts';
import type { Policy } from '../../../../policy/policy.ts';

/** What an authorizer's function has decided about a client. */
export interface Verdict {
  /** `true` and `false`: for everything; a policy is held against every request that it is kept for. */
  readonly allows: boolean | Policy;
  /** What goes on to the back end. */
  readonly context: Readonly<Record<string, unknown>>;
}

/**
 * Reads what a function has answered.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html
 * @param simple whether the authorizer was set up for simple responses
 * @returns undefined for what is no decision
 */
export function readVerdict(payload: Uint8Array, simple: boolean): Verdict | undefined {
  const told = json(payload);
  if (typeof told !== 'object' || told === null) return undefined;
  const { context = {}, isAuthorized } = told as Record<string, unknown>;
  const own = typeof context === 'object' && context !== null && !Array.isArray(context) ? context : {};
  if (simple)
    return typeof isAuthorized === 'boolean'
      ? { allows: isAuthorized, context: own as Record<string, unknown> }
      : undefined;
  // Its context is the caller's own to shape here: format 2.0 takes objects and lists too.
  const plain = { ...told, context: {} };
  const verdict = policyVerdict(Buffer.from(JSON.stringify(plain)));
  if (verdict === undefined) return undefined;
  return { allows: verdict.policy, context: own as Record<string, unknown> };
}
