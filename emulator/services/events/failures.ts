import { ServiceFailure } from '../../service/failure.ts';

/** What the service itself does not take: no shape of its model, but what AWS answers. */
export const invalid = (message: string): ServiceFailure =>
  new ServiceFailure('ValidationException', message, { status: 400 });

export const notFound = (message: string): ServiceFailure =>
  new ServiceFailure('ResourceNotFoundException', message);

export const noSuchBus = (name: string): ServiceFailure => notFound(`Event bus ${name} does not exist.`);

export const noSuchRule = (name: string, bus: string): ServiceFailure =>
  notFound(`Rule ${name} does not exist on EventBus ${bus}.`);

export const limitExceeded = (): ServiceFailure =>
  new ServiceFailure('LimitExceededException', 'The requested resource exceeds the maximum number allowed.');

/** Something that AWS has and Coldstart has not: never accepted and then ignored. */
export const notBuilt = (what: string): ServiceFailure =>
  invalid(`Coldstart's embedded cloud does not have ${what}; the request was refused, nothing was changed.`);
