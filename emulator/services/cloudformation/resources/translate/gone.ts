import { ServiceFailure } from '../../../../service/failure.ts';

/** What services say of something that is not there. */
const codes = [
  'DashboardNotFoundError',
  'NoSuchBucket',
  'NoSuchBucketPolicy',
  'NoSuchCORSConfiguration',
  'NoSuchEntityException',
  'NoSuchLifecycleConfiguration',
  'NoSuchPublicAccessBlockConfiguration',
  'NoSuchTagSet',
  'NotFound',
  'NotFoundException',
  'OwnershipControlsNotFoundError',
  'ParameterNotFound',
  'QueueDoesNotExist',
  'ResourceNotFound',
  'ResourceNotFoundException',
  'ServerSideEncryptionConfigurationNotFoundError',
];

/** Whether a service said that what it was asked for is not there. */
export const saysGone = (error: unknown): boolean =>
  error instanceof ServiceFailure && codes.includes(error.code);

/** What the work gives; undefined where what it is about is not there. @throws whatever else it throws */
export async function ifThere<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (saysGone(error)) return undefined;
    throw error;
  }
}

/** Does what comes after the making; where that fails, what was made goes again. @throws what failed */
export async function orUndone<T>(next: () => Promise<T>, undo: () => Promise<unknown>): Promise<T> {
  try {
    return await next();
  } catch (error) {
    await ifThere(undo());
    throw error;
  }
}
