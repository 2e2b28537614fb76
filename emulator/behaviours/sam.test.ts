import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, expect } from 'vitest';
import { prove } from './prove.ts';
import { TrialCloud } from './trial-cloud.ts';

let cloud: TrialCloud;
beforeAll(async () => {
  cloud = await TrialCloud.start();
});
afterAll(async () => cloud.stop());

const template = `
Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    Runtime: nodejs24.x
    Handler: index.handler
Resources:
  Hello:
    Type: AWS::Serverless::Function
    Properties:
      InlineCode: |
        exports.handler = async () => ({ statusCode: 200, body: process.env.TABLE });
      AutoPublishAlias: live
      Policies:
        - DynamoDBReadPolicy: { TableName: !Ref Things }
      Environment:
        Variables: { TABLE: !Ref Things }
      Events:
        Get:
          Type: Api
          Properties: { Path: /hello, Method: GET }
  Things:
    Type: AWS::Serverless::SimpleTable
Outputs:
  Api: { Value: !Ref ServerlessRestApi }
  Table: { Value: !Ref Things }
`;

prove('sam-transform', async () => {
  const { origin } = cloud.gateway.running;
  const client = new CloudFormationClient(cloud.gateway.settings());
  const StackName = 'sam';
  await client.send(
    new CreateStackCommand({
      StackName,
      TemplateBody: template,
      Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_AUTO_EXPAND'],
    }),
  );
  await waitUntilStackCreateComplete({ client, maxWaitTime: 60, minDelay: 1, maxDelay: 1 }, { StackName });
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
  const outputs = Object.fromEntries(
    (Stacks?.[0]?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
  );
  const answer = await fetch(`${origin}/_aws/execute-api/${outputs['Api'] ?? ''}/Prod/hello`);
  expect([answer.status, await answer.text()]).toEqual([200, outputs['Table']]);
  // What was written is kept as it was; what was made of it names the parts.
  const { TemplateBody } = await client.send(
    new GetTemplateCommand({ StackName, TemplateStage: 'Processed' }),
  );
  const { Resources } = JSON.parse(TemplateBody ?? '{}') as { Resources: Record<string, { Type: string }> };
  expect(Object.values(Resources).map(({ Type }) => Type)).toEqual(
    expect.arrayContaining([
      'AWS::Lambda::Function',
      'AWS::Lambda::Version',
      'AWS::Lambda::Alias',
      'AWS::IAM::Role',
      'AWS::ApiGateway::RestApi',
      'AWS::ApiGateway::Deployment',
      'AWS::ApiGateway::Stage',
      'AWS::Lambda::Permission',
      'AWS::DynamoDB::Table',
    ]),
  );
  client.destroy();
});
