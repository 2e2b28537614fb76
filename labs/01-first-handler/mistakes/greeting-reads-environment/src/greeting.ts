/*
 * The greeting itself. Nothing here knows of Lambda, of events or of environment variables, so it runs
 * anywhere: in this function, in a web server, in a unit test.
 */

/** Thrown for a name that is not text. Its name is what a caller of the function reads as `errorType`. */
export class InvalidNameError extends Error {
  override name = 'InvalidNameError';
}

/**
 * @param variable where the greeting word stands, for example `GREETING`
 * @param name whom to greet; missing, empty or blank greets the world
 * @throws InvalidNameError if the name is there and is not text
 */
export function greet(variable: string, name: unknown): string {
  const word = process.env[variable] ?? process.env.GREETING ?? 'Hello';
  if (name === undefined) return `${word}, world!`;
  if (typeof name !== 'string') {
    throw new InvalidNameError(`name must be text, but it is ${name === null ? 'null' : typeof name}`);
  }
  return `${word}, ${name.trim() === '' ? 'world' : name}!`;
}
