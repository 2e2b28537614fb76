import type { ResourceType } from '../resource-type.ts';
import { apiMapping } from './api-mapping.ts';
import { api } from './api.ts';
import { authorizer } from './authorizer.ts';
import { deployment } from './deployment.ts';
import { domainName } from './domain-name.ts';
import { integrationResponse } from './integration-response.ts';
import { integration } from './integration.ts';
import { model } from './model.ts';
import { routeResponse } from './route-response.ts';
import { route } from './route.ts';
import { stage } from './stage.ts';
import { vpcLink } from './vpc-link.ts';

/** The types of API Gateway's HTTP and WebSocket APIs. */
export const apiGatewayV2Types = {
  'AWS::ApiGatewayV2::Api': api,
  'AWS::ApiGatewayV2::ApiMapping': apiMapping,
  'AWS::ApiGatewayV2::Authorizer': authorizer,
  'AWS::ApiGatewayV2::Deployment': deployment,
  'AWS::ApiGatewayV2::DomainName': domainName,
  'AWS::ApiGatewayV2::Integration': integration,
  'AWS::ApiGatewayV2::IntegrationResponse': integrationResponse,
  'AWS::ApiGatewayV2::Model': model,
  'AWS::ApiGatewayV2::Route': route,
  'AWS::ApiGatewayV2::RouteResponse': routeResponse,
  'AWS::ApiGatewayV2::Stage': stage,
  'AWS::ApiGatewayV2::VpcLink': vpcLink,
} satisfies Record<string, ResourceType>;
