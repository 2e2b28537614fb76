import { ServiceFailure } from '../../../service/failure.ts';

/**
 * Checks a new bucket's name.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 * @throws ServiceFailure `InvalidBucketName`
 */
export function checkBucketName(name: string): void {
  const wrong =
    !/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) ||
    name.includes('..') ||
    /^\d+\.\d+\.\d+\.\d+$/.test(name) ||
    /^(xn--|sthree-|amzn-s3-demo-.*--)/.test(name) ||
    /(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(name);
  if (wrong) {
    throw new ServiceFailure('InvalidBucketName', 'The specified bucket is not valid.', {
      status: 400,
      members: { BucketName: name },
    });
  }
}

/**
 * The region that a new bucket gets: the endpoint's, which the request must repeat everywhere but in us-east-1,
 * whose endpoint makes buckets anywhere.
 * @throws ServiceFailure in AWS's words
 */
export function regionFor(constraint: string | undefined, endpoint: string): string {
  if (endpoint === 'us-east-1') {
    if (constraint === undefined || constraint === '') return endpoint;
    const region = constraint === 'EU' ? 'eu-west-1' : constraint;
    if (region === 'us-east-1' || !/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) {
      throw new ServiceFailure(
        'InvalidLocationConstraint',
        'The specified location-constraint is not valid',
        {
          status: 400,
          members: { LocationConstraint: constraint },
        },
      );
    }
    return region;
  }
  if (constraint === endpoint || (constraint === 'EU' && endpoint === 'eu-west-1')) return endpoint;
  throw new ServiceFailure(
    'IllegalLocationConstraintException',
    `The ${constraint ?? 'unspecified'} location constraint is incompatible for the region specific endpoint this request was sent to.`,
    { status: 400 },
  );
}
