import { describe, expect, it } from 'vitest';
import { type Obj, obj } from '../json.ts';
import { transform } from '../transform.ts';

const given = {
  region: 'eu-west-1',
  partition: 'aws',
  account: '123456789012',
  parameters: {},
  managedPolicies: {},
};

const FUNCTION = {
  Type: 'AWS::Serverless::Function',
  Properties: { InlineCode: 'x', Handler: 'index.handler', Runtime: 'nodejs24.x' },
};
const QUEUE = { Type: 'AWS::SQS::Queue' };

function resourcesOf(resources: Obj): Obj {
  const answer = transform({ Resources: resources }, given);
  if (!answer.ok) throw new Error(answer.message);
  return obj(answer.template['Resources']);
}

function messageOf(resources: Obj): string {
  const answer = transform({ Resources: resources }, given);
  return answer.ok ? 'no error' : answer.message.replace(/^.*Number of errors found: \d+\. /, '');
}

const connector = (source: Obj, destination: unknown, ...permissions: string[]): Obj => ({
  Type: 'AWS::Serverless::Connector',
  Properties: { Source: source, Destination: destination, Permissions: permissions },
});

describe('connectors', () => {
  it('give the role that SAM makes for the function a policy on the table and its indexes', () => {
    const made = resourcesOf({
      Reader: FUNCTION,
      Notes: { Type: 'AWS::Serverless::SimpleTable' },
      Link: connector({ Id: 'Reader' }, { Id: 'Notes' }, 'Read'),
    });
    expect(made['Link']).toBeUndefined();
    expect(obj(made['LinkPolicy'])).toMatchObject({
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: {
        Roles: [{ Ref: 'ReaderRole' }],
        PolicyDocument: {
          Statement: [
            {
              Effect: 'Allow',
              Resource: [
                { 'Fn::GetAtt': ['Notes', 'Arn'] },
                {
                  'Fn::Sub': [
                    '${DestinationArn}/index/*',
                    { DestinationArn: { 'Fn::GetAtt': ['Notes', 'Arn'] } },
                  ],
                },
              ],
            },
          ],
        },
      },
    });
  });

  it('are taken off the resource that they are written in, one for each destination', () => {
    const made = resourcesOf({
      Topic: {
        Type: 'AWS::SNS::Topic',
        Connectors: {
          Fan: { Properties: { Destination: [{ Id: 'One' }, { Id: 'Worker' }], Permissions: ['Write'] } },
        },
      },
      One: QUEUE,
      Worker: FUNCTION,
    });
    expect(made['Topic']).toEqual({ Type: 'AWS::SNS::Topic' });
    expect(obj(made['TopicFanQueuePolicyDestination0'])['Type']).toBe('AWS::SQS::QueuePolicy');
    expect(obj(obj(made['TopicFanWriteLambdaPermissionDestination1'])['Properties'])).toEqual({
      Action: 'lambda:InvokeFunction',
      FunctionName: { 'Fn::GetAtt': ['Worker', 'Arn'] },
      Principal: 'sns.amazonaws.com',
      SourceArn: { Ref: 'Topic' },
    });
  });

  it('have the mapping between their ends wait for the policy', () => {
    const made = resourcesOf({
      Work: QUEUE,
      Worker: FUNCTION,
      Poll: {
        Type: 'AWS::Lambda::EventSourceMapping',
        DependsOn: 'Work',
        Properties: { FunctionName: { Ref: 'Worker' }, EventSourceArn: { 'Fn::GetAtt': ['Work', 'Arn'] } },
      },
      Link: connector({ Id: 'Work' }, { Id: 'Worker' }, 'Read', 'Write'),
    });
    expect(obj(made['Poll'])['DependsOn']).toEqual(['Work', 'LinkPolicy']);
  });

  it('tell which permissions there are where others are asked', () => {
    const ask = (...permissions: string[]): string =>
      messageOf({
        Work: QUEUE,
        Worker: FUNCTION,
        Link: connector({ Id: 'Work' }, { Id: 'Worker' }, ...permissions),
      });
    const told =
      "Resource with id [Link] is invalid. Unsupported 'Permissions' provided for connector from AWS::SQS::Queue to AWS::Lambda::Function; valid combinations are: Read + Write.";
    expect(ask('Read')).toBe(told);
    expect(ask('Read', 'Write', 'Delete')).toBe(told);
    expect(ask('Write', 'Read')).toBe('no error');
  });

  it('refuse ends that no profile joins', () => {
    expect(messageOf({ Work: QUEUE, Link: connector({ Id: 'Work' }, { Id: 'Work' }, 'Write') })).toBe(
      "Resource with id [Link] is invalid. Unable to create connector from AWS::SQS::Queue to AWS::SQS::Queue; it's not supported or the template is invalid.",
    );
  });
});
