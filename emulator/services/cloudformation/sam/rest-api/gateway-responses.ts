import { type Obj, isIntrinsic, isNothing, isObj, obj } from '../json.ts';
import type { Source } from '../made.ts';
import { isEditable } from '../openapi/editor.ts';

const PLACES: Readonly<Record<string, string>> = {
  Headers: 'header',
  Paths: 'path',
  QueryStrings: 'querystring',
};

/** `GatewayResponses`: what API Gateway itself answers. */
export function addGatewayResponses(source: Source, body: unknown, fail: (reason: string) => Error): void {
  const responses = source.properties['GatewayResponses'];
  if (!isObj(responses)) throw fail("Invalid value for 'GatewayResponses' property.");
  if (!isObj(body) || !isEditable(body))
    throw fail("GatewayResponses works only with inline Swagger specified in 'DefinitionBody' property.");
  if (isIntrinsic(responses) || Object.values(responses).some(isIntrinsic))
    throw fail(
      'Unable to set GatewayResponses attribute because intrinsic functions are not supported for this field.',
    );
  const all: Obj = obj(body['x-amazon-apigateway-gateway-responses']);
  for (const [type, response] of Object.entries(responses)) {
    if (!isObj(response))
      throw fail(
        `Invalid property type '${type}' for GatewayResponses. Expected an object of type 'GatewayResponse'.`,
      );
    for (const name of Object.keys(response))
      if (!['ResponseParameters', 'ResponseTemplates', 'StatusCode'].includes(name))
        throw fail(`Invalid property '${name}' in 'GatewayResponses' property '${type}'.`);
    all[type] = responseOf(type, response, fail);
  }
  body['x-amazon-apigateway-gateway-responses'] = all;
}

function responseOf(type: string, response: Obj, fail: (reason: string) => Error): Obj {
  const parameters: Obj = {};
  const given = response['ResponseParameters'] ?? {};
  if (!isObj(given)) throw fail(`Property 'GatewayResponses.${type}.ResponseParameters' should be a map.`);
  for (const [group, values] of Object.entries(given)) {
    const place = PLACES[group];
    if (place === undefined) throw fail(`Invalid gateway response parameter '${group}'`);
    if (!isObj(values))
      throw fail(`Property 'GatewayResponses.${type}.ResponseParameters.${group}' should be a map.`);
    for (const [name, value] of Object.entries(values))
      parameters[`gatewayresponse.${place}.${name}`] = value;
  }
  const status = response['StatusCode'];
  return {
    responseParameters: parameters,
    responseTemplates: response['ResponseTemplates'] ?? {},
    ...(isNothing(status) ? {} : { statusCode: typeof status === 'number' ? String(status) : status }),
  };
}
