import type { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { afterAll, beforeAll, expect } from 'vitest';
import { studentAt, type Student } from './trial-api.ts';
import { TrialGateway } from './trial-gateway.ts';

/**
 * Something for all tests of a file: it is started before the first and stopped after the last.
 * @returns gives it, to tests and what runs before them
 */
export function forTests<Trial extends { stop(): Promise<void> }>(start: () => Promise<Trial>): () => Trial {
  let trial: Trial | undefined;
  beforeAll(async () => {
    trial = await start();
  }, 60_000);
  afterAll(async () => trial?.stop(), 60_000);
  return () => {
    if (trial === undefined) throw new Error('Only tests and what runs before them have a cloud.');
    return trial;
  };
}

interface GatewayForTests {
  readonly gateway: TrialGateway;
  readonly client: APIGatewayClient;
}

/** A running cloud for all tests of a file. */
export function gatewayForTests(): GatewayForTests {
  const gateway = forTests(() => TrialGateway.start());
  return {
    get gateway() {
      return gateway();
    },
    get client() {
      return gateway().client;
    },
  };
}

/** The same with a student who makes functions. */
export function studentForTests(): { readonly gateway: TrialGateway; readonly student: Student } {
  const trial = gatewayForTests();
  let student: Student | undefined;
  beforeAll(async () => {
    student = await studentAt(trial.gateway.running.origin);
  }, 60_000);
  afterAll(() => student?.lambda.destroy());
  return {
    get gateway() {
      return trial.gateway;
    },
    get student() {
      if (student === undefined) throw new Error('Only tests and what runs before them have a student.');
      return student;
    },
  };
}

/** An answer without what the SDK says of its way here. */
export const bare = <Answer extends { $metadata?: unknown }>({ $metadata, ...answer }: Answer) => {
  expect($metadata).toBeDefined();
  return answer;
};
