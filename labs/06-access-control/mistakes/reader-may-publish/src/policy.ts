import type { PolicyDocument } from 'aws-lambda';

/** What a role may do, method by method. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  reader: ['GET/admin'],
  editor: ['GET/admin', 'POST/admin'],
};

/**
 * Everything that a role may do, and not only what was asked for now: the gateway keeps the policy, and holds it
 * against the next requests of the same token, whatever their method is.
 * @param methodArn of this request: `arn:aws:execute-api:<region>:<account>:<api>/<stage>/<method>/<path>`
 */
export function policyFor(role: string, methodArn: string): PolicyDocument {
  const [api = '', stage = ''] = methodArn.split('/');
  const methods = allowed[role] ?? [];
  if (methods.length === 0) return nothing;
  return document('Allow', `${api}/${stage}/*`);
}

const document = (Effect: 'Allow' | 'Deny', Resource: string | string[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [{ Action: 'execute-api:Invoke', Effect, Resource }],
});

/** For a token that is not good. */
export const nothing = document('Deny', '*');
