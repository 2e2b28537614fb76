/*
 * The greeting itself. Nothing here may know of Lambda, of events or of environment variables, so that it runs
 * anywhere: in this function, in a web server, in a unit test.
 */

// Gap 2: an error with the name InvalidNameError, for a name that is there and is not text.

/**
 * @param word the greeting word, for example `Hello`
 * @param name whom to greet; missing, empty or blank greets the world
 */
export function greet(word: string, name: unknown): string {
  // Gap 1: greet whom you are given. So far everybody gets the same answer.
  return 'Hello!';
}
