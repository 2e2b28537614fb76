import type { Passage } from '../passage.ts';

/** The ARN of what is asked for, as authorizers and policies name it: with the path that the client asked for. */
export function methodArn({ scope, context, request }: Passage): string {
  const { account, region } = scope;
  return `arn:aws:execute-api:${region}:${account}:${context.apiId}/${context.stage}/${context.httpMethod}${request.rawPath}`;
}

/** As AWS shows it to clients. */
export const maskedArn = (arn: string): string => arn.replace(/:\d{8}(\d{4}):/, ':********$1:');
