import { routeArn, type Passage } from '../passage.ts';

/** The ARN that policies are held against: with the path that the client asked for. */
export const requestedArn = (passage: Passage): string =>
  routeArn(passage, `${passage.request.method}${passage.request.rawPath}`);

/** Condition keys that hold for a request from anywhere but a VPC. */
export function conditionsOf({ context }: Passage): Record<string, string> {
  const { sourceIp, userAgent } = context.identity;
  return {
    'aws:SourceIp': sourceIp,
    'aws:SecureTransport': 'false',
    'aws:CurrentTime': new Date(context.requestTimeEpoch).toISOString(),
    'aws:EpochTime': String(Math.floor(context.requestTimeEpoch / 1000)),
    ...(typeof userAgent === 'string' && { 'aws:UserAgent': userAgent }),
  };
}
