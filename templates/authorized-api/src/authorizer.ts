import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { readPass } from './pass.ts';

/** The methods that a scope opens. */
const METHODS = new Map([
  ['read', 'GET'],
  ['write', 'POST'],
]);

/** The gateway calls this before the method, with the request but without its body. */
export const handler = async (
  event: APIGatewayRequestAuthorizerEvent,
): Promise<APIGatewayAuthorizerResult> => {
  const token = /^Bearer (.+)$/i.exec(headerOf(event, 'authorization'))?.[1] ?? '';
  const pass = readPass(token, process.env.PUBLIC_KEY ?? '', Date.now() / 1000);
  // Exactly this message is a 401. Any other error is a 500, and a policy that allows nothing is a 403.
  if (pass === undefined) throw new Error('Unauthorized');
  const methods = pass.scopes.flatMap((scope) => METHODS.get(scope) ?? []);
  // The gateway remembers this answer for the whole API: it names all that this pass opens, not just what is asked now.
  const [api = '', stage = ''] = event.methodArn.split('/');
  return {
    principalId: pass.subject,
    policyDocument: {
      Version: '2012-10-17',
      Statement: [
        methods.length === 0
          ? { Effect: 'Deny', Action: 'execute-api:Invoke', Resource: `${api}/${stage}/*` }
          : {
              Effect: 'Allow',
              Action: 'execute-api:Invoke',
              Resource: methods.map((method) => `${api}/${stage}/${method}/*`),
            },
      ],
    },
  };
};

/** A header has the letters that the client chose: `Authorization` and `authorization` are the same. */
function headerOf({ headers }: APIGatewayRequestAuthorizerEvent, name: string): string {
  const [, value] = Object.entries(headers ?? {}).find(([each]) => each.toLowerCase() === name) ?? [];
  return value ?? '';
}
