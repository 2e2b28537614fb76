import { policyOfOne, policyOfSeveral, type PolicyHolder } from '../policy-on/policy-on.ts';

const holder: PolicyHolder = {
  put: (QueueUrl, Policy, work) =>
    work.call('sqs', 'SetQueueAttributes', { QueueUrl, Attributes: { Policy } }),
  drop: (QueueUrl, work) => work.call('sqs', 'SetQueueAttributes', { QueueUrl, Attributes: { Policy: '' } }),
  async get(QueueUrl, work) {
    const { Attributes } = await work.call('sqs', 'GetQueueAttributes', {
      QueueUrl,
      AttributeNames: ['Policy'],
    });
    return Attributes?.Policy;
  },
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queuepolicy.html */
export const queuePolicy = policyOfSeveral('Queues', holder);
/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queueinlinepolicy.html */
export const queueInlinePolicy = policyOfOne('Queue', holder);
