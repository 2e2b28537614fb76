/** The real key of an object. In an event S3 encodes it as in a form: spaces become `+`, the rest `%XX`. */
export function objectKey(encoded: string): string {
  return encoded;
}
