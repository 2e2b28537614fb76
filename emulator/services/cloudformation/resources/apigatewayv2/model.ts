import { parsed } from '../gateway/same.ts';
import { documentText, shaped } from '../translate/shaped.ts';
import { listed } from './listed.ts';
import { partOf } from './part-of.ts';

/**
 * `AWS::ApiGatewayV2::Model`. `Ref` is the model's id.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-model.html
 */
export const model = partOf({
  id: 'ModelId',
  parents: ['ApiId'],
  alone: 'Name',
  names: ['ContentType', 'Description', 'Name', 'Schema'],
  unsaid: { becomes: { ContentType: 'application/json', Description: '' } },
  asInput: (properties) => ({ ...properties, Schema: documentText(parsed(properties['Schema'])) }),
  asGiven: (answer, given) =>
    typeof given['Schema'] === 'string' ? answer : { ...answer, Schema: parsed(answer['Schema']) ?? {} },
  create: (input, work) => work.call('apigatewayv2', 'CreateModel', shaped(input)),
  get: (place, work) => work.call('apigatewayv2', 'GetModel', shaped(place)),
  update: (input, work) => work.call('apigatewayv2', 'UpdateModel', shaped(input)),
  remove: (place, work) => work.call('apigatewayv2', 'DeleteModel', shaped(place)),
  all: (parent, work) =>
    listed((page) =>
      work.call('apigatewayv2', 'GetModels', { ...shaped<{ ApiId: string }>(parent), ...page }),
    ),
});
