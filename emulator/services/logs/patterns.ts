import { invalidParameter } from './failures.ts';
import { FilterPatternFailure, parseFilterPattern, type FilterPattern } from './filter-pattern/pattern.ts';

/**
 * A request's filter pattern.
 * @param prefix what the operation puts before the message: StartLiveTail answers `Invalid filter pattern: …`
 * @throws InvalidParameterException
 */
export function requestedPattern(text: string, prefix = ''): FilterPattern {
  try {
    return parseFilterPattern(text);
  } catch (error) {
    if (!(error instanceof FilterPatternFailure)) throw error;
    throw invalidParameter(error.message.startsWith(prefix) ? error.message : `${prefix}${error.message}`);
  }
}

/** TestMetricFilter. */
export const patternOperations = {
  TestMetricFilter({
    filterPattern = '',
    logEventMessages = [],
  }: {
    filterPattern: string | undefined;
    logEventMessages: string[] | undefined;
  }) {
    const pattern = requestedPattern(filterPattern);
    return {
      matches: logEventMessages.flatMap((eventMessage, index) => {
        const match = pattern.match(eventMessage);
        // Events are counted from 1, as the example of `aws logs test-metric-filter` shows.
        return match === undefined
          ? []
          : [{ eventNumber: index + 1, eventMessage, extractedValues: { ...match.extracted } }];
      }),
    };
  },
};
