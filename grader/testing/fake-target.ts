import type { Deadline } from '../api.ts';
import type { Pool } from '../targets/clients/pool.ts';
import type { Target } from '../targets/target.ts';

/** A pool without a server behind it: for labs whose checks call nothing. */
const noPool: Pool = {
  load: () => Promise.reject(new Error('this target has no servers')),
  loaded: () => undefined,
  close: () => undefined,
};

/** A target that is nowhere, with all deadlines the same. */
export function fakeTarget(over: Partial<Target> & { readonly seconds?: number } = {}): Target {
  const { seconds = 5, ...rest } = over;
  const kinds: readonly Deadline[] = [
    'functionActive',
    'logs',
    'effect',
    'deployment',
    'apiKey',
    'metrics',
    'asyncRetries',
    'redrive',
    'schedule',
  ];
  return {
    name: 'embedded',
    endpoint: 'http://127.0.0.1:1',
    region: 'us-east-1',
    // Every kind is in the list above; the type of `fromEntries` does not say so.
    deadlines: Object.fromEntries(kinds.map((kind) => [kind, seconds])) as Record<Deadline, number>,
    budgetSeconds: 20,
    concurrency: 4,
    settleSeconds: 0,
    pool: noPool,
    pass: () => Promise.resolve(),
    whoami: () => Promise.resolve({ account: '000000000000', arn: 'arn:aws:iam::000000000000:root' }),
    close: () => undefined,
    ...rest,
  };
}
