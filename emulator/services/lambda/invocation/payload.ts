import { ServiceFailure } from '../../../service/failure.ts';
import { tooLarge } from '../failures.ts';
import { jsonProblem } from './json-problem.ts';

/** 6 MB, for synchronous invocations (AWS Lambda quotas). */
const synchronousLimit = 6_291_456;
/** 1 MB, for asynchronous ones. */
const asynchronousLimit = 1_048_576;

/**
 * An invocation's payload, checked. Nothing at all becomes an empty object.
 *
 * @returns the bytes of a JSON document
 * @throws ServiceFailure `RequestEntityTooLargeException` over the limit, `InvalidRequestContentException` for what is no JSON
 */
export function readPayload(
  payload: Uint8Array | undefined,
  how: 'synchronous' | 'asynchronous',
): Uint8Array {
  if (payload === undefined || payload.length === 0) return new TextEncoder().encode('{}');
  const limit = how === 'synchronous' ? synchronousLimit : asynchronousLimit;
  if (payload.length > limit) {
    throw tooLarge(`Request must be smaller than ${limit} bytes for the InvokeFunction operation`);
  }
  if (!isJson(payload)) {
    const problem = jsonProblem(payload);
    throw new ServiceFailure(
      'InvalidRequestContentException',
      `Could not parse request body into json: Could not parse payload into json: ${problem}`,
      { members: { Type: 'User' } },
    );
  }
  return payload;
}

function isJson(bytes: Uint8Array): boolean {
  try {
    JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return true;
  } catch {
    return false;
  }
}
