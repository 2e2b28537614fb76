import {
  CreateChangeSetCommand,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  UpdateStackCommand,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation';
import { DeleteLogGroupCommand, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import type { Clients } from '../api.ts';
import { poll } from '../run/until.ts';
import { once } from './made-once.ts';
import { known } from './mock-method.ts';
import type { Throwaway } from './throwaway.ts';
import { unlessRefused, type Trial } from './trial.ts';

const mark = 'coldstart-probe-mark';
const hidden = 30;
/** For a stack of five resources to be removed. */
const goneSeconds = 120;

/** A queue, a function that sends what it fails on there, and an HTTP API whose routes stand in its body. */
const template = {
  Resources: {
    Letters: { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: hidden } },
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
          ],
        },
        Policies: [
          {
            PolicyName: 'letters',
            PolicyDocument: {
              Version: '2012-10-17',
              Statement: [
                {
                  Effect: 'Allow',
                  Action: 'sqs:SendMessage',
                  Resource: { 'Fn::GetAtt': ['Letters', 'Arn'] },
                },
              ],
            },
          },
        ],
      },
    },
    Answering: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
        Code: { ZipFile: `exports.handler = async () => ({ statusCode: 200, body: '${mark}' });` },
        DeadLetterConfig: { TargetArn: { 'Fn::GetAtt': ['Letters', 'Arn'] } },
      },
    },
    Open: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: { Ref: 'Answering' },
        Principal: 'apigateway.amazonaws.com',
      },
    },
    Api: {
      Type: 'AWS::ApiGatewayV2::Api',
      Properties: {
        Body: {
          openapi: '3.0.1',
          info: { title: mark, version: '1' },
          paths: {
            '/known': {
              get: {
                responses: {},
                'x-amazon-apigateway-integration': {
                  type: 'aws_proxy',
                  httpMethod: 'POST',
                  payloadFormatVersion: '2.0',
                  uri: {
                    'Fn::Sub':
                      'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Answering.Arn}/invocations',
                  },
                },
              },
            },
          },
        },
      },
    },
    Stage: {
      Type: 'AWS::ApiGatewayV2::Stage',
      Properties: { ApiId: { Ref: 'Api' }, StageName: '$default', AutoDeploy: true },
    },
  },
};
const settings = { Capabilities: ['CAPABILITY_IAM' as const] };

interface Site {
  readonly name: string;
  /** Physical ids by logical ones. */
  readonly resources: ReadonlyMap<string, string>;
}

const sites = new WeakMap<Throwaway, Promise<Site>>();
const siteOf = (place: Throwaway) => once(sites, place, () => openSite(place));

async function openSite(place: Throwaway): Promise<Site> {
  const name = stackName(place);
  const { cloudformation } = place.clients;
  await cloudformation.send(
    new CreateStackCommand({ StackName: name, TemplateBody: JSON.stringify(template), ...settings }),
  );
  const status = await statusOf(place, name);
  if (status !== 'CREATE_COMPLETE') throw new Error(`The trial's stack has come to ${status}.`);
  return { name, resources: await resourcesOf(place, name) };
}

/** Names a stack that goes when the trials end, with what its function has logged. */
const stackName = (place: Throwaway): string =>
  place.named(async (clients, StackName) => {
    await clients.cloudformation.send(new DeleteStackCommand({ StackName }));
    const patience = AbortSignal.timeout(goneSeconds * 1000);
    await poll(async () => ((await exists(clients, StackName)) ? undefined : true), goneSeconds, patience);
    const logGroupNamePrefix = `/aws/lambda/${StackName}-`;
    const { logGroups = [] } = await clients.logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix }));
    for (const { logGroupName } of logGroups)
      await clients.logs.send(new DeleteLogGroupCommand({ logGroupName }));
  });

async function exists({ cloudformation }: Clients, StackName: string): Promise<boolean> {
  try {
    const { Stacks: [stack] = [] } = await cloudformation.send(new DescribeStacksCommand({ StackName }));
    return stack !== undefined && stack.StackStatus !== 'DELETE_COMPLETE';
  } catch {
    return false;
  }
}

