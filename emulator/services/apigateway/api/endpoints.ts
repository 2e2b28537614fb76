import type { EndpointConfiguration, EndpointType, IpAddressType } from '@aws-sdk/client-api-gateway';
import { badRequest } from '../../../gateway/failures.ts';

const types: readonly string[] = ['REGIONAL', 'EDGE', 'PRIVATE'];

/**
 * An API's endpoint with AWS's defaults: edge-optimised over IPv4, private ones dual-stack.
 * @throws BadRequestException in the recorded words
 */
export function readEndpoint(given: EndpointConfiguration | undefined): EndpointConfiguration {
  const asked = given?.types ?? ['EDGE'];
  const [type] = asked;
  if (type === undefined)
    throw badRequest('REGIONAL Configuration and EDGE Configuration cannot be both DISABLED.');
  if (asked.length > 1) throw badRequest('Cannot create an api with multiple Endpoint Types.');
  return endpoint(type, given?.ipAddressType, given?.vpcEndpointIds);
}

/** @throws BadRequestException */
export function endpoint(
  type: EndpointType,
  address: IpAddressType | undefined,
  vpcEndpointIds: readonly string[] | undefined,
): EndpointConfiguration {
  if (type === 'PRIVATE' && address === 'ipv4')
    throw badRequest('Only dualstack ipAddressType is supported for Private APIs.');
  return {
    types: [type],
    ipAddressType: address ?? (type === 'PRIVATE' ? 'dualstack' : 'ipv4'),
    ...(vpcEndpointIds !== undefined && vpcEndpointIds.length > 0 && { vpcEndpointIds: [...vpcEndpointIds] }),
  };
}

/** @throws BadRequestException */
export function readEndpointType(value: string | undefined): EndpointType {
  if (value === undefined || !types.includes(value))
    throw badRequest(`Invalid EndpointTypes specified. Valid options are ${types.join(',')}`);
  return value as EndpointType;
}

/** @throws BadRequestException */
export function readAddressType(value: string | undefined): IpAddressType {
  if (value !== 'ipv4' && value !== 'dualstack')
    throw badRequest('ipAddressType must be either ipv4 or dualstack.');
  return value;
}
