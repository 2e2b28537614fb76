import {
  CreateApiKeyCommand,
  CreateDeploymentCommand,
  CreateRestApiCommand,
  CreateUsagePlanCommand,
  CreateUsagePlanKeyCommand,
  GetResourcesCommand,
  PutIntegrationCommand,
  PutMethodCommand,
  type APIGatewayClient,
} from '@aws-sdk/client-api-gateway';
import { PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import { CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateTableCommand, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { AttachRolePolicyCommand, CreateRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { CreateStreamCommand, waitUntilStreamExists } from '@aws-sdk/client-kinesis';
import { CreateFunctionCommand } from '@aws-sdk/client-lambda';
import { CreateBucketCommand, PutBucketVersioningCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { CreateScheduleCommand } from '@aws-sdk/client-scheduler';
import { CreateTopicCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand } from '@aws-sdk/client-sqs';
import { zipSync } from 'fflate';
import type { LabResources } from '../../grader/api.ts';
import type { Pool } from '../../grader/targets/clients/pool.ts';

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: ['lambda.amazonaws.com', 'scheduler.amazonaws.com'] },
      Action: 'sts:AssumeRole',
    },
  ],
});
const nothing = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }],
});

/** One resource of every kind, each with what makes its removal hard: contents, policies, targets, versions. */
export async function makeOneOfEach(pool: Pool, name: string): Promise<LabResources> {
  const [lambda, logs, iam, s3, sqs, sns, dynamodb, kinesis, events, scheduler, cloudwatch, apigateway] =
    await Promise.all([
      pool.load('lambda'),
      pool.load('logs'),
      pool.load('iam'),
      pool.load('s3'),
      pool.load('sqs'),
      pool.load('sns'),
      pool.load('dynamodb'),
      pool.load('kinesis'),
      pool.load('events'),
      pool.load('scheduler'),
      pool.load('cloudwatch'),
      pool.load('apigateway'),
    ]);
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: trust }));
  const role = Role?.Arn ?? '';
  await iam.send(new PutRolePolicyCommand({ RoleName: name, PolicyName: 'no', PolicyDocument: nothing }));
  await iam.send(
    new AttachRolePolicyCommand({
      RoleName: name,
      PolicyArn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole',
    }),
  );
  const { FunctionArn } = await lambda.send(
    new CreateFunctionCommand({
      FunctionName: name,
      Role: role,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Code: { ZipFile: zipSync({ 'index.mjs': Buffer.from('export const handler = async () => 1;') }) },
    }),
  );
  const logGroup = `/aws/lambda/${name}`;
  await logs.send(new CreateLogGroupCommand({ logGroupName: logGroup }));
  await s3.send(new CreateBucketCommand({ Bucket: name }));
  await s3.send(
    new PutBucketVersioningCommand({ Bucket: name, VersioningConfiguration: { Status: 'Enabled' } }),
  );
  for (const Body of ['old', 'new']) await s3.send(new PutObjectCommand({ Bucket: name, Key: 'a b', Body }));
  await sqs.send(new CreateQueueCommand({ QueueName: name }));
  await sns.send(new CreateTopicCommand({ Name: name }));
  await dynamodb.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    }),
  );
  await waitUntilTableExists({ client: dynamodb, maxWaitTime: 30, minDelay: 1 }, { TableName: name });
  await kinesis.send(new CreateStreamCommand({ StreamName: name, ShardCount: 1 }));
  await waitUntilStreamExists({ client: kinesis, maxWaitTime: 30, minDelay: 1 }, { StreamName: name });
  await events.send(new PutRuleCommand({ Name: name, EventPattern: '{"source":["test"]}' }));
  await events.send(new PutTargetsCommand({ Rule: name, Targets: [{ Id: 'one', Arn: FunctionArn }] }));
  await scheduler.send(
    new CreateScheduleCommand({
      Name: name,
      ScheduleExpression: 'rate(1 day)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: { Arn: FunctionArn, RoleArn: role },
    }),
  );
  await cloudwatch.send(
    new PutMetricAlarmCommand({
      AlarmName: name,
      Namespace: 'AWS/Lambda',
      MetricName: 'Errors',
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    }),
  );
  // Nothing keeps an account from having two of a name.
  for (let time = 0; time < 2; time += 1) await makePlan(apigateway, name);
  return {
    functions: [name],
    roles: [name],
    logGroups: [logGroup],
    buckets: [name],
    queues: [name],
    topics: [name],
    tables: [name],
    streams: [name],
    rules: [name],
    schedules: [name],
    alarms: [name],
    restApis: [name],
    apiKeys: [name],
    usagePlans: [name],
    // A stack is made of other resources: see stacks.test.ts.
  } satisfies Required<Omit<LabResources, 'stacks'>>;
}

/** An API with a stage, and a plan that covers it with a key in it. */
async function makePlan(apigateway: APIGatewayClient, name: string): Promise<void> {
  const { id: restApiId } = await apigateway.send(new CreateRestApiCommand({ name }));
  const { items: [root] = [] } = await apigateway.send(new GetResourcesCommand({ restApiId }));
  const method = { restApiId, resourceId: root?.id, httpMethod: 'GET' };
  await apigateway.send(new PutMethodCommand({ ...method, authorizationType: 'NONE' }));
  await apigateway.send(new PutIntegrationCommand({ ...method, type: 'MOCK' }));
  await apigateway.send(new CreateDeploymentCommand({ restApiId, stageName: 'dev' }));
  const { id: keyId } = await apigateway.send(new CreateApiKeyCommand({ name }));
  const { id: usagePlanId } = await apigateway.send(
    new CreateUsagePlanCommand({ name, apiStages: [{ apiId: restApiId, stage: 'dev' }] }),
  );
  await apigateway.send(new CreateUsagePlanKeyCommand({ usagePlanId, keyId, keyType: 'API_KEY' }));
}
