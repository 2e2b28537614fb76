import { decide } from '../../../../policy/decide.ts';
import type { Decision, Requester } from '../../../../policy/policy.ts';
import { GatewayFailure } from '../exchange.ts';
import type { Passage } from '../passage.ts';
import { maskedArn, methodArn } from './arn.ts';

/** What an API's own policy says of a request; undefined where it has none. */
export function resourcePolicySays(passage: Passage, requester: Requester): Decision['decision'] | undefined {
  const { policy } = passage.api;
  if (policy === undefined) return undefined;
  if (policy === 'unreadable') return 'implicitDeny';
  const resource = methodArn(passage);
  const context = conditionsOf(passage);
  return decide([policy], { requester, action: 'execute-api:Invoke', resource, context }).decision;
}

/** Condition keys that hold for a request from anywhere but a VPC. */
export function conditionsOf({ context }: Passage): Record<string, string> {
  return {
    'aws:SourceIp': context.identity.sourceIp,
    'aws:SecureTransport': 'false',
    'aws:CurrentTime': new Date(context.requestTimeEpoch).toISOString(),
    'aws:EpochTime': String(Math.floor(context.requestTimeEpoch / 1000)),
    ...(context.identity.userAgent === null ? {} : { 'aws:UserAgent': context.identity.userAgent }),
  };
}

/** @param who the ARN of who asks, or `anonymous` */
export function deniedByPolicy(passage: Passage, who: string, explicit: boolean): GatewayFailure {
  const why = explicit
    ? 'with an explicit deny in a resource-based policy'
    : 'because no resource-based policy allows the execute-api:Invoke action';
  return new GatewayFailure('ACCESS_DENIED', deniedText(passage, who, why));
}

export function deniedText(passage: Passage, who: string, why: string): string {
  return `User: ${who} is not authorized to perform: execute-api:Invoke on resource: ${maskedArn(methodArn(passage))} ${why}`;
}
