/**
 * The real key of an object.
 *
 * Gap 1: in an event S3 encodes the key as in a form. So far nobody decodes it.
 */
export function objectKey(encoded: string): string {
  return encoded;
}
