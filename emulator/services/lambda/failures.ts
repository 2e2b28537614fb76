import { ServiceFailure } from '../../service/failure.ts';

/* Every error of Lambda's caller carries `Type: User` (recorded with each error of the service). */
const byCaller = { Type: 'User' } as const;

/** A value that Lambda reads but cannot accept (400). */
export const invalidParameter = (message: string): ServiceFailure =>
  new ServiceFailure('InvalidParameterValueException', message, { members: byCaller });

/** What the call names is not there (404). */
export const notFound = (message: string): ServiceFailure =>
  new ServiceFailure('ResourceNotFoundException', message, { members: byCaller });

/** @param arn unqualified or with the qualifier that was asked for */
export const functionNotFound = (arn: string): ServiceFailure => notFound(`Function not found: ${arn}`);

/** What the call wants conflicts with what is there (409). */
export const conflict = (message: string): ServiceFailure =>
  new ServiceFailure('ResourceConflictException', message, { members: byCaller });

/** The caller's `RevisionId` is not the latest one (412). */
export const revisionMismatch = (): ServiceFailure =>
  new ServiceFailure(
    'PreconditionFailedException',
    'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
    { members: byCaller },
  );

/** A value that breaks a constraint of the API's model (400). The service models no shape for it. */
export function constraintBroken(value: string, member: string, constraint: string): ServiceFailure {
  return new ServiceFailure('ValidationException', constraintText(value, member, constraint), {
    status: 400,
  });
}

/** How AWS words one broken constraint. */
export function constraintText(value: string, member: string, constraint: string): string {
  return `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${constraint}`;
}

/** A body over a limit (413). */
export const tooLarge = (message: string): ServiceFailure =>
  new ServiceFailure('RequestEntityTooLargeException', message, { status: 413, members: byCaller });

/** The caller may not do it (403). */
export const accessDenied = (message: string): ServiceFailure =>
  new ServiceFailure('AccessDeniedException', message, { status: 403 });

/** No concurrency is left (429). */
export const throttled = (
  reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' | 'ConcurrentInvocationLimitExceeded',
): ServiceFailure =>
  new ServiceFailure('TooManyRequestsException', 'Rate Exceeded.', {
    members: { ...byCaller, Reason: reason },
  });

/** A function invoked itself through other services, again and again (400). */
export const recursive = (): ServiceFailure =>
  new ServiceFailure(
    'RecursiveInvocationException',
    "Lambda has detected your function being invoked in a recursive loop with other Amazon Web Services resources and stopped your function's invocation.",
    { members: byCaller },
  );

/** Something that AWS has and Coldstart has not: never accepted and then ignored. */
export const notBuilt = (what: string): ServiceFailure =>
  invalidParameter(
    `Coldstart's embedded cloud does not have ${what}; the request was refused, nothing was changed.`,
  );
