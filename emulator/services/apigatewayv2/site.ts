import type { ProtocolType } from '@aws-sdk/client-apigatewayv2';
import type { Cloud } from '../../cloud.ts';
import { forbidden } from '../../gateway/forbidden.ts';
import type { Site, Visit } from '../../service/site.ts';
import { mappedAddress } from '../apigateway/execution/request/mapped-address.ts';
import type { Address } from '../apigateway/execution/request/parse.ts';
import type { ApiGatewayV2Catalogue } from './port.ts';

/** Answers for the APIs of one protocol. @param at where a custom domain name leads; undefined: the API's own address */
export type Plane = (visit: Visit, at: Address | undefined) => ReturnType<Site>;

/** Answers at the addresses of APIs, each by the plane of its protocol; where there is no API at all, with a refusal. */
export function apiSite(
  cloud: Cloud,
  catalogue: ApiGatewayV2Catalogue,
  planes: Readonly<Partial<Record<ProtocolType, Plane>>>,
): Site {
  const mapped = async ({ id, head }: Visit): Promise<Address | undefined> => {
    const { catalogue: names } = await cloud.port('apigateway');
    return mappedAddress(names, id, head.path);
  };
  return async (visit) => {
    const at = visit.label === 'domain' ? await mapped(visit) : undefined;
    const protocol = catalogue.protocolOf(at?.apiId ?? visit.id);
    const plane = protocol && planes[protocol];
    return plane === undefined ? await forbidden(visit) : await plane(visit, at);
  };
}
