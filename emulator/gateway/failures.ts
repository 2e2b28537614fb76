import { ServiceFailure } from '../service/failure.ts';

export const badRequest = (message: string): ServiceFailure =>
  new ServiceFailure('BadRequestException', message);

export const notFound = (message: string): ServiceFailure => new ServiceFailure('NotFoundException', message);

export const conflict = (message: string): ServiceFailure => new ServiceFailure('ConflictException', message);

/** @param what for example `Stage`: `Invalid Stage identifier specified` */
export const noSuch = (what: string): ServiceFailure => notFound(`Invalid ${what} identifier specified`);

/** Something that AWS has and Coldstart has not: never accepted and then ignored. */
export const notBuilt = (what: string): ServiceFailure =>
  badRequest(
    `Coldstart's embedded cloud does not have ${what}; the request was refused, nothing was changed.`,
  );
