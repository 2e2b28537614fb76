import { ServiceFailure } from '../../service/failure.ts';

/** A value that SNS does not take. */
export function invalidParameter(detail: string): ServiceFailure {
  return new ServiceFailure('InvalidParameterException', `Invalid parameter: ${detail}`);
}

/** A message attribute that SNS does not take: a sentence without the usual beginning. */
export function invalidAttribute(message: string): ServiceFailure {
  return new ServiceFailure('InvalidParameterValueException', message);
}

export function noSuchTopic(): ServiceFailure {
  return new ServiceFailure('NotFoundException', 'Topic does not exist');
}
export function noSuchSubscription(): ServiceFailure {
  return new ServiceFailure('NotFoundException', 'Subscription does not exist');
}

/** Something AWS does and this cloud does not: said, never ignored. */
export function notBuilt(what: string): ServiceFailure {
  return new ServiceFailure('NotImplemented', `${what} is not built in this cloud.`, { status: 501 });
}

/** Whoever asks may not, by the topic's own policy. */
export function notAuthorized(who: string, action: string, arn: string): ServiceFailure {
  return new ServiceFailure(
    'AuthorizationErrorException',
    `User: ${who} is not authorized to perform: ${action} on resource: ${arn} because no resource-based policy allows the ${action} action`,
  );
}
