import { fromOperations } from '../gateway/from-operations.ts';
import { parsed } from '../gateway/same.ts';
import type { Properties, ResourceWork } from '../resource-type.ts';
import { documentText, text } from '../translate/shaped.ts';
import { document, patchWhatDiffers, value } from './differences.ts';

const differences = {
  Description: value('/description', { becomes: '' }),
  Schema: document('/schema', { becomes: '{}' }),
};

/* Models are named in letters and digits alone. */
const nameOf = (properties: Properties, work: ResourceWork): string =>
  text(properties['Name']) ?? work.name(128).replaceAll('-', '');

/**
 * `AWS::ApiGateway::Model`. `Ref` is the model's name.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-model.html
 */
export const model = fromOperations({
  nameOf,
  async create(properties, work) {
    const name = nameOf(properties, work);
    await work.call('apigateway', 'CreateModel', {
      restApiId: text(properties['RestApiId']),
      name,
      contentType: text(properties['ContentType']) ?? 'application/json',
      description: text(properties['Description']),
      schema: documentText(properties['Schema']),
    });
    return { id: name, attributes: {} };
  },
  async look({ id, properties }, work) {
    const restApiId = text(properties['RestApiId']);
    const now = await work.call('apigateway', 'GetModel', { restApiId, modelName: id });
    return {
      RestApiId: restApiId ?? '',
      Name: id,
      ...(now.description !== undefined && { Description: now.description }),
      ...(now.contentType !== undefined && { ContentType: now.contentType }),
      ...(now.schema !== undefined && { Schema: asGiven(now.schema, properties['Schema']) }),
    };
  },
  async change({ id, properties }, now, wanted, work) {
    const restApiId = text(properties['RestApiId']);
    await patchWhatDiffers(differences, now, wanted, (patchOperations) =>
      work.call('apigateway', 'UpdateModel', { restApiId, modelName: id, patchOperations }),
    );
  },
  remove: ({ id, properties }, work) =>
    work.call('apigateway', 'DeleteModel', { restApiId: text(properties['RestApiId']), modelName: id }),
});

/* Text where the template has text. */
const asGiven = (schema: string, given: Properties[string] | undefined): Properties[string] =>
  typeof given === 'string' ? schema : (parsed(schema) ?? schema);
