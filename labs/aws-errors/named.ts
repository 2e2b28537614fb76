/** Whether an error is one of the SDK's by this name; classes differ between bundles, names do not. */
export const isNamed = (error: unknown, ...names: readonly string[]): error is Error =>
  error instanceof Error && names.includes(error.name);

/** What a call answers; undefined where AWS says by one of these errors that there is no such thing. */
export async function ifThere<T>(call: Promise<T>, ...absent: readonly string[]): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (isNamed(error, ...absent)) return undefined;
    throw error;
  }
}
