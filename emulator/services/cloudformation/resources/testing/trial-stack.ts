import { startCloud } from '../../../../start.ts';
import type { RunningCloud } from '../../../../start.ts';
import type { Acting } from '../../../../service/inner-calls.ts';
import { ServiceFailure } from '../../../../service/failure.ts';
import type { Json } from '../../../../state/state.ts';
import { physicalName } from '../names/physical-name.ts';
import { ResourceFailure } from '../resource-type.ts';
import type { ResourceWork } from '../resource-type.ts';

/** The account that trial stacks belong to. */
export const account = '111122223333';
export const region = 'us-east-1';
export const scope = { account, region };
export const stackName = 'trial';
export const stackId = `arn:aws:cloudformation:${region}:${account}:stack/${stackName}/11111111-2222-3333-4444-555555555555`;

/** How often a condition is looked at again, in ms of the host's time. */
const AGAIN = 5;

/** A running cloud in which resource types make and change resources as an engine would have them do. */
export interface TrialStack {
  readonly running: RunningCloud;
  /** Calls a service as the account's owner. */
  readonly call: ResourceWork['call'];
  /**
   * What a resource type works with.
   * @param token another one for another try: the names that are drawn hang on it
   */
  work(logicalId: string, token?: string, tags?: Readonly<Record<string, string>>): ResourceWork;
  stop(): Promise<void>;
}

/** @param home a folder that keeps the state; nothing is kept without one */
export async function trialStack(home?: string): Promise<TrialStack> {
  const running = await startCloud({ port: 0, home: home ?? 'unused', ephemeral: home === undefined });
  const { cloud } = running;
  const { signal } = new AbortController();
  const arn = `arn:aws:iam::${account}:root`;
  const acting: Acting = {
    principal: { kind: 'root', account, arn, accessKeyId: account },
    region,
    signal,
    trail: cloud.trail.record(scope, 'api.call', {
      service: 'cloudformation',
      operation: 'ExecuteChangeSet',
      requestId: 'trial',
      principal: arn,
    }),
  };
  const call: ResourceWork['call'] = (service, operation, input) =>
    cloud.call(acting, service, operation, input);
  return {
    running,
    call,
    work: (logicalId, token = `${logicalId}-1`, tags = {}) => ({
      scope,
      stackId,
      stackName,
      logicalId,
      tags,
      token,
      signal,
      name: (most, form) => physicalName({ stackName, logicalId, token }, most, form),
      call,
      until,
    }),
    stop: async () => await running.stop(),
  };
}

/* Looks again and again; a test waits no more than half a minute, whatever a resource would. */
async function until<T>(seconds: number, what: string, look: () => Promise<T | undefined>): Promise<T> {
  const end = performance.now() + Math.min(seconds, 30) * 1000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > end) throw new ResourceFailure(what);
    await new Promise((resolve) => setTimeout(resolve, AGAIN));
  }
}

/** What a service or a resource type refused: its code, where a service did, and its text. */
export async function refusal(
  work: Promise<unknown>,
): Promise<{ readonly code: string | undefined; readonly message: string }> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ServiceFailure) return { code: error.code, message: error.message };
    if (error instanceof ResourceFailure) return { code: undefined, message: error.message };
    throw error;
  }
  throw new Error('it was not refused');
}

/** A policy document that lets a service take a role. */
export const trusting = (service: string): Json => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
});

/** Makes a role that a service may take, with the rights given. @returns the role's ARN */
export async function trialRole(
  { call }: Pick<TrialStack, 'call'>,
  name: string,
  service: string,
  managed: readonly string[] = [],
): Promise<string> {
  const made = await call('iam', 'CreateRole', {
    RoleName: name,
    AssumeRolePolicyDocument: JSON.stringify(trusting(service)),
  });
  for (const PolicyArn of managed) await call('iam', 'AttachRolePolicy', { RoleName: name, PolicyArn });
  return made.Role?.Arn ?? '';
}
