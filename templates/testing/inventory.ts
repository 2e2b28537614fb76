import { GetApiKeysCommand, GetRestApisCommand, GetUsagePlansCommand } from '@aws-sdk/client-api-gateway';
import { GetApisCommand, type ApiGatewayV2Client } from '@aws-sdk/client-apigatewayv2';
import { ListStacksCommand } from '@aws-sdk/client-cloudformation';
import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { ListRulesCommand } from '@aws-sdk/client-eventbridge';
import { ListRolesCommand } from '@aws-sdk/client-iam';
import { ListEventSourceMappingsCommand, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { ListSchedulesCommand } from '@aws-sdk/client-scheduler';
import { ListSubscriptionsCommand, ListTopicsCommand } from '@aws-sdk/client-sns';
import { ListQueuesCommand } from '@aws-sdk/client-sqs';
import type { Pool } from '../../grader/targets/clients/pool.ts';

/** What is in an account, by kind: names or ids. */
export type Inventory = Readonly<Record<string, readonly (string | undefined)[]>>;

/** Everything in the account that a stack of `templates/` can have made. */
export async function inventoryOf(pool: Pool, v2: ApiGatewayV2Client): Promise<Inventory> {
  const lambda = await pool.load('lambda');
  const apigateway = await pool.load('apigateway');
  const sns = await pool.load('sns');
  const [logs, iam, s3, sqs, dynamodb, events, scheduler, cloudwatch, cloudformation] = await Promise.all([
    pool.load('logs'),
    pool.load('iam'),
    pool.load('s3'),
    pool.load('sqs'),
    pool.load('dynamodb'),
    pool.load('events'),
    pool.load('scheduler'),
    pool.load('cloudwatch'),
    pool.load('cloudformation'),
  ]);
  const ids = <T>(list: readonly T[] | undefined, id: (one: T) => string | undefined) =>
    (list ?? []).map(id).sort();
  return {
    functions: ids((await lambda.send(new ListFunctionsCommand({}))).Functions, (one) => one.FunctionName),
    mappings: ids(
      (await lambda.send(new ListEventSourceMappingsCommand({}))).EventSourceMappings,
      (one) => one.UUID,
    ),
    restApis: ids((await apigateway.send(new GetRestApisCommand({}))).items, (one) => one.name),
    apiKeys: ids((await apigateway.send(new GetApiKeysCommand({}))).items, (one) => one.id),
    usagePlans: ids((await apigateway.send(new GetUsagePlansCommand({}))).items, (one) => one.name),
    httpApis: ids((await v2.send(new GetApisCommand({}))).Items, (one) => one.Name),
    logGroups: ids((await logs.send(new DescribeLogGroupsCommand({}))).logGroups, (one) => one.logGroupName),
    roles: ids((await iam.send(new ListRolesCommand({}))).Roles, (one) => one.RoleName),
    buckets: ids((await s3.send(new ListBucketsCommand({}))).Buckets, (one) => one.Name),
    queues: ids((await sqs.send(new ListQueuesCommand({}))).QueueUrls, (one) => one),
    topics: ids((await sns.send(new ListTopicsCommand({}))).Topics, (one) => one.TopicArn),
    subscriptions: ids(
      (await sns.send(new ListSubscriptionsCommand({}))).Subscriptions,
      (one) => one.SubscriptionArn,
    ),
    tables: ids((await dynamodb.send(new ListTablesCommand({}))).TableNames, (one) => one),
    rules: ids((await events.send(new ListRulesCommand({}))).Rules, (one) => one.Name),
    schedules: ids((await scheduler.send(new ListSchedulesCommand({}))).Schedules, (one) => one.Name),
    alarms: ids((await cloudwatch.send(new DescribeAlarmsCommand({}))).MetricAlarms, (one) => one.AlarmName),
    stacks: ids(
      (await cloudformation.send(new ListStacksCommand({}))).StackSummaries?.filter(
        ({ StackStatus }) => StackStatus !== 'DELETE_COMPLETE',
      ),
      (one) => one.StackName,
    ),
  };
}
