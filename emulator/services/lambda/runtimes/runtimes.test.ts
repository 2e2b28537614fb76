import { Runtime } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { recordedAtHand, recordedErrors } from '../testing/recorded.ts';
import { checkRuntime, retired, runtimes, runtimeVersionArn } from './runtimes.ts';

const today = Date.parse('2026-11-23T09:00:00Z');
const refusal = (runtime: string, use: 'create' | 'update', now = today): string | undefined => {
  try {
    checkRuntime(runtime, use, now);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
};

describe('a runtime', () => {
  it('is in the table or among the retired ones, each that the SDK knows', () => {
    for (const runtime of Object.values(Runtime)) {
      expect(Object.hasOwn(runtimes, runtime) !== retired.has(runtime), runtime).toBe(true);
    }
  });

  it('can be used after it was deprecated until it is blocked', () => {
    const day = (date: string): number => Date.parse(`${date}T00:00:00Z`);
    expect(refusal('nodejs20.x', 'create')).toBeUndefined();
    expect(refusal('nodejs20.x', 'create', day('2027-02-01') - 1)).toBeUndefined();
    expect(refusal('nodejs20.x', 'create', day('2027-02-01'))).toContain(
      'of nodejs20.x is no longer supported',
    );
    expect(refusal('nodejs20.x', 'update', day('2027-02-01'))).toBeUndefined();
    expect(refusal('nodejs20.x', 'update', day('2027-03-03'))).toContain('no longer supported');
    expect(refusal('nodejs24.x', 'create', day('2027-03-03'))).toBeUndefined();
    expect(refusal('nodejs99.x', 'create', day('2027-02-01'))).not.toContain('nodejs20.x');
  });

  it.each(['constructor', '__proto__', 'toString', 'nodejs24', 'Nodejs24.x', ''])('is not %j', (name) => {
    expect(refusal(name, 'create')).toContain(`Value ${name} at 'runtime' failed to satisfy constraint`);
  });

  it.skipIf(!recordedAtHand())('is refused in the words that were recorded', () => {
    const texts = recordedErrors().map(({ message }) => message);
    for (const runtime of ['java8', 'nodejs12.x', 'provided', 'ruby2.7']) {
      expect(texts).toContain(refusal(runtime, 'create'));
    }
    const unknown = refusal('non-existent-runtime', 'create') ?? '';
    // Runtimes were added since the recording: the list goes on where the recorded one ends.
    const before = texts.find((text) => text.startsWith('Value non-existent-runtime'));
    const [words = ''] = (before ?? '').split(']');
    expect(words).not.toBe('');
    expect(unknown.startsWith(words)).toBe(true);
    expect(unknown.endsWith('] or be a valid ARN')).toBe(true);
  });

  it('has one version', () => {
    expect(runtimeVersionArn('eu-west-1', 'nodejs24.x')).toMatch(
      /^arn:aws:lambda:eu-west-1::runtime:[0-9a-f]{64}$/,
    );
    expect(runtimeVersionArn('r', 'nodejs24.x')).not.toBe(runtimeVersionArn('r', 'nodejs22.x'));
  });
});
