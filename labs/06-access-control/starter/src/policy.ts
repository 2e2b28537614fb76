import type { PolicyDocument } from 'aws-lambda';

/**
 * What a role may do. A reader may `GET /admin`, an editor may `GET /admin` and `POST /admin`, nobody else may anything.
 *
 * Gap 6: this allows nothing yet. The gateway keeps the policy, and holds it against the next requests of the same
 * token, whatever their method is.
 * @param methodArn of this request: `arn:aws:execute-api:<region>:<account>:<api>/<stage>/<method>/<path>`
 */
export function policyFor(role: string, methodArn: string): PolicyDocument {
  return nothing;
}

const document = (Effect: 'Allow' | 'Deny', Resource: string | string[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [{ Action: 'execute-api:Invoke', Effect, Resource }],
});

/** For a token that is not good. */
export const nothing = document('Deny', '*');
