import { fromOperations } from '../gateway/from-operations.ts';
import { shown } from '../gateway/shown.ts';
import { lowerFirst } from '../translate/letters.ts';
import { picked, shaped, text } from '../translate/shaped.ts';
import { patchWhatDiffers, value, values } from './differences.ts';
import { listed } from './listed.ts';

const letters = { names: { ProviderARNs: 'providerARNs' } };

const differences = {
  Name: value('/name', 'stays'),
  Type: value('/type', 'stays'),
  AuthType: value('/authType', 'stays'),
  AuthorizerUri: value('/authorizerUri', { becomes: '' }),
  AuthorizerCredentials: value('/authorizerCredentials', { becomes: '' }),
  AuthorizerResultTtlInSeconds: value('/authorizerResultTtlInSeconds', { becomes: '300' }),
  IdentitySource: value('/identitySource'),
  IdentityValidationExpression: value('/identityValidationExpression', { becomes: '' }),
  ProviderARNs: values('/providerARNs'),
};

/**
 * `AWS::ApiGateway::Authorizer`. `Ref` is the authorizer's id.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-authorizer.html
 */
export const authorizer = fromOperations({
  async create(properties, work) {
    const input = lowerFirst(picked(properties, 'RestApiId', ...Object.keys(differences)), letters);
    const { id = '' } = await work.call('apigateway', 'CreateAuthorizer', shaped(input));
    return { id, attributes: { AuthorizerId: id } };
  },
  async look({ id, properties }, work) {
    const restApiId = text(properties['RestApiId']);
    const now = await work.call('apigateway', 'GetAuthorizer', { restApiId, authorizerId: id });
    return {
      ...shown(now, letters),
      RestApiId: restApiId ?? '',
    };
  },
  async change({ id, properties }, now, wanted, work) {
    const restApiId = text(properties['RestApiId']);
    await patchWhatDiffers(differences, now, wanted, (patchOperations) =>
      work.call('apigateway', 'UpdateAuthorizer', { restApiId, authorizerId: id, patchOperations }),
    );
  },
  remove: ({ id, properties }, work) =>
    work.call('apigateway', 'DeleteAuthorizer', {
      restApiId: text(properties['RestApiId']),
      authorizerId: id,
    }),
  async trace(properties, work) {
    const restApiId = text(properties['RestApiId']);
    const all = await listed((page) => work.call('apigateway', 'GetAuthorizers', { restApiId, ...page }));
    return all.find(({ name }) => name === properties['Name'])?.id;
  },
});
