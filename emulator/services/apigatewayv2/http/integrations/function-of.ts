import { functionTarget, type FunctionTarget } from '../../../../gateway/functions/function.ts';

/** A function as an HTTP API names it: by its own ARN, or by a URI as REST APIs have it. */
export function functionOf(
  uri: string | undefined,
  variables: Readonly<Record<string, string>>,
): FunctionTarget | undefined {
  return /^arn:aws[\w-]*:lambda:/.test(uri ?? '')
    ? functionTarget(`arn:aws:apigateway:::lambda:path/functions/${uri ?? ''}/invocations`, variables)
    : functionTarget(uri, variables);
}
