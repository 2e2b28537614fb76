import { shaped } from '../translate/shaped.ts';
import { listed } from './listed.ts';
import { partOf } from './part-of.ts';
import { withVersion } from './payload-version.ts';

/**
 * `AWS::ApiGatewayV2::Authorizer`. `Ref` is the authorizer's id.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-authorizer.html
 */
export const authorizer = partOf({
  id: 'AuthorizerId',
  parents: ['ApiId'],
  alone: 'Name',
  names: [
    'AuthorizerCredentialsArn',
    'AuthorizerPayloadFormatVersion',
    'AuthorizerResultTtlInSeconds',
    'AuthorizerType',
    'AuthorizerUri',
    'EnableSimpleResponses',
    'IdentitySource',
    'IdentityValidationExpression',
    'JwtConfiguration',
    'Name',
  ],
  unsaid: {
    becomes: {
      AuthorizerCredentialsArn: '',
      AuthorizerResultTtlInSeconds: 300,
      EnableSimpleResponses: false,
      IdentityValidationExpression: '',
    },
  },
  asInput: (properties) => withVersion(properties, 'AuthorizerPayloadFormatVersion'),
  // The operation wants to be told, the type does not: authorizers of WebSocket APIs may do without.
  create: (input, work) =>
    work.call('apigatewayv2', 'CreateAuthorizer', shaped({ IdentitySource: [], ...input })),
  get: (place, work) => work.call('apigatewayv2', 'GetAuthorizer', shaped(place)),
  update: (input, work) => work.call('apigatewayv2', 'UpdateAuthorizer', shaped(input)),
  remove: (place, work) => work.call('apigatewayv2', 'DeleteAuthorizer', shaped(place)),
  all: (parent, work) =>
    listed((page) =>
      work.call('apigatewayv2', 'GetAuthorizers', { ...shaped<{ ApiId: string }>(parent), ...page }),
    ),
});
