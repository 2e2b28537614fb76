import { policyOfOne, policyOfSeveral, type PolicyHolder } from '../policy-on/policy-on.ts';

const AttributeName = 'Policy';
const holder: PolicyHolder = {
  put: (TopicArn, AttributeValue, work) =>
    work.call('sns', 'SetTopicAttributes', { TopicArn, AttributeName, AttributeValue }),
  // A topic is never without a policy: it gets the one back that lets its owner.
  drop: (TopicArn, work) =>
    work.call('sns', 'SetTopicAttributes', { TopicArn, AttributeName, AttributeValue: '' }),
  async get(TopicArn, work) {
    return (await work.call('sns', 'GetTopicAttributes', { TopicArn })).Attributes?.[AttributeName];
  },
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topicpolicy.html */
export const topicPolicy = policyOfSeveral('Topics', holder);
/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topicinlinepolicy.html */
export const topicInlinePolicy = policyOfOne('TopicArn', holder);
