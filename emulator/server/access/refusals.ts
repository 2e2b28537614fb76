import { ServiceFailure } from '../../service/failure.ts';
import type { Protocol, WireIdentity } from '../../service/service.ts';
import type { SignatureProblem } from '../signature.ts';

/**
 * Families of services that word the same refusal differently: S3; those of the query protocol; those with a REST
 * API; those that answer `x-amz-target`.
 */
type Family = 's3' | 'query' | 'rest' | 'json';
type Wording = readonly [code: string, status: number, message: string];

const families: Readonly<Record<Protocol, Family>> = {
  restXml: 's3',
  restJson1: 'rest',
  awsQuery: 'query',
  'awsJson1.0': 'json',
  'awsJson1.1': 'json',
  rpcv2Cbor: 'json',
};
/** The family of a service, by the protocol that it spoke first. */
function familyOf(wire: WireIdentity): Family {
  return families[wire.protocols[0] ?? 'restJson1'];
}

const INVALID_TOKEN = 'The security token included in the request is invalid';
const EXPIRED = 'The security token included in the request is expired';
const MISMATCH =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';

/*
 * https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html and the pages of that name of Lambda and
 * CloudWatch Logs; https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
const unsigned: Readonly<Record<Family, Wording>> = {
  s3: ['AccessDenied', 403, 'Access Denied'],
  query: ['MissingAuthenticationToken', 403, 'Request is missing Authentication Token'],
  rest: ['MissingAuthenticationTokenException', 403, 'Missing Authentication Token'],
  json: ['MissingAuthenticationTokenException', 403, 'Missing Authentication Token'],
};
const unknownKey: Readonly<Record<Family, Wording>> = {
  s3: ['InvalidAccessKeyId', 403, 'The AWS Access Key Id you provided does not exist in our records.'],
  query: ['InvalidClientTokenId', 403, INVALID_TOKEN],
  rest: ['UnrecognizedClientException', 403, `${INVALID_TOKEN}.`],
  json: ['UnrecognizedClientException', 400, `${INVALID_TOKEN}.`],
};
const expiredSession: Readonly<Record<Family, Wording>> = {
  s3: ['ExpiredToken', 400, 'The provided token has expired.'],
  query: ['ExpiredToken', 403, EXPIRED],
  rest: ['ExpiredTokenException', 403, EXPIRED],
  json: ['ExpiredTokenException', 400, EXPIRED],
};
const mismatch: Readonly<Record<Family, Wording>> = {
  s3: [
    'SignatureDoesNotMatch',
    403,
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
  ],
  query: ['SignatureDoesNotMatch', 403, MISMATCH],
  rest: ['InvalidSignatureException', 403, MISMATCH],
  json: ['InvalidSignatureException', 400, MISMATCH],
};
const malformed: Readonly<Record<Exclude<Family, 's3'>, readonly [code: string, status: number]>> = {
  query: ['IncompleteSignature', 400],
  rest: ['IncompleteSignatureException', 403],
  json: ['IncompleteSignatureException', 400],
};
const unknownOperation: Readonly<Record<Family, Wording>> = {
  s3: ['MethodNotAllowed', 405, 'The specified method is not allowed against this resource.'],
  query: ['InvalidAction', 400, 'Could not find operation {} for version {}'],
  rest: ['UnknownOperationException', 404, ''],
  json: ['UnknownOperationException', 400, ''],
};

/** Errors that AWS gives before an operation is reached, in the words of the service that is asked. */
export const refusals = {
  unsigned: (wire: WireIdentity) => failure(unsigned[familyOf(wire)]),
  unknownKey: (wire: WireIdentity) => failure(unknownKey[familyOf(wire)]),
  expiredSession: (wire: WireIdentity) => failure(expiredSession[familyOf(wire)]),
  ended: (wire: WireIdentity) =>
    familyOf(wire) === 's3'
      ? failure(['AccessDenied', 403, 'Request has expired'])
      : failure([...codeOf(mismatch[familyOf(wire)]), 'Signature expired.']),

  malformed: (wire: WireIdentity, where: 'header' | 'query', message: string) => {
    const family = familyOf(wire);
    if (family !== 's3') return failure([...malformed[family], message]);
    return where === 'query'
      ? failure(['AuthorizationQueryParametersError', 400, message])
      : failure([
          'AuthorizationHeaderMalformed',
          400,
          `The authorization header is malformed; ${message.charAt(0).toLowerCase()}${message.slice(1)}`,
        ]);
  },

  /** A presigned address came with headers that it was not signed for. */
  headersNotSigned: (names: readonly string[]) =>
    new ServiceFailure('AccessDenied', 'There were headers present in the request which were not signed', {
      status: 403,
      members: { HeadersNotSigned: names.join(', ') },
    }),

  signature: (wire: WireIdentity, problem: SignatureProblem): ServiceFailure => {
    const family = familyOf(wire);
    const [code, status, text] = mismatch[family];
    switch (problem.kind) {
      case 'mismatch':
        return failure([code, status, family === 's3' ? text : (problem.detail ?? text)]);
      case 'skewed':
        return family === 's3'
          ? failure([
              'RequestTimeTooSkewed',
              403,
              'The difference between the request time and the current time is too large.',
            ])
          : failure([code, status, problem.detail]);
      case 'ended':
        return refusals.ended(wire);
      case 'payload':
        return family === 's3'
          ? failure([
              'XAmzContentSHA256Mismatch',
              400,
              "The provided 'x-amz-content-sha256' header does not match what was computed.",
            ])
          : failure([code, status, text]);
      case 'unsupported':
        return failure([
          family === 's3' ? 'InvalidRequest' : code,
          400,
          'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
        ]);
    }
  },

  /** No operation of the service has this address. */
  unknownOperation: (wire: WireIdentity, named: string | undefined) => {
    const [code, status, text] = unknownOperation[familyOf(wire)];
    return failure([code, status, text.replace('{}', named ?? '').replace('{}', wire.version)]);
  },

  /** AWS has the operation and this cloud has not. */
  notImplemented: (wire: WireIdentity, operation: string) =>
    failure([
      familyOf(wire) === 'rest' || familyOf(wire) === 'json' ? 'NotImplementedException' : 'NotImplemented',
      501,
      `Coldstart's embedded cloud has no ${wire.id}:${operation} yet.`,
    ]),

  /** No policy of a role session allows an action. */
  denied: (wire: WireIdentity, arn: string, action: string, resource: string | undefined) => {
    const family = familyOf(wire);
    const on = resource === undefined ? '' : ` on resource: ${family === 's3' ? `"${resource}"` : resource}`;
    return failure([
      family === 'rest' || family === 'json' ? 'AccessDeniedException' : 'AccessDenied',
      family === 'json' ? 400 : 403,
      `User: ${arn} is not authorized to perform: ${action}${on} because no identity-based policy allows the ${action} action`,
    ]);
  },

  /** The policy of the resource denies it. */
  deniedByResource: (wire: WireIdentity, arn: string, action: string, resource: string) =>
    failure([
      'AccessDenied',
      403,
      `User: ${arn} is not authorized to perform: ${action} on resource: ${familyOf(wire) === 's3' ? `"${resource}"` : resource} with an explicit deny in a resource-based policy`,
    ]),

  tooLarge: (wire: WireIdentity, limit: number, operation: string | undefined) =>
    familyOf(wire) === 's3'
      ? failure(['EntityTooLarge', 413, 'Your proposed upload exceeds the maximum allowed size'])
      : failure([
          'RequestEntityTooLargeException',
          413,
          `Request must be smaller than ${String(limit)} bytes${operation === undefined ? '' : ` for the ${operation} operation`}`,
        ]),
};

function failure([code, status, message]: Wording): ServiceFailure {
  return new ServiceFailure(code, message, { status });
}
function codeOf([code, status]: Wording): readonly [string, number] {
  return [code, status];
}
