import type { WireIdentity } from '../../service/service.ts';

/**
 * What a service's answers say that no schema does: the codes it gives to requests that break the model, and the
 * few places where a service departs from its own protocol.
 */
export interface Dialect {
  /** Missing members and broken limits. */
  readonly invalid: string;
  /** A member of the operation itself that is missing, where the service says that in a sentence of its own. */
  readonly missing?: { readonly code: string; readonly message: (name: string) => string };
  /** The member that the path of a request may hold instead of its body: a queue's address is where it is reached. */
  readonly addressMember?: string;
  /** Bodies that cannot be read. */
  readonly malformed: { readonly code: string; readonly message?: string };
  readonly internal: { readonly code: string; readonly message: string };
  /** S3 names arguments one by one and knows no aggregate message. */
  readonly limits: 'aggregate' | 's3';
  /** Patterns that the service words in a sentence of its own, which it then gives alone. */
  readonly patterns: Readonly<Record<string, (at: string) => string>>;
  /** `<Error>` as the root of a restXml failure, with the resource and a host id (S3). */
  readonly bareXmlErrors: boolean;
  /** The content type of a payload of bytes where the model leaves it open. */
  readonly payloadType: string;
  /** Members of the body are told as inside the operation's input: `createRestApiInput.endpointConfiguration.types`. */
  readonly namesInput?: boolean;
  /** Operations whose output is the text of the root element itself, by the member that holds it. */
  readonly unwrappedOutputs: Readonly<Record<string, string>>;
}

const usual: Dialect = {
  invalid: 'ValidationException',
  malformed: { code: 'SerializationException' },
  internal: {
    code: 'InternalFailure',
    message: 'The request processing has failed because of an unknown error, exception or failure.',
  },
  limits: 'aggregate',
  patterns: {},
  bareXmlErrors: false,
  payloadType: 'application/octet-stream',
  unwrappedOutputs: {},
};

const special: Readonly<Record<string, Partial<Dialect>>> = {
  apigateway: { namesInput: true },
  // Recorded: apart from the newest operations, Logs says InvalidParameterException where others say ValidationException.
  logs: { invalid: 'InvalidParameterException' },
  iam: {
    patterns: {
      '[\\w+=,.@-]+': (at) =>
        `The specified value for ${at} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-`,
    },
  },
  lambda: { payloadType: 'application/json' },
  // Recorded for MessageGroupId. Older clients of the query protocol send to the queue's own address.
  sqs: {
    missing: {
      code: 'MissingRequiredParameterException',
      message: (name) => `The request must contain the parameter ${name}.`,
    },
    addressMember: 'QueueUrl',
  },
  // Recorded for SubscriptionArn; members further inside are told as elsewhere.
  sns: {
    missing: {
      code: 'InvalidParameter',
      message: (name) => `Invalid parameter: ${name} Reason: no value for required parameter`,
    },
  },
  s3: {
    invalid: 'InvalidArgument',
    malformed: {
      code: 'MalformedXML',
      message: 'The XML you provided was not well-formed or did not validate against our published schema',
    },
    internal: { code: 'InternalError', message: 'We encountered an internal error. Please try again.' },
    limits: 's3',
    bareXmlErrors: true,
    // https://smithy.io/2.0/aws/customizations/s3-customizations.html#aws-customizations-s3unwrappedxmloutput-trait
    unwrappedOutputs: { GetBucketLocation: 'LocationConstraint' },
  },
};

export function dialectOf(wire: WireIdentity): Dialect {
  const query: Partial<Dialect> =
    wire.protocols[0] === 'awsQuery'
      ? { invalid: 'ValidationError', malformed: { code: 'MalformedInput' } }
      : {};
  return { ...usual, ...query, ...special[wire.id] };
}
