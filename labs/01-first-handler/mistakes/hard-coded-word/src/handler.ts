import type { Context } from 'aws-lambda';
import { greet } from './greeting.ts';

/** What a caller sends. The caller may send anything, so nothing is taken for granted. */
interface GreetingEvent {
  readonly name?: unknown;
  readonly language?: unknown;
}

interface GreetingResult {
  readonly message: string;
  readonly requestId: string;
  readonly remainingMs: number;
}

/** The only code that knows of Lambda: it takes the event and the context apart and hands the rest on. */
export const handler = async (event: GreetingEvent, context: Context): Promise<GreetingResult> => ({
  message: greet(wordFor(event.language), event.name),
  requestId: context.awsRequestId,
  remainingMs: context.getRemainingTimeInMillis(),
});

/** The greeting word is configuration: it changes without a new package. */
function wordFor(language: unknown): string {
  return language === 'ko' ? '안녕하세요' : 'Hello';
}
