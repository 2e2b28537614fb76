import { ServiceFailure } from '../../../../service/failure.ts';

/** What the work gives; undefined where what it is about is not there. @throws ServiceFailure for anything else */
export async function ifThere<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof ServiceFailure && error.code === 'NotFoundException') return undefined;
    throw error;
  }
}

/** Does what comes after the making; where that fails, what was made goes again. @throws whatever failed */
export async function orUndone<T>(next: () => Promise<T>, undo: () => Promise<unknown>): Promise<T> {
  try {
    return await next();
  } catch (error) {
    await ifThere(undo());
    throw error;
  }
}
