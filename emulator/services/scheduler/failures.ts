import { ServiceFailure } from '../../service/failure.ts';

/* Each error of the service has its text as `Message`, too, which is what its shapes model. */
const failure = (code: string, message: string): ServiceFailure =>
  new ServiceFailure(code, message, { members: { Message: message } });

export const invalid = (message: string): ServiceFailure => failure('ValidationException', message);
export const conflict = (message: string): ServiceFailure => failure('ConflictException', message);
export const noSuchSchedule = (name: string): ServiceFailure =>
  failure('ResourceNotFoundException', `Schedule ${name} does not exist.`);
export const noSuchGroup = (name: string): ServiceFailure =>
  failure('ResourceNotFoundException', `Schedule group ${name} does not exist.`);

/** Something that AWS has and Coldstart has not: never accepted and then ignored. */
export const notBuilt = (what: string): ServiceFailure =>
  invalid(`Coldstart's embedded cloud does not have ${what}; the request was refused, nothing was changed.`);
