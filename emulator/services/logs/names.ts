import { invalidParameter } from './failures.ts';

const MAX_NAME = 512;

/** @throws InvalidParameterException, worded as recorded on AWS */
export function checkNames(...names: readonly string[]): void {
  if (names.some((name) => name.length > MAX_NAME))
    throw invalidParameter(
      `Invalid LogGroup or LogStream, both must have length less than or equal to ${MAX_NAME}.`,
    );
}
