import type { Api } from '@aws-sdk/client-apigatewayv2';
import { lookup } from 'node:dns/promises';
import type { Cloud } from '../../../cloud.ts';
import type { Scope } from '../../../service/call.ts';
import { siteAddress } from '../../../service/site.ts';
import type { ApiRow } from '../store/rows.ts';

/** An API as AWS shows it, with an address that answers here. */
export type ShowApi = (scope: Scope, row: ApiRow) => Promise<Required<Pick<Api, 'Name'>> & Api>;

export function apiShower(cloud: Cloud): ShowApi {
  // Whether this machine finds names below `localhost`: not every system does.
  let resolving: Promise<boolean> | undefined;
  return async ({ region }, { api, details }) => {
    resolving ??= lookup(`${api.apiId}.execute-api.${region}.localhost`).then(
      () => true,
      () => false,
    );
    const at = { id: api.apiId, label: 'execute-api', region };
    const address = siteAddress(cloud, at, await resolving).replace(/\/$/, '');
    const { Tags, createdAt, ...more } = details;
    return {
      ...more,
      ApiEndpoint: api.protocolType === 'HTTP' ? address : address.replace(/^http/, 'ws'),
      ApiId: api.apiId,
      ApiKeySelectionExpression: api.apiKeySelectionExpression,
      CorsConfiguration: api.corsConfiguration,
      CreatedDate: new Date(createdAt),
      Description: api.description,
      ...(api.protocolType === 'WEBSOCKET' && { DisableSchemaValidation: api.disableSchemaValidation }),
      DisableExecuteApiEndpoint: api.disableExecuteApiEndpoint,
      Name: api.name,
      ProtocolType: api.protocolType,
      RouteSelectionExpression: api.routeSelectionExpression,
      Tags: { ...Tags },
      Version: api.version,
    };
  };
}
