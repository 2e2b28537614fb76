import { shaped } from '../translate/shaped.ts';
import { listed } from './listed.ts';
import { partOf } from './part-of.ts';

/**
 * `AWS::ApiGatewayV2::RouteResponse`. `Ref` is the response's id.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-routeresponse.html
 */
export const routeResponse = partOf({
  id: 'RouteResponseId',
  parents: ['ApiId', 'RouteId'],
  alone: 'RouteResponseKey',
  names: ['ModelSelectionExpression', 'ResponseModels', 'ResponseParameters', 'RouteResponseKey'],
  unsaid: { becomes: { ModelSelectionExpression: '', ResponseModels: {}, ResponseParameters: {} } },
  create: (input, work) => work.call('apigatewayv2', 'CreateRouteResponse', shaped(input)),
  get: (place, work) => work.call('apigatewayv2', 'GetRouteResponse', shaped(place)),
  update: (input, work) => work.call('apigatewayv2', 'UpdateRouteResponse', shaped(input)),
  remove: (place, work) => work.call('apigatewayv2', 'DeleteRouteResponse', shaped(place)),
  all: (parent, work) =>
    listed((page) =>
      work.call('apigatewayv2', 'GetRouteResponses', {
        ...shaped<{ ApiId: string; RouteId: string }>(parent),
        ...page,
      }),
    ),
});
