import type { Visit } from '../service/site.ts';
import type { WireAnswer } from '../wire/wire.ts';

/** 10 MB (Amazon API Gateway quotas). */
export const LARGEST_BODY = 10_485_760;

/** No API of that id, or no stage of a REST API: AWS does not say which. */
export async function forbidden(visit: Visit): Promise<WireAnswer> {
  await visit.body(LARGEST_BODY);
  return {
    status: 403,
    headers: {
      'Content-Type': 'application/json',
      'x-amzn-RequestId': visit.requestId,
      'x-amzn-ErrorType': 'ForbiddenException',
    },
    body: Buffer.from('{"message":"Forbidden"}'),
  };
}
