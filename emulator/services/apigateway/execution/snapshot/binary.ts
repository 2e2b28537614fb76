/** Whether a content type is one of an API's binary media types: `image/*` and `*\/*` stand for many. */
export type IsBinary = (contentType: string | undefined) => boolean;

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings.html */
export function binaryTypes(mediaTypes: readonly string[]): IsBinary {
  if (mediaTypes.length === 0) return () => false;
  const types = mediaTypes.map((type) => type.trim().toLowerCase());
  if (types.includes('*/*')) return () => true;
  const whole = new Set(types.filter((type) => !type.endsWith('/*')));
  const families = types.filter((type) => type.endsWith('/*')).map((type) => type.slice(0, -1));
  return (contentType) => {
    if (contentType === undefined) return false;
    const type = bareType(contentType);
    return whole.has(type) || families.some((family) => type.startsWith(family));
  };
}

/** `Text/HTML; charset=utf-8` → `text/html` */
export function bareType(contentType: string): string {
  const end = contentType.indexOf(';');
  return (end === -1 ? contentType : contentType.slice(0, end)).trim().toLowerCase();
}

/** The first type that a client accepts: the one that counts for binary answers. */
export function firstAccepted(accept: string | undefined): string | undefined {
  return accept === undefined ? undefined : bareType(accept.split(',')[0] ?? '');
}
