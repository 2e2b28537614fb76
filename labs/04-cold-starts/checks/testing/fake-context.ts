import type { CheckContext, Finding } from '../../../../grader/api.ts';
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
  readonly clients?: object;
  readonly submission?: string;
}

/** A context for one check, without a target. It fakes what the checks of this lab use and nothing else. */
export function fakeContext({ earlier = {}, clients = {}, submission = '' }: Fake): CheckContext<Text> {
  const fail = (finding: Finding): never => {
    throw new Said(finding);
  };
  const context = {
    text: en,
    clients,
    submission,
    name: (resource: string) => resource,
    fail,
    from: (id: string) => earlier[id],
    note: () => undefined,
    until: (_what: string, look: () => Promise<unknown>) => look(),
    expect: (actual: unknown, finding: Omit<Finding, 'expected' | 'actual'>) => ({
      toBe: (expected: unknown) => (actual === expected ? undefined : fail(finding)),
    }),
  };
  // A test that leads a check to something not faked here fails on it.
  return context as unknown as CheckContext<Text>;
}

/** What a check says; undefined if it passes. */
export async function verdict(
  check: { run(context: CheckContext<Text>): Promise<unknown> },
  fake: Fake,
): Promise<string | undefined> {
  try {
    await check.run(fakeContext(fake));
    return undefined;
  } catch (error) {
    if (error instanceof Said) return error.finding.why;
    throw error;
  }
}
