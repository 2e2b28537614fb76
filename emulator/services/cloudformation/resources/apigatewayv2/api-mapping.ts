import { shaped } from '../translate/shaped.ts';
import { listed } from './listed.ts';
import { partOf } from './part-of.ts';

/**
 * `AWS::ApiGatewayV2::ApiMapping`. `Ref` is the mapping's id.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-apimapping.html
 */
export const apiMapping = partOf({
  id: 'ApiMappingId',
  parents: ['DomainName'],
  alone: 'ApiMappingKey',
  names: ['ApiId', 'ApiMappingKey', 'Stage'],
  always: ['ApiId'],
  unsaid: { becomes: { ApiMappingKey: '' } },
  create: (input, work) => work.call('apigatewayv2', 'CreateApiMapping', shaped(input)),
  get: (place, work) => work.call('apigatewayv2', 'GetApiMapping', shaped(place)),
  update: (input, work) => work.call('apigatewayv2', 'UpdateApiMapping', shaped(input)),
  remove: (place, work) => work.call('apigatewayv2', 'DeleteApiMapping', shaped(place)),
  async all(parent, work) {
    const all = await listed((page) =>
      work.call('apigatewayv2', 'GetApiMappings', { ...shaped<{ DomainName: string }>(parent), ...page }),
    );
    // A template leaves out the key of the mapping that has none.
    return all.map(({ ApiMappingKey, ...one }) =>
      ApiMappingKey === undefined || ApiMappingKey === '' ? one : { ...one, ApiMappingKey },
    );
  },
});
