import { payloadVersion } from '../../../apigatewayv2/openapi/payload-version.ts';
import type { Properties } from '../resource-type.ts';
import { text } from '../translate/shaped.ts';

/** Properties with their version of payloads: a number in a template, which its schema has made a text without the zero. */
export function withVersion(properties: Properties, name: string): Properties {
  const given = text(properties[name]) ?? '';
  const version = /^\d+$/.test(given) ? payloadVersion(Number(given)) : undefined;
  return version === undefined ? properties : { ...properties, [name]: version };
}
