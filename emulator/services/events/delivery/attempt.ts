import { ServiceFailure } from '../../../service/failure.ts';

/** A failed attempt, in AWS's terms of a dead letter. `retry`: it may pass. */
export class AttemptFailed extends Error {
  readonly code: string;
  readonly retry: boolean;

  constructor(code: string, message: string, retry: boolean) {
    super(message);
    this.name = 'AttemptFailed';
    this.code = code;
    this.retry = retry;
  }
}

export const noPermissions = (message: string): AttemptFailed =>
  new AttemptFailed('NO_PERMISSIONS', message, false);
export const noResource = (message: string): AttemptFailed =>
  new AttemptFailed('NO_RESOURCE', message, false);

/**
 * What a target's refusal means: events for targets that are gone or do not let in are not tried again, throttled
 * ones are. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 */
export function attemptFailed(error: unknown): AttemptFailed {
  if (error instanceof AttemptFailed) return error;
  if (!(error instanceof ServiceFailure)) return new AttemptFailed('INTERNAL_ERROR', String(error), true);
  const { code } = error;
  const text = `${code}: ${error.message}`;
  if (/AccessDenied|AuthorizationError|NotAuthorized/.test(code)) return noPermissions(text);
  if (/NotFound|DoesNotExist|NonExistent/.test(code)) return noResource(text);
  if (/TooManyRequests|Throttl|Exceeded|LimitExceeded/.test(code))
    return new AttemptFailed('THROTTLING', text, true);
  // A function that is still pending, a stream that is being made.
  if (/Conflict|InUse|Unavailable|NotReady/.test(code))
    return new AttemptFailed('SERVICE_UNAVAILABLE', text, true);
  if (/Invalid|Validation|Malformed|TooLarge|Missing/.test(code))
    return new AttemptFailed('INVALID_PARAMETER', text, false);
  return new AttemptFailed('SDK_CLIENT_ERROR', text, true);
}
