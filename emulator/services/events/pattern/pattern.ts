import { ServiceFailure } from '../../../service/failure.ts';
import { compile } from './compile.ts';
import { InvalidPattern } from './invalid.ts';
import { holds } from './match.ts';

/**
 * EventBridge's event patterns, which event source mappings use as their filters, too.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 */
export interface EventPattern {
  /** Whether an event matches. @param event a JSON value, parsed */
  matches(event: unknown): boolean;
}

/**
 * Reads an event pattern.
 * @param json the pattern as text: AWS's complaints quote it
 * @throws InvalidPattern whose message is the reason in AWS's words
 */
export function parsePattern(json: string): EventPattern {
  const branches = compile(json);
  return { matches: (event) => branches.some((branch) => holds(branch, event)) };
}

/**
 * As {@link parsePattern}, for EventBridge's own operations.
 * @throws ServiceFailure `InvalidEventPatternException`
 */
export function readEventPattern(json: string): EventPattern {
  try {
    return parsePattern(json);
  } catch (error) {
    if (!(error instanceof InvalidPattern)) throw error;
    throw new ServiceFailure(
      'InvalidEventPatternException',
      `Event pattern is not valid. Reason: ${error.message}`,
    );
  }
}

export { InvalidPattern } from './invalid.ts';
