import { greet } from './greeting.ts';

/*
 * The handler: Lambda calls it once for every event. It knows of Lambda, so that the greeting need not.
 *
 * Gap 3: Lambda passes two things, the event and the context. Take the name out of the event, and answer with
 *        { message, requestId, remainingMs }.
 * Gap 4: the greeting word is configuration, not code, and `language` may ask for another one.
 */
export const handler = async () => ({
  message: greet('Hello', 'world'),
});
