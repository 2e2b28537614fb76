import type { CreateRouteRequest, UpdateRouteRequest } from '@aws-sdk/client-apigatewayv2';
import { fromOperations } from '../gateway/from-operations.ts';
import { ifThere } from '../translate/gone.ts';
import { isObject, membersIn } from '../gateway/narrowed.ts';
import { picked, shaped, text } from '../translate/shaped.ts';
import { changesOf } from './changes.ts';
import { listed } from './listed.ts';
import { told } from './told.ts';

const names = [
  'ApiKeyRequired',
  'AuthorizationScopes',
  'AuthorizationType',
  'AuthorizerId',
  'ModelSelectionExpression',
  'OperationName',
  'RequestModels',
  'RequestParameters',
  'RouteKey',
  'RouteResponseSelectionExpression',
  'Target',
];

const unsaid = {
  becomes: {
    ApiKeyRequired: false,
    AuthorizationScopes: [],
    AuthorizationType: 'NONE',
    OperationName: '',
    RequestModels: {},
  },
};

/**
 * `AWS::ApiGatewayV2::Route`. `Ref` is the route's id.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-route.html
 */
export const route = fromOperations({
  async create(properties, work) {
    const input = shaped<CreateRouteRequest>(picked(properties, 'ApiId', ...names));
    const { RouteId = '' } = await work.call('apigatewayv2', 'CreateRoute', input);
    return { id: RouteId, attributes: { RouteId } };
  },
  async look({ id, properties }, work) {
    const ApiId = text(properties['ApiId']);
    return {
      ...told(await work.call('apigatewayv2', 'GetRoute', { ApiId, RouteId: id })),
      ApiId: ApiId ?? '',
    };
  },
  async change({ id, properties }, now, wanted, work) {
    const place = { ApiId: text(properties['ApiId']), RouteId: id };
    const after = isObject(wanted['RequestParameters']) ? wanted['RequestParameters'] : {};
    for (const [RequestParameterKey] of membersIn(now['RequestParameters']))
      if (after[RequestParameterKey] === undefined)
        await ifThere(
          work.call('apigatewayv2', 'DeleteRouteRequestParameter', { ...place, RequestParameterKey }),
        );
    const changes = changesOf(now, wanted, names, unsaid);
    if (changes !== undefined)
      await work.call('apigatewayv2', 'UpdateRoute', { ...shaped<UpdateRouteRequest>(changes), ...place });
  },
  remove: ({ id, properties }, work) =>
    work.call('apigatewayv2', 'DeleteRoute', { ApiId: text(properties['ApiId']), RouteId: id }),
  async trace(properties, work) {
    const ApiId = text(properties['ApiId']);
    const all = await listed((page) => work.call('apigatewayv2', 'GetRoutes', { ApiId, ...page }));
    return all.find(({ RouteKey }) => RouteKey === properties['RouteKey'])?.RouteId;
  },
});
