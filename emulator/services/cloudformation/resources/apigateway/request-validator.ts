import { fromOperations } from '../gateway/from-operations.ts';
import type { Properties, ResourceWork } from '../resource-type.ts';
import { text } from '../translate/shaped.ts';
import { patchWhatDiffers, value } from './differences.ts';
import { listed } from './listed.ts';

const differences = {
  ValidateRequestBody: value('/validateRequestBody', { becomes: 'false' }),
  ValidateRequestParameters: value('/validateRequestParameters', { becomes: 'false' }),
};

const nameFor = (properties: Properties, work: ResourceWork): string =>
  text(properties['Name']) ?? work.name(128);

/**
 * `AWS::ApiGateway::RequestValidator`. `Ref` is the validator's id.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-requestvalidator.html
 */
export const requestValidator = fromOperations({
  async create(properties, work) {
    const { id = '' } = await work.call('apigateway', 'CreateRequestValidator', {
      restApiId: text(properties['RestApiId']),
      name: nameFor(properties, work),
      validateRequestBody: properties['ValidateRequestBody'] === true,
      validateRequestParameters: properties['ValidateRequestParameters'] === true,
    });
    return { id, attributes: { RequestValidatorId: id } };
  },
  async look({ id, properties }, work) {
    const restApiId = text(properties['RestApiId']);
    const now = await work.call('apigateway', 'GetRequestValidator', { restApiId, requestValidatorId: id });
    return {
      RestApiId: restApiId ?? '',
      Name: now.name ?? '',
      ValidateRequestBody: now.validateRequestBody ?? false,
      ValidateRequestParameters: now.validateRequestParameters ?? false,
    };
  },
  async change({ id, properties }, now, wanted, work) {
    const restApiId = text(properties['RestApiId']);
    await patchWhatDiffers(differences, now, wanted, (patchOperations) =>
      work.call('apigateway', 'UpdateRequestValidator', {
        restApiId,
        requestValidatorId: id,
        patchOperations,
      }),
    );
  },
  remove: ({ id, properties }, work) =>
    work.call('apigateway', 'DeleteRequestValidator', {
      restApiId: text(properties['RestApiId']),
      requestValidatorId: id,
    }),
  async trace(properties, work) {
    const restApiId = text(properties['RestApiId']);
    const all = await listed((page) =>
      work.call('apigateway', 'GetRequestValidators', { restApiId, ...page }),
    );
    return all.find(({ name }) => name === nameFor(properties, work))?.id;
  },
});
