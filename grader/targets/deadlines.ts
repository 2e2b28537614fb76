import type { Deadline, TargetName } from '../api.ts';

interface Patience {
  readonly deadlines: Readonly<Record<Deadline, number>>;
  readonly budgetSeconds: number;
  readonly concurrency: number;
  readonly settleSeconds: number;
}

/**
 * How long each target may take, in seconds. AWS: what its documentation and experience allow for propagation.
 * The embedded cloud does all of it at once, so its deadlines only cover a slow machine; a student who is wrong
 * should not wait long to hear so.
 */
export const patience: Readonly<Record<TargetName, Patience>> = {
  embedded: {
    deadlines: {
      functionActive: 15,
      logs: 6,
      effect: 15,
      deployment: 6,
      apiKey: 6,
      metrics: 12,
      asyncRetries: 30,
      redrive: 15,
      schedule: 15,
      stack: 30,
    },
    budgetSeconds: 60,
    concurrency: 4,
    settleSeconds: 0,
  },
  localstack: {
    deadlines: {
      functionActive: 60,
      logs: 20,
      effect: 60,
      deployment: 15,
      apiKey: 15,
      metrics: 60,
      asyncRetries: 240,
      redrive: 240,
      schedule: 400,
      stack: 180,
    },
    budgetSeconds: 300,
    concurrency: 4,
    settleSeconds: 0,
  },
  aws: {
    deadlines: {
      functionActive: 60,
      logs: 60,
      effect: 120,
      deployment: 30,
      apiKey: 180,
      metrics: 300,
      asyncRetries: 240,
      redrive: 240,
      schedule: 400,
      stack: 420,
    },
    budgetSeconds: 600,
    // Lambda's control plane allows 15 requests a second for an account.
    concurrency: 3,
    settleSeconds: 5,
  },
};
