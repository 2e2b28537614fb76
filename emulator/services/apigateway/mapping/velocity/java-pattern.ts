import { bounded, TookTooLong } from '../../../../bounded/bounded.ts';
import type { Budget } from './budget.ts';
import { TemplateFailure } from './failure.ts';

/** A Java regular expression as JavaScript's; what only Java has makes it fail. */
function compiled(pattern: string): RegExp {
  const flags = /^\(\?([ims]+)\)/.exec(pattern);
  const source = pattern
    .slice(flags?.[0].length ?? 0)
    .replaceAll(/\\([AzZ])/g, (_whole, anchor: string) => (anchor === 'A' ? '^' : '$'))
    .replaceAll(/\\Q([^]*?)(?:\\E|$)/g, (_whole, literal: string) =>
      literal.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'),
    );
  try {
    return new RegExp(source, `g${flags?.[1] ?? ''}`);
  } catch {
    throw new TemplateFailure('evaluation', `${pattern} is no regular expression.`);
  }
}

/** Does `work` with the pattern within the time that a rendering has for patterns. */
export function withPattern<T>(pattern: string, budget: Budget, work: (pattern: RegExp) => T): T {
  budget.step(100);
  if (pattern.length > 1000) throw new TemplateFailure('limit', 'A regular expression is too long.');
  if (budget.patternMs <= 0) throw new TemplateFailure('limit', 'Regular expressions take too long.');
  const made = compiled(pattern);
  const started = performance.now();
  try {
    // A pattern with one way to match cannot run away.
    if (!/[*+{?|(]/.test(pattern)) return work(made);
    return bounded(() => work(made), Math.max(1, Math.floor(budget.patternMs)));
  } catch (error) {
    if (error instanceof TookTooLong) {
      throw new TemplateFailure('limit', 'A regular expression takes too long.');
    }
    throw error;
  } finally {
    budget.patternMs -= performance.now() - started;
  }
}

/** `$1` and `\$` of Java's replacement text, as JavaScript's. */
export function replacement(text: string): string {
  return text.replaceAll(/\\([^])|\$(?![\d{])/g, (_whole, escaped: string | undefined) => {
    const plain = escaped ?? '$';
    return plain === '$' ? '$$' : plain;
  });
}
