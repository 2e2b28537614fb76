import { shaped } from '../translate/shaped.ts';
import { listed } from './listed.ts';
import { partOf } from './part-of.ts';

/**
 * `AWS::ApiGatewayV2::IntegrationResponse`. `Ref` is the response's id.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-integrationresponse.html
 */
export const integrationResponse = partOf({
  id: 'IntegrationResponseId',
  parents: ['ApiId', 'IntegrationId'],
  alone: 'IntegrationResponseKey',
  names: [
    'ContentHandlingStrategy',
    'IntegrationResponseKey',
    'ResponseParameters',
    'ResponseTemplates',
    'TemplateSelectionExpression',
  ],
  unsaid: {
    becomes: { ResponseParameters: {}, ResponseTemplates: {}, TemplateSelectionExpression: '' },
    emptied: { ResponseParameters: '' },
  },
  create: (input, work) => work.call('apigatewayv2', 'CreateIntegrationResponse', shaped(input)),
  get: (place, work) => work.call('apigatewayv2', 'GetIntegrationResponse', shaped(place)),
  update: (input, work) => work.call('apigatewayv2', 'UpdateIntegrationResponse', shaped(input)),
  remove: (place, work) => work.call('apigatewayv2', 'DeleteIntegrationResponse', shaped(place)),
  all: (parent, work) =>
    listed((page) =>
      work.call('apigatewayv2', 'GetIntegrationResponses', {
        ...shaped<{ ApiId: string; IntegrationId: string }>(parent),
        ...page,
      }),
    ),
});
