/**
 * JSON Pointer as API Gateway's patch operations use it: `/requestParameters/method.request.header.x`,
 * `/responseTemplates/application~1json`.
 * https://docs.aws.amazon.com/apigateway/latest/api/API_PatchOperation.html
 */

/** @returns the segments, each unescaped (`~1` is `/`, `~0` is `~`); `undefined` where the pointer does not begin with `/` */
export function segmentsOf(pointer: string): readonly string[] | undefined {
  if (!pointer.startsWith('/')) return undefined;
  return pointer.slice(1).split('/').map(unescaped);
}

/** `application~1json` → `application/json` */
export const unescaped = (segment: string): string => segment.replaceAll('~1', '/').replaceAll('~0', '~');

/** `application/json` → `application~1json` */
export const escaped = (segment: string): string => segment.replaceAll('~', '~0').replaceAll('/', '~1');
