import type { Call } from '../service/call.ts';
import { badRequest } from './failures.ts';

export type Tags = Readonly<Record<string, string>>;

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-tagging-restrictions.html */
const MOST_TAGS = 50;

/**
 * Adds tags to those that are there.
 * @throws BadRequestException for more than 50, too long ones and AWS's own prefix, which services alone may use
 */
export function checkTags(
  { inner }: Pick<Call, 'inner'>,
  added: Tags,
  before: Tags = {},
): Record<string, string> {
  for (const [key, value] of Object.entries(added)) {
    if (/^aws:/i.test(key) && inner !== true)
      throw badRequest('Tag keys that begin with aws: are reserved for AWS.');
    if (key.length === 0 || key.length > 128) throw badRequest('Tag keys have 1 to 128 characters.');
    if (value.length > 256) throw badRequest('Tag values have 256 characters at most.');
  }
  const all = { ...before, ...added };
  if (Object.keys(all).filter((key) => !key.startsWith('aws:')).length > MOST_TAGS)
    throw badRequest(`A resource can have no more than ${MOST_TAGS} tags.`);
  return all;
}
