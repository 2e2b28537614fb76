import type { Execution, FunctionVersion, Invocation, Outcome } from '../execution/execution.ts';

/** An execution that runs no process: tests say what each invocation answers. */
export interface FakeExecution extends Execution {
  /** What was asked to run, in order. */
  readonly ran: { readonly version: FunctionVersion; readonly invocation: Invocation }[];
  /** Name and version → environments that shall be kept initialised. They are at once, and never at work. */
  readonly kept: Map<string, number>;
  readonly recycled: { readonly name: string; readonly why: string; readonly version?: string }[];
  /** Answers the next invocations; the default echoes the payload. */
  answer: (version: FunctionVersion, invocation: Invocation) => Promise<Partial<Outcome>>;
}

/** An outcome of a function that failed. */
export const failure: Partial<Outcome> = {
  payload: new TextEncoder().encode('{"errorType":"Error","errorMessage":"no","trace":[]}'),
  functionError: 'Unhandled',
  errorType: 'Error',
};

export function fakeExecution(): FakeExecution {
  let cutOff: (end: Partial<Outcome>) => void = () => undefined;
  let stopped = new Promise<Partial<Outcome>>((resolve) => (cutOff = resolve));
  const fake: FakeExecution = {
    ran: [],
    kept: new Map(),
    recycled: [],
    answer: (_version, { payload }) => Promise.resolve({ payload }),
    async invoke(version, invocation) {
      fake.ran.push({ version, invocation });
      return {
        payload: new Uint8Array(),
        functionError: undefined,
        errorType: undefined,
        logTail: new TextEncoder().encode(`END RequestId: ${invocation.requestId}\n`),
        durationMs: 1,
        billedMs: 1,
        initMs: undefined,
        maxMemoryMB: 40,
        contentType: undefined,
        ...(await Promise.race([fake.answer(version, invocation), stopped])),
      };
    },
    provision: (version, count) => {
      fake.kept.set(`${version.name}:${version.version}`, count);
      return Promise.resolve();
    },
    unprovision: (_scope, name, version) => void fake.kept.delete(`${name}:${version}`),
    provisioned: (_scope, name, version) => {
      const ready = fake.kept.get(`${name}:${version}`) ?? 0;
      return { ready, free: ready, atWork: 0, failed: false };
    },
    busy: () => 0,
    recycle: (_scope, name, why, version) =>
      void fake.recycled.push({ name, why, ...(version === undefined ? {} : { version }) }),
    stop: () => {
      // Invocations that run when the cloud ends are cut off, as real ones are.
      cutOff(failure);
      stopped = new Promise((resolve) => (cutOff = resolve));
      return Promise.resolve();
    },
  };
  return fake;
}
