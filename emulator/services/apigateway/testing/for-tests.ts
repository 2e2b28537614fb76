import { afterAll, beforeAll } from 'vitest';
import { studentAt, type Student } from './trial-api.ts';
import { TrialGateway } from './trial-gateway.ts';

/** A running cloud for all tests of a file: it is opened before the first and stopped after the last. */
export function gatewayForTests(): { readonly gateway: TrialGateway } {
  let gateway: TrialGateway | undefined;
  beforeAll(async () => {
    gateway = await TrialGateway.start();
  }, 60_000);
  afterAll(async () => gateway?.stop(), 60_000);
  return {
    get gateway() {
      if (gateway === undefined) throw new Error('Only tests and what runs before them have a cloud.');
      return gateway;
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
