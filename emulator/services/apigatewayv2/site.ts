import type { ProtocolType } from '@aws-sdk/client-apigatewayv2';
import { forbidden } from '../../gateway/forbidden.ts';
import type { Site } from '../../service/site.ts';
import type { ApiGatewayV2Catalogue } from './port.ts';

/** Answers at the addresses of APIs, each by the plane of its protocol; where there is no API at all, with a refusal. */
export function apiSite(
  catalogue: ApiGatewayV2Catalogue,
  planes: Readonly<Partial<Record<ProtocolType, Site>>>,
): Site {
  return async (visit) => {
    const protocol = catalogue.protocolOf(visit.id);
    const plane = protocol && planes[protocol];
    return plane === undefined ? await forbidden(visit) : await plane(visit);
  };
}
