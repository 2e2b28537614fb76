import { fromOperations } from '../gateway/from-operations.ts';
import type { Properties } from '../resource-type.ts';
import { text } from '../translate/shaped.ts';
import { listed } from './listed.ts';

const restApiOf = (properties: Properties): string | undefined => text(properties['RestApiId']);

/**
 * `AWS::ApiGateway::Resource`. `Ref` is the resource's id; every change of its place makes another.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-resource.html
 */
export const resource = fromOperations({
  async create(properties, work) {
    const { id = '' } = await work.call('apigateway', 'CreateResource', {
      restApiId: restApiOf(properties),
      parentId: text(properties['ParentId']),
      pathPart: text(properties['PathPart']),
    });
    return { id, attributes: { ResourceId: id } };
  },
  async look({ id, properties }, work) {
    const restApiId = restApiOf(properties);
    const { parentId, pathPart } = await work.call('apigateway', 'GetResource', {
      restApiId,
      resourceId: id,
    });
    return { RestApiId: restApiId ?? '', ParentId: parentId ?? '', PathPart: pathPart ?? '' };
  },
  remove: ({ id, properties }, work) =>
    work.call('apigateway', 'DeleteResource', { restApiId: restApiOf(properties), resourceId: id }),
  async trace(properties, work) {
    const all = await listed((page) =>
      work.call('apigateway', 'GetResources', { restApiId: restApiOf(properties), ...page }),
    );
    const { ParentId, PathPart } = properties;
    return all.find(({ parentId, pathPart }) => parentId === ParentId && pathPart === PathPart)?.id;
  },
});
