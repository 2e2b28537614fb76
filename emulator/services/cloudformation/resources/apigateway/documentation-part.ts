import { fromOperations } from '../gateway/from-operations.ts';
import { isSame } from '../gateway/same.ts';
import { shown } from '../gateway/shown.ts';
import { lowerFirst } from '../translate/letters.ts';
import { picked, shaped, text } from '../translate/shaped.ts';
import { document, patchWhatDiffers } from './differences.ts';
import { listed } from './listed.ts';

const differences = { Properties: document('/properties', 'stays') };

/**
 * `AWS::ApiGateway::DocumentationPart`. `Ref` is the part's id.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-documentationpart.html
 */
export const documentationPart = fromOperations({
  async create(properties, work) {
    const input = lowerFirst(picked(properties, 'RestApiId', 'Location', 'Properties'));
    const { id = '' } = await work.call('apigateway', 'CreateDocumentationPart', shaped(input));
    return { id, attributes: { DocumentationPartId: id } };
  },
  async look({ id, properties }, work) {
    const restApiId = text(properties['RestApiId']);
    const now = await work.call('apigateway', 'GetDocumentationPart', { restApiId, documentationPartId: id });
    return {
      RestApiId: restApiId ?? '',
      Location: shown(now.location ?? {}),
      Properties: now.properties ?? '',
    };
  },
  async change({ id, properties }, now, wanted, work) {
    const restApiId = text(properties['RestApiId']);
    await patchWhatDiffers(differences, now, wanted, (patchOperations) =>
      work.call('apigateway', 'UpdateDocumentationPart', {
        restApiId,
        documentationPartId: id,
        patchOperations,
      }),
    );
  },
  remove: ({ id, properties }, work) =>
    work.call('apigateway', 'DeleteDocumentationPart', {
      restApiId: text(properties['RestApiId']),
      documentationPartId: id,
    }),
  async trace(properties, work) {
    const restApiId = text(properties['RestApiId']);
    const all = await listed((page) =>
      work.call('apigateway', 'GetDocumentationParts', { restApiId, ...page }),
    );
    return all.find(({ location }) => isSame(shown(location ?? {}), properties['Location']))?.id;
  },
});
