import { fromOperations } from '../gateway/from-operations.ts';
import type { Properties, ResourceWork } from '../resource-type.ts';
import { text } from '../translate/shaped.ts';

const setRole = (role: string | undefined, work: ResourceWork): Promise<unknown> =>
  work.call('apigateway', 'UpdateAccount', {
    patchOperations: [{ op: 'replace', path: '/cloudwatchRoleArn', value: role ?? '' }],
  });

/**
 * `AWS::ApiGateway::Account`: the one setting that all REST APIs of an account and region share. Removing it from a
 * stack leaves the setting as it is, as CloudFormation does. `Ref` is an id that CloudFormation gives.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-account.html
 */
export const account = fromOperations({
  nameOf: (_properties, work) => work.name(24),
  async create(properties, work) {
    const role = text(properties['CloudWatchRoleArn']);
    if (role !== undefined) await setRole(role, work);
    const id = work.name(24);
    return { id, attributes: { Id: id } };
  },
  async look(_kept, work): Promise<Properties> {
    const { cloudwatchRoleArn } = await work.call('apigateway', 'GetAccount', {});
    return cloudwatchRoleArn === undefined ? {} : { CloudWatchRoleArn: cloudwatchRoleArn };
  },
  change: (_kept, _now, wanted, work) => setRole(text(wanted['CloudWatchRoleArn']), work),
  remove: () => Promise.resolve(),
});
