import { ServiceFailure } from '../../service/failure.ts';

/** A request that DynamoDB does not take. */
export function invalid(message: string): ServiceFailure {
  return new ServiceFailure('ValidationException', message, { status: 400 });
}

/** The sentence that most refusals of values and keys begin with. */
export function invalidValues(message: string): ServiceFailure {
  return invalid(`One or more parameter values were invalid: ${message}`);
}

/** A table that is not there, asked for by an operation on the table itself. */
export function noSuchTable(name: string): ServiceFailure {
  return notFound(`Requested resource not found: Table: ${name} not found`);
}

/** Something that is not there. Operations on items say no more than this sentence. */
export function notFound(message = 'Requested resource not found'): ServiceFailure {
  return new ServiceFailure('ResourceNotFoundException', message, { status: 400 });
}

/** A table that is being changed, or is there already. */
export function inUse(message: string): ServiceFailure {
  return new ServiceFailure('ResourceInUseException', message, { status: 400 });
}

/** Something AWS does and this cloud does not: said, never ignored. */
export function notBuilt(what: string): ServiceFailure {
  return new ServiceFailure('NotImplemented', `${what} is not built in this cloud.`, { status: 501 });
}
