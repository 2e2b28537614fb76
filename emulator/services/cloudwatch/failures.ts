import { ServiceFailure } from '../../service/failure.ts';

/*
 * The codes are the modelled names; clients that speak awsQuery, and the SDK's own, see the older ones
 * (`InvalidParameterValue`, `InvalidParameterCombination`, `MissingParameter`).
 */
export const invalidValue = (message: string): ServiceFailure =>
  new ServiceFailure('InvalidParameterValueException', message);
export const invalidCombination = (message: string): ServiceFailure =>
  new ServiceFailure('InvalidParameterCombinationException', message);
export const missingParameter = (message: string): ServiceFailure =>
  new ServiceFailure('MissingRequiredParameterException', message);
/** Operations on alarms answer nearly everything that is wrong with this code: `ValidationError` for older clients. */
export const validationError = (message: string): ServiceFailure =>
  new ServiceFailure('ValidationException', message);
export const badToken = (): ServiceFailure => new ServiceFailure('InvalidNextToken', 'Invalid nextToken');
