import { ServiceFailure } from '../../service/failure.ts';

/** A bucket that is not there. */
export function noSuchBucket(bucket: string): ServiceFailure {
  return new ServiceFailure('NoSuchBucket', 'The specified bucket does not exist', {
    status: 404,
    members: { BucketName: bucket },
  });
}

/** An object that is not there. */
export function noSuchKey(key: string): ServiceFailure {
  return new ServiceFailure('NoSuchKey', 'The specified key does not exist.', {
    status: 404,
    members: { Key: key },
  });
}

/** A request whose argument S3 does not take. */
export function invalidArgument(message: string, name?: string, value?: string): ServiceFailure {
  return new ServiceFailure('InvalidArgument', message, {
    status: 400,
    members: {
      ...(name !== undefined && { ArgumentName: name }),
      ...(value !== undefined && { ArgumentValue: value }),
    },
  });
}

/** A request that S3 refuses as a whole. */
export function invalidRequest(message: string): ServiceFailure {
  return new ServiceFailure('InvalidRequest', message, { status: 400 });
}

/** XML that says nothing S3 could do. */
export function malformedXml(): ServiceFailure {
  return new ServiceFailure(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
    { status: 400 },
  );
}

/** An `If-…` that does not hold. */
export function preconditionFailed(condition: string): ServiceFailure {
  return new ServiceFailure(
    'PreconditionFailed',
    'At least one of the pre-conditions you specified did not hold',
    {
      status: 412,
      members: { Condition: condition },
    },
  );
}

/** Something AWS does and this cloud does not: said, never ignored. */
export function notBuilt(what: string): ServiceFailure {
  return new ServiceFailure('NotImplemented', `${what} is not built in this cloud.`, { status: 501 });
}
