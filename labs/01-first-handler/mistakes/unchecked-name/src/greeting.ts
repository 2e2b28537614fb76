/*
 * The greeting itself. Nothing here knows of Lambda, of events or of environment variables, so it runs
 * anywhere: in this function, in a web server, in a unit test.
 */

/** Thrown for a name that is not text. Its name is what a caller of the function reads as `errorType`. */
export class InvalidNameError extends Error {
  override name = 'InvalidNameError';
}

/**
 * @param word the greeting word, for example `Hello`
 * @param name whom to greet; missing, empty or blank greets the world
 * @throws InvalidNameError if the name is there and is not text
 */
export function greet(word: string, name: unknown): string {
  const text = (name ?? '') as string;
  return `${word}, ${text.trim() === '' ? 'world' : text}!`;
}
