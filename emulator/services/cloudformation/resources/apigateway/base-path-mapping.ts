import { fromOperations } from '../gateway/from-operations.ts';
import type { Properties } from '../resource-type.ts';
import { text } from '../translate/shaped.ts';
import { patchWhatDiffers, value } from './differences.ts';

const differences = {
  RestApiId: value('/restapiId', 'stays'),
  Stage: value('/stage', { becomes: '' }),
};

/** What the service calls the mapping of no path. */
const NO_PATH = '(none)';
const pathOf = (properties: Properties): string => {
  const path = text(properties['BasePath']) ?? '';
  return path === '' ? NO_PATH : path;
};
const place = (properties: Properties) => ({
  domainName: text(properties['DomainName']),
  basePath: pathOf(properties),
});
const idOf = (properties: Properties): string =>
  `${text(properties['DomainName']) ?? ''}|${text(properties['BasePath']) ?? ''}`;

/**
 * `AWS::ApiGateway::BasePathMapping`. `Ref` is the domain name and the base path with a bar between.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-basepathmapping.html
 */
export const basePathMapping = fromOperations({
  nameOf: idOf,
  async create(properties, work) {
    await work.call('apigateway', 'CreateBasePathMapping', {
      ...place(properties),
      restApiId: text(properties['RestApiId']),
      stage: text(properties['Stage']),
    });
    return { id: idOf(properties), attributes: {} };
  },
  async look({ properties }, work) {
    const {
      basePath = '',
      restApiId = '',
      stage,
    } = await work.call('apigateway', 'GetBasePathMapping', place(properties));
    return {
      DomainName: text(properties['DomainName']) ?? '',
      BasePath: basePath === NO_PATH ? (properties['BasePath'] ?? '') : basePath,
      RestApiId: restApiId,
      ...(stage !== undefined && { Stage: stage }),
    };
  },
  async change({ properties }, now, wanted, work) {
    await patchWhatDiffers(differences, now, wanted, (patchOperations) =>
      work.call('apigateway', 'UpdateBasePathMapping', { ...place(properties), patchOperations }),
    );
  },
  remove: ({ properties }, work) => work.call('apigateway', 'DeleteBasePathMapping', place(properties)),
});
