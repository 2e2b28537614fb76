import { ServiceFailure } from '../../service/failure.ts';
import type { Dialect } from '../schema/dialects.ts';
import type { Violation } from './violation.ts';
import { textOf } from '../write/scalar.ts';
import { aggregate } from './wording.ts';

/** The failure that a service answers to an input that breaks its model. */
export function refuse(violations: readonly Violation[], dialect: Dialect): ServiceFailure {
  const [first] = violations;
  if (dialect.limits === 's3' && first !== undefined) return refuseOne(first, dialect);
  const lacking = violations.find(({ value, top, member }) => value === null && top === member);
  if (dialect.missing !== undefined && lacking !== undefined)
    return failure(dialect.missing.code, dialect.missing.message(lacking.member.name));
  for (const { at, pattern } of violations) {
    const sentence = pattern === undefined ? undefined : dialect.patterns[pattern];
    if (sentence !== undefined) return failure(dialect.invalid, sentence(at));
  }
  return failure(dialect.invalid, aggregate(violations));
}

/** S3 stops at the first thing that is wrong and says it of the header, the parameter or the document. */
function refuseOne({ value, top, member }: Violation, dialect: Dialect): ServiceFailure {
  const name = top.traits.httpHeader ?? top.traits.httpQuery;
  if (name === undefined) {
    if (value === null && top === member && top.traits.httpPayload)
      return failure('MissingRequestBodyError', 'Request body is empty.');
    return failure(dialect.malformed.code, dialect.malformed.message ?? '');
  }
  const argument = { ArgumentName: name, ArgumentValue: textOf(value ?? '') };
  if (value === null)
    return failure('MissingSecurityHeader', 'Your request was missing a required header', {
      MissingHeaderName: name,
    });
  switch (member.name) {
    case 'StorageClass':
      return failure('InvalidStorageClass', 'The storage class you specified is not valid', {
        StorageClassRequested: textOf(value),
      });
    case 'ChecksumAlgorithm':
      return failure(
        'InvalidRequest',
        'Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]',
      );
    case 'EncodingType':
      return failure('InvalidArgument', 'Invalid Encoding Method specified in Request', argument);
    default:
      return failure(dialect.invalid, `Invalid ${name} header: ${textOf(value)}`, argument);
  }
}

function failure(code: string, message: string, members: Record<string, unknown> = {}): ServiceFailure {
  return new ServiceFailure(code, message, { status: 400, members });
}
