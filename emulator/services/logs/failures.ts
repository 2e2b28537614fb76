import { ServiceFailure } from '../../service/failure.ts';

/** A parameter that cannot be taken: AWS answers nearly all of them with this code. */
export function invalidParameter(message: string): ServiceFailure {
  return new ServiceFailure('InvalidParameterException', message);
}

/** A member that breaks its constraint, worded as AWS's validation words it. */
export function invalidMember(value: string | number, member: string, constraint: string): ServiceFailure {
  return invalidParameter(
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${constraint}`,
  );
}

// The following texts are as recorded on AWS.
export const noSuchGroup = (): ServiceFailure =>
  new ServiceFailure('ResourceNotFoundException', 'The specified log group does not exist.');
export const noSuchStream = (): ServiceFailure =>
  new ServiceFailure('ResourceNotFoundException', 'The specified log stream does not exist.');
export const groupExists = (): ServiceFailure =>
  new ServiceFailure('ResourceAlreadyExistsException', 'The specified log group already exists');
export const streamExists = (): ServiceFailure =>
  new ServiceFailure('ResourceAlreadyExistsException', 'The specified log stream already exists');
export const badToken = (): ServiceFailure => invalidParameter('The specified nextToken is invalid.');
