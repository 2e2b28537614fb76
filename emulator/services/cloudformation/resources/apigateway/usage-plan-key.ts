import { fromOperations } from '../gateway/from-operations.ts';
import type { Properties } from '../resource-type.ts';
import { text } from '../translate/shaped.ts';

const place = (properties: Properties) => ({
  usagePlanId: text(properties['UsagePlanId']),
  keyId: text(properties['KeyId']),
});
const idOf = (properties: Properties): string =>
  `${text(properties['KeyId']) ?? ''}:${text(properties['UsagePlanId']) ?? ''}`;

/**
 * `AWS::ApiGateway::UsagePlanKey`. `Ref` is the key's id and the plan's with a colon between.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-usageplankey.html
 */
export const usagePlanKey = fromOperations({
  nameOf: idOf,
  async create(properties, work) {
    const keyType = text(properties['KeyType']);
    await work.call('apigateway', 'CreateUsagePlanKey', { ...place(properties), keyType });
    const id = idOf(properties);
    return { id, attributes: { Id: id } };
  },
  async look({ properties }, work) {
    const { id = '', type = '' } = await work.call('apigateway', 'GetUsagePlanKey', place(properties));
    return { KeyId: id, KeyType: type, UsagePlanId: text(properties['UsagePlanId']) ?? '' };
  },
  remove: ({ properties }, work) => work.call('apigateway', 'DeleteUsagePlanKey', place(properties)),
});
