import type { CheckContext, Finding, Invoked } from '../../../../grader/api.ts';
import { en, type Text } from '../../text.ts';

/** What a check has said: thrown by the fake's `fail`, as the engine's is. */
export class Said extends Error {
  readonly finding: Finding;

  constructor(finding: Finding) {
    super(finding.why);
    this.finding = finding;
  }
}

export interface Fake {
  /** What checks that ran before have returned. */
  readonly earlier?: Readonly<Record<string, unknown>>;
  /** The function: from an event and the number of the call to what comes back. */
  readonly invoke?: (event: unknown, count: number) => Partial<Invoked>;
  readonly clients?: object;
}

/** A context for one check, without a target. It fakes what the checks of this lab use and nothing else. */
export function fakeContext({ earlier = {}, invoke, clients = {} }: Fake): CheckContext<Text> {
  let nonces = 0;
  let calls = 0;
  const fail = (finding: Finding): never => {
    throw new Said(finding);
  };
  const context = {
    text: en,
    region: 'us-east-1',
    account: '123456789012',
    clients,
    name: (resource: string) => resource,
    nonce: (label = 'nonce') => `${label}-n${String((nonces += 1))}`,
    integer: (min: number) => min,
    fail,
    from: (id: string) => earlier[id],
    note: () => undefined,
    until: (_what: string, look: () => Promise<unknown>) => look(),
    invoke: (_name: string, event: unknown) => {
      calls += 1;
      const answered = invoke?.(event, calls) ?? {};
      return Promise.resolve({
        status: 200,
        functionError: undefined,
        rawPayload: answered.payload === undefined ? '' : JSON.stringify(answered.payload),
        requestId: `request-${String(calls)}`,
        executedVersion: '$LATEST',
        logTail: '',
        lost: 0,
        payload: undefined,
        ...answered,
      });
    },
    expect: (actual: unknown, finding: Omit<Finding, 'expected' | 'actual'>) => {
      const when = (holds: boolean) => (holds ? undefined : fail(finding));
      return {
        toBe: (expected: unknown) => when(actual === expected),
        toMatch: (expected: RegExp) => when(expected.test(String(actual))),
        toBeOneOf: (expected: readonly unknown[]) => when(expected.includes(actual)),
        toBeLessThanOrEqual: (expected: number) => when(Number(actual) <= expected),
      };
    },
  };
  // A test that leads a check to something not faked here fails on it.
  return context as unknown as CheckContext<Text>;
}

/** A payload as the Node.js runtime reports a thrown error. */
export const thrown = (errorType: string, trace: readonly string[] = []): Partial<Invoked> => ({
  functionError: 'Unhandled',
  payload: { errorType, errorMessage: 'what it said', trace },
});
