import { ServiceFailure } from '../../service/failure.ts';

/** A queue that is not there. */
export function noSuchQueue(): ServiceFailure {
  return new ServiceFailure('QueueDoesNotExist', 'The specified queue does not exist.');
}

/** A value that SQS does not take, in a whole sentence of its own. */
export function invalidParameter(message: string): ServiceFailure {
  return new ServiceFailure('InvalidParameterValueException', message);
}

/** A value that SQS does not take, worded as for most parameters. */
export function invalidValue(value: string | number, parameter: string, reason: string): ServiceFailure {
  return invalidParameter(`Value ${String(value)} for parameter ${parameter} is invalid. Reason: ${reason}`);
}

/** A queue attribute with a value that it cannot have. */
export function invalidAttribute(attribute: string, reason?: string): ServiceFailure {
  return new ServiceFailure(
    'InvalidAttributeValue',
    `Invalid value for the parameter ${attribute}.${reason === undefined ? '' : ` Reason: ${reason}`}`,
  );
}

/** A queue attribute that does not exist, or not for this kind of queue. */
export function unknownAttribute(attribute: string): ServiceFailure {
  return new ServiceFailure('InvalidAttributeName', `Unknown Attribute ${attribute}.`);
}

/** A parameter that the request needs in this situation. */
export function missingParameter(parameter: string): ServiceFailure {
  return new ServiceFailure(
    'MissingRequiredParameterException',
    `The request must contain the parameter ${parameter}.`,
  );
}

/** Whoever asks may not, by the queue's own policy. */
export function accessDenied(message: string): ServiceFailure {
  return new ServiceFailure('AccessDeniedException', message);
}
