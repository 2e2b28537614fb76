import * as clientSchemas from '@aws-sdk/client-sqs/dist-es/schemas/schemas_0.js';
import type { Limits } from '../../service/service.ts';

/* What SQS answers and its public model does not say. */

/** An error among the client's schema constants; a member of text is 0. */
type ErrorSchema = readonly [-3, string, string, object, readonly ['message'], readonly [0]];

/**
 * Errors of the framework that SQS is built on. Recorded answers have two names for each: this one in `__type`,
 * and the one of the query protocol in `x-amzn-query-error`.
 */
function unmodelled(name: string, queryCode: string, status = 400): ErrorSchema {
  return [
    -3,
    'com.amazon.coral.service',
    name,
    { awsQueryError: [queryCode, status], error: 'client', httpError: status },
    ['message'],
    [0],
  ];
}

/** The client's schemas, with the errors that SQS gives and its client does not know. */
export const schemas: Readonly<Record<string, unknown>> = {
  ...(clientSchemas as Readonly<Record<string, unknown>>),
  InvalidParameterValueException$: unmodelled('InvalidParameterValueException', 'InvalidParameterValue'),
  MissingRequiredParameterException$: unmodelled('MissingRequiredParameterException', 'MissingParameter'),
  AccessDeniedException$: unmodelled('AccessDeniedException', 'AccessDenied', 403),
};

/** SQS judges every value itself, in sentences of its own: none of the model's limits is held against a caller. */
export const limits: Limits = {};
