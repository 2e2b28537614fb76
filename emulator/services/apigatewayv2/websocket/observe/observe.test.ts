import { APIGatewayClient, UpdateAccountCommand } from '@aws-sdk/client-api-gateway';
import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  FilterLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { AttachRolePolicyCommand } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asking, saying, scope, TrialChat } from '../testing/trial-chat.ts';

let chat: TrialChat;
let logs: CloudWatchLogsClient;
beforeAll(async () => {
  chat = await TrialChat.start();
  logs = new CloudWatchLogsClient(chat.gateway.settings());
});
afterAll(async () => {
  logs.destroy();
  await chat.stop();
});

async function linesOf(logGroupName: string, wanted: number): Promise<string[]> {
  const read = async (): Promise<string[]> => {
    const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName }));
    return events.map(({ message = '' }) => message);
  };
  await expect.poll(async () => (await read()).length, { timeout: 5000 }).toBeGreaterThanOrEqual(wanted);
  return await read();
}

describe('a stage', () => {
  it('writes what happens on its connections into its access log', async () => {
    await logs.send(new CreateLogGroupCommand({ logGroupName: 'access' }));
    const Format =
      '$context.requestId $context.eventType $context.routeKey $context.status $context.error.message';
    const api = await chat.api(
      {
        $connect: { ...saying('1'), answers: false },
        lost: asking(`arn:aws:lambda:us-east-1:${scope.account}:function:lost`),
        $default: saying('"heard"'),
        $disconnect: { ...saying('1'), answers: false },
      },
      {
        AccessLogSettings: {
          DestinationArn: `arn:aws:logs:${scope.region}:${scope.account}:log-group:access`,
          Format,
        },
      },
    );
    const client = await chat.connect(chat.address(api));
    await client.ask('hello');
    await client.ask({ action: 'lost' });
    client.socket.close();
    const lines = (await linesOf('access', 4)).map((line) => line.replace(/^[\w-]{15}= /, ''));
    expect(lines).toEqual([
      'CONNECT $connect 200 -',
      'MESSAGE $default 200 -',
      'MESSAGE lost 500 Internal server error',
      'DISCONNECT $disconnect 200 -',
    ]);
  });

  it('writes how messages are answered into its execution log, once the account has a role for that', async () => {
    const api = await chat.api({ $default: saying('"heard"') });
    const cloudwatchRoleArn = await chat.gateway.role('pusher', 'apigateway.amazonaws.com');
    await chat.gateway.iam.send(
      new AttachRolePolicyCommand({
        RoleName: 'pusher',
        PolicyArn: 'arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs',
      }),
    );
    const rest = new APIGatewayClient(chat.gateway.settings());
    await rest.send(
      new UpdateAccountCommand({
        patchOperations: [{ op: 'replace', path: '/cloudwatchRoleArn', value: cloudwatchRoleArn }],
      }),
    );
    rest.destroy();
    const logged = await chat.api(
      { $default: saying('"heard"') },
      { DefaultRouteSettings: { LoggingLevel: 'INFO', DataTraceEnabled: true } },
    );
    for (const one of [api, logged]) await (await chat.connect(chat.address(one))).ask('hello');
    const lines = await linesOf(`/aws/apigateway/${logged}/dev`, 2);
    expect(lines[0]).toMatch(/^\([\w-]{15}=\) Starting execution for request: [\w-]{15}=$/);
    expect(lines.at(-1)).toContain('Successfully completed execution');
  });

  it('counts connections, messages either way and errors', async () => {
    const failing = await chat.function('failing', `throw new Error('no');`);
    const api = await chat.api({
      $connect: { ...saying('1'), answers: false },
      hello: saying('"heard"'),
      failing: asking(failing),
      lost: asking(`arn:aws:lambda:us-east-1:${scope.account}:function:lost`),
    });
    const client = await chat.connect(chat.address(api));
    await client.ask({ action: 'hello' });
    await client.ask({ action: 'failing' });
    await client.ask({ action: 'lost' });
    await client.ask({ action: 'no route' });
    const metrics = new CloudWatchClient(chat.gateway.settings());
    const now = chat.gateway.running.cloud.clock.now();
    const sum = async (MetricName: string, Dimensions = [{ Name: 'ApiId', Value: api }]): Promise<number> => {
      const { Datapoints = [] } = await metrics.send(
        new GetMetricStatisticsCommand({
          Namespace: 'AWS/ApiGateway',
          MetricName,
          Dimensions,
          StartTime: new Date(now - 3_600_000),
          EndTime: new Date(now + 3_600_000),
          Period: 7200,
          Statistics: ['Sum'],
        }),
      );
      return Datapoints.reduce((all, { Sum = 0 }) => all + Sum, 0);
    };
    // Four messages from the client, one to it.
    await expect.poll(() => sum('MessageCount'), { timeout: 5000 }).toBe(5);
    expect({
      ConnectCount: await sum('ConnectCount'),
      IntegrationError: await sum('IntegrationError'),
      ExecutionError: await sum('ExecutionError'),
      ClientError: await sum('ClientError'),
    }).toEqual({ ConnectCount: 1, IntegrationError: 1, ExecutionError: 1, ClientError: 1 });
    const stage = [
      { Name: 'ApiId', Value: api },
      { Name: 'Stage', Value: 'dev' },
    ];
    expect(await sum('ConnectCount', stage)).toBe(1);
    metrics.destroy();
  });
});
