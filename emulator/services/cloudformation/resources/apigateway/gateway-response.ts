import type { PutGatewayResponseRequest } from '@aws-sdk/client-api-gateway';
import { notFound } from '../../../../gateway/failures.ts';
import { fromOperations } from '../gateway/from-operations.ts';
import { shown } from '../gateway/shown.ts';
import type { Properties, ResourceWork } from '../resource-type.ts';
import { lowerFirst } from '../translate/letters.ts';
import { picked, shaped, text } from '../translate/shaped.ts';

const letters = { maps: ['ResponseParameters', 'ResponseTemplates'] };
const names = ['RestApiId', 'ResponseType', 'StatusCode', 'ResponseParameters', 'ResponseTemplates'];

/* Putting it takes the place of what was put before. */
async function put(properties: Properties, work: ResourceWork): Promise<void> {
  const input = shaped<PutGatewayResponseRequest>(lowerFirst(picked(properties, ...names), letters));
  const statusCode = text(properties['StatusCode']);
  await work.call('apigateway', 'PutGatewayResponse', {
    ...input,
    ...(statusCode !== undefined && { statusCode }),
  });
}

const place = (properties: Properties) => ({
  restApiId: text(properties['RestApiId']),
  responseType: shaped<PutGatewayResponseRequest['responseType']>(properties['ResponseType']),
});

/**
 * `AWS::ApiGateway::GatewayResponse`. `Ref` is an id that CloudFormation gives.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-gatewayresponse.html
 */
export const gatewayResponse = fromOperations({
  nameOf: (_properties, work) => work.name(24),
  async create(properties, work) {
    await put(properties, work);
    const id = work.name(24);
    return { id, attributes: { Id: id } };
  },
  async look({ properties }, work) {
    const now = await work.call('apigateway', 'GetGatewayResponse', place(properties));
    if (now.defaultResponse === true) throw notFound('Gateway response type not defined on api');
    return { ...shown(now, letters), RestApiId: text(properties['RestApiId']) ?? '' };
  },
  change: (_kept, _now, wanted, work) => put(wanted, work),
  remove: ({ properties }, work) => work.call('apigateway', 'DeleteGatewayResponse', place(properties)),
});
