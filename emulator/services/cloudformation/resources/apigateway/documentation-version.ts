import { fromOperations } from '../gateway/from-operations.ts';
import type { Properties } from '../resource-type.ts';
import { text } from '../translate/shaped.ts';
import { patchWhatDiffers, value } from './differences.ts';

const differences = { Description: value('/description', { becomes: '' }) };

const place = (properties: Properties) => ({
  restApiId: text(properties['RestApiId']),
  documentationVersion: text(properties['DocumentationVersion']),
});

/**
 * `AWS::ApiGateway::DocumentationVersion`. `Ref` is the version.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-documentationversion.html
 */
export const documentationVersion = fromOperations({
  nameOf: (properties) => text(properties['DocumentationVersion']),
  async create(properties, work) {
    const description = text(properties['Description']);
    const { version = '' } = await work.call('apigateway', 'CreateDocumentationVersion', {
      ...place(properties),
      ...(description !== undefined && { description }),
    });
    return { id: version, attributes: {} };
  },
  async look({ properties }, work) {
    const { version = '', description } = await work.call(
      'apigateway',
      'GetDocumentationVersion',
      place(properties),
    );
    return {
      RestApiId: text(properties['RestApiId']) ?? '',
      DocumentationVersion: version,
      ...(description !== undefined && { Description: description }),
    };
  },
  async change({ properties }, now, wanted, work) {
    await patchWhatDiffers(differences, now, wanted, (patchOperations) =>
      work.call('apigateway', 'UpdateDocumentationVersion', { ...place(properties), patchOperations }),
    );
  },
  remove: ({ properties }, work) => work.call('apigateway', 'DeleteDocumentationVersion', place(properties)),
});
