import type { DocumentationPartLocation } from '@aws-sdk/client-api-gateway';

/** Places that the caller leaves out are all places, which AWS writes `/` and `*`. */
const placeOf = ({
  type,
  path = '/',
  method = '*',
  statusCode = '*',
  name = '',
}: DocumentationPartLocation): string => JSON.stringify([type, path, method, statusCode, name]);

export function isSameLocation(one: DocumentationPartLocation, other: DocumentationPartLocation): boolean {
  return placeOf(one) === placeOf(other);
}
