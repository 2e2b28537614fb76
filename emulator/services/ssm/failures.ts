import { ServiceFailure } from '../../service/failure.ts';

export const invalid = (message: string): ServiceFailure =>
  // The service answers with it and does not model it.
  new ServiceFailure('ValidationException', message, { status: 400 });

/** AWS says nothing but the name of the error: the SDK shows `UnknownError` as its message. */
export const notFound = (): ServiceFailure => new ServiceFailure('ParameterNotFound', '');
export const noSuchVersion = (name: string, version: number): ServiceFailure =>
  new ServiceFailure(
    'ParameterVersionNotFound',
    `Systems Manager could not find version ${version} of ${name}. Verify the version and try again.`,
  );
export const noSuchLabel = (name: string, label: string): ServiceFailure =>
  new ServiceFailure(
    'ParameterVersionNotFound',
    `Systems Manager could not find label ${label} of ${name}. Verify the label and try again.`,
  );

/** Something that AWS has and Coldstart has not: never accepted and then ignored. */
export const notBuilt = (what: string): ServiceFailure =>
  invalid(`Coldstart's embedded cloud does not have ${what}; the request was refused, nothing was changed.`);