async function resourcesOf(
  { clients: { cloudformation: client } }: Throwaway,
  StackName: string,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for await (const { StackResourceSummaries = [] } of paginateListStackResources({ client }, { StackName }))
    for (const { LogicalResourceId, PhysicalResourceId } of StackResourceSummaries)
      if (LogicalResourceId !== undefined && PhysicalResourceId !== undefined)
        found.set(LogicalResourceId, PhysicalResourceId);
  return found;
}

/** What a stack has come to, once nothing moves in it. */
async function statusOf(place: Throwaway, StackName: string): Promise<string> {
  const settled = await place.until('stack', async () => {
    const { Stacks: [stack] = [] } = await place.clients.cloudformation.send(
      new DescribeStacksCommand({ StackName }),
    );
    return stack?.StackStatus?.endsWith('_IN_PROGRESS') === true ? undefined : (stack?.StackStatus ?? '');
  });
  return settled ?? '';
}

/** Whether CloudFormation does with a template what the service itself would, and takes back what went wrong. */
export const stackTrials = {
  stackDeadLetters: unlessRefused(async (place) => {
    const { resources } = await siteOf(place);
    const FunctionName = known(resources.get('Answering'));
    const found = await place.clients.lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
    return found.DeadLetterConfig?.TargetArn !== undefined;
  }),

  stackHttpApis: unlessRefused(async (place) => {
    const { resources } = await siteOf(place);
    const apiId = known(resources.get('Api'));
    const answered = await place.until('deployment', async () => {
      const { status, text } = await place.ask(apiId, '', 'known', {});
      return (status === 200 && text === mark) || undefined;
    });
    return answered === true;
  }),

  stackRollbacks: unlessRefused(async (place) => {
    const { name, resources } = await siteOf(place);
    const { Resources } = template;
    const wrong = {
      Resources: {
        ...Resources,
        Letters: { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: hidden + 1 } },
        Nobody: {
          Type: 'AWS::Lambda::Permission',
          DependsOn: 'Letters',
          Properties: { ...Resources.Open.Properties, FunctionName: place.nobody },
        },
      },
    };
    const { cloudformation, sqs } = place.clients;
    await cloudformation.send(
      new UpdateStackCommand({ StackName: name, TemplateBody: JSON.stringify(wrong), ...settings }),
    );
    if ((await statusOf(place, name)) !== 'UPDATE_ROLLBACK_COMPLETE') return false;
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl: known(resources.get('Letters')),
        AttributeNames: ['VisibilityTimeout'],
      }),
    );
    return Attributes?.VisibilityTimeout === String(hidden);
  }),

  samTransform: unlessRefused(async (place) => {
    const { cloudformation } = place.clients;
    const StackName = stackName(place);
    const change = { StackName, ChangeSetName: 'trial' };
    const body = {
      Transform: 'AWS::Serverless-2016-10-31',
      Resources: { Table: { Type: 'AWS::Serverless::SimpleTable' } },
    };
    await cloudformation.send(
      new CreateChangeSetCommand({
        ...change,
        ChangeSetType: 'CREATE',
        TemplateBody: JSON.stringify(body),
        Capabilities: ['CAPABILITY_AUTO_EXPAND'],
      }),
    );
    const made = await place.until('stack', async () => {
      const { Status = '' } = await cloudformation.send(new DescribeChangeSetCommand(change));
      return /_(PENDING|IN_PROGRESS)$/.test(Status) ? undefined : Status;
    });
    if (made !== 'CREATE_COMPLETE') return false;
    await cloudformation.send(new ExecuteChangeSetCommand(change));
    const status = await statusOf(place, StackName);
    return status === 'CREATE_COMPLETE' && (await resourcesOf(place, StackName)).has('Table');
  }),
} as const satisfies Readonly<Record<string, Trial>>;
