import {
  CreateLogGroupCommand,
  DeleteSubscriptionFilterCommand,
  DescribeSubscriptionFiltersCommand,
  PutSubscriptionFilterCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cloud } from '../../../cloud.ts';
import { ServiceFailure } from '../../../service/failure.ts';
import type { InvokeRequest, LambdaPort } from '../../lambda/port.ts';
import { LogStore } from '../store.ts';
import { openLogs, scope, type LogsCloud } from '../testing/logs-cloud.ts';
import { failureOf, normalised, recorded, recordedAtHand } from '../testing/recorded.ts';
import { subscriptionOperations } from './operations.ts';
import { Subscriptions } from './subscriptions.ts';

const FUNCTION = `arn:aws:lambda:${scope.region}:${scope.account}:function:reader`;

/** A Lambda that remembers what it was sent. */
class FakeLambda implements Pick<LambdaPort, 'enqueue' | 'permits'> {
  readonly sent: unknown[] = [];
  readonly callers: unknown[] = [];
  allowed = true;
  throttled = 0;

  permits(...[, , caller]: Parameters<LambdaPort['permits']>): boolean {
    this.callers.push(caller);
    return this.allowed && caller.service === 'logs.us-east-1.amazonaws.com';
  }

  enqueue(_scope: unknown, { payload }: InvokeRequest): Promise<{ requestId: string }> {
    if (this.throttled > 0) {
      this.throttled -= 1;
      return Promise.reject(new ServiceFailure('TooManyRequestsException', 'Rate exceeded'));
    }
    const event = JSON.parse(new TextDecoder().decode(payload)) as { awslogs: { data: string } };
    this.sent.push(JSON.parse(gunzipSync(Buffer.from(event.awslogs.data, 'base64')).toString()));
    return Promise.resolve({ requestId: 'r' });
  }
}

/** A store and its subscriptions beside those of a running cloud, with a Lambda of the test's. */
function beside(bench: LogsCloud, lambda: FakeLambda) {
  const { clock, state, trail } = bench.cloud;
  const cloud = { clock, state, trail, port: () => Promise.resolve(lambda) } as unknown as Cloud;
  const store = new LogStore(cloud);
  const subscriptions = new Subscriptions(store);
  return { store, subscriptions, operations: subscriptionOperations(store, subscriptions) };
}

async function until(holds: () => boolean, what: string): Promise<void> {
  const end = Date.now() + 20_000;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`Not seen in time: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

let bench: LogsCloud;
beforeAll(async () => {
  bench = await openLogs();
});
afterAll(async () => bench.close());

const call = { ...scope } as Parameters<
  ReturnType<typeof subscriptionOperations>['PutSubscriptionFilter']
>[1];

describe('delivery to Lambda', () => {
  it('sends what matches, as awslogs.data, and keeps it until it is taken', async () => {
    const lambda = new FakeLambda();
    const { store, subscriptions, operations } = beside(bench, lambda);
    store.addGroup(scope, '/sub/one');
    const stream = store.addStream(scope, '/sub/one', 's');
    await operations.PutSubscriptionFilter(
      { logGroupName: '/sub/one', filterName: 'errors', filterPattern: 'ERROR', destinationArn: FUNCTION },
      call,
    );
    expect(lambda.callers[0]).toEqual({
      service: 'logs.us-east-1.amazonaws.com',
      sourceArn: `arn:aws:logs:us-east-1:${scope.account}:log-group:/sub/one:*`,
      sourceAccount: scope.account,
    });
    lambda.throttled = 1;
    const now = bench.cloud.clock.now();
    store.append(scope, stream, [
      { t: now, i: now, m: 'ERROR one' },
      { t: now + 1, i: now, m: 'fine' },
      { t: now + 2, i: now, m: 'ERROR two' },
    ]);
    await until(() => lambda.throttled === 0, 'the first attempt');
    await bench.cloud.clock.advance(2_000);
    await until(() => lambda.sent.length === 1, 'the second attempt');
    expect(lambda.sent).toEqual([
      {
        messageType: 'DATA_MESSAGE',
        owner: scope.account,
        logGroup: '/sub/one',
        logStream: 's',
        subscriptionFilters: ['errors'],
        logEvents: [
          { id: expect.stringMatching(/^\d{56}$/) as string, timestamp: now, message: 'ERROR one' },
          { id: expect.stringMatching(/^\d{56}$/) as string, timestamp: now + 2, message: 'ERROR two' },
        ],
      },
    ]);
    await subscriptions.stop();
    expect(bench.cloud.state.table<{ a: 1 }>('logs.deliveries').in(scope).size).toBe(0);
  });

  it('cuts a large batch into several', async () => {
    const lambda = new FakeLambda();
    const { store, subscriptions, operations } = beside(bench, lambda);
    store.addGroup(scope, '/sub/large');
    const stream = store.addStream(scope, '/sub/large', 's');
    await operations.PutSubscriptionFilter(
      { logGroupName: '/sub/large', filterName: 'all', filterPattern: '', destinationArn: FUNCTION },
      call,
    );
    const now = bench.cloud.clock.now();
    store.append(
      scope,
      stream,
      Array.from({ length: 10 }, () => ({ t: now, i: now, m: 'x'.repeat(200_000) })),
    );
    await until(() => lambda.sent.length === 5, 'five deliveries');
    await subscriptions.stop();
  });

  it('refuses a function that does not permit it', async () => {
    const lambda = new FakeLambda();
    lambda.allowed = false;
    const { store, subscriptions, operations } = beside(bench, lambda);
    store.addGroup(scope, '/sub/closed');
    await expect(
      operations.PutSubscriptionFilter(
        { logGroupName: '/sub/closed', filterName: 'f', filterPattern: '', destinationArn: FUNCTION },
        call,
      ),
    ).rejects.toMatchObject({
      code: 'InvalidParameterException',
      message:
        'Could not execute the lambda function. Make sure you have given CloudWatch Logs permission to execute your function.',
    });
    await subscriptions.stop();
  });
});

it('what waits is sent after a restart', async () => {
  const home = mkdtempSync(join(tmpdir(), 'coldstart-subscriptions-'));
  try {
    const first = await openLogs(home);
    const closed = new FakeLambda();
    const before = beside(first, closed);
    before.store.addGroup(scope, '/sub/kept');
    const stream = before.store.addStream(scope, '/sub/kept', 's');
    await before.operations.PutSubscriptionFilter(
      { logGroupName: '/sub/kept', filterName: 'f', filterPattern: '', destinationArn: FUNCTION },
      call,
    );
    const now = first.cloud.clock.now();
    before.store.append(scope, stream, [{ t: now, i: now, m: 'kept' }]);
    // Ends before the first attempt.
    await before.subscriptions.stop();
    expect(closed.sent).toEqual([]);
    await first.close();

    const second = await openLogs(home);
    const lambda = new FakeLambda();
    const after = beside(second, lambda);
    await until(() => lambda.sent.length === 1, 'the delivery');
    expect(lambda.sent).toMatchObject([{ logEvents: [{ message: 'kept' }] }]);
    await after.subscriptions.stop();
    await second.close();
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
});

if (!recordedAtHand) console.log('Skipped: answers recorded on AWS are not at hand (subscription filters).');
describe.runIf(recordedAtHand)('as recorded on AWS', () => {
  const step = (test: string, name: string): unknown => recorded('subscription_filters', test)[name];
  const put = async (destinationArn: string, logGroupName = '/recorded') =>
    bench.client.send(
      new PutSubscriptionFilterCommand({
        logGroupName,
        filterName: 'test',
        filterPattern: 'test',
        destinationArn,
      }),
    );

  it('lists and describes', async () => {
    await bench.client.send(new CreateLogGroupCommand({ logGroupName: '/recorded' }));
    expect(
      normalised(
        await bench.client.send(new DescribeSubscriptionFiltersCommand({ logGroupName: '/recorded' })),
        {},
      ),
    ).toEqual(step('test_describe_subscription_filters_empty', 'describe-subscription-filters-empty'));
    const lambda = new FakeLambda();
    const { store, subscriptions, operations } = beside(bench, lambda);
    const filters = async () =>
      normalised(operations.DescribeSubscriptionFilters({ logGroupName: '/recorded' }, call), {
        '<log-group-name:1>': '/recorded',
        '<resource:1>': 'reader',
      });
    expect(store.groups(scope).has('/recorded')).toBe(true);
    const request = {
      logGroupName: '/recorded',
      filterName: 'test',
      filterPattern: '',
      destinationArn: FUNCTION,
    };
    await operations.PutSubscriptionFilter(request, call);
    expect(await filters()).toEqual(
      step('test_put_subscription_filter_lambda', 'describe_subscription_filter'),
    );
    await operations.PutSubscriptionFilter({ ...request, filterName: 'test2' }, call);
    await expect(
      operations.PutSubscriptionFilter({ ...request, filterName: 'test3' }, call),
    ).rejects.toMatchObject({
      code: 'LimitExceededException',
      message: 'Resource limit exceeded.',
    });
    await subscriptions.stop();
  });

  it('refuses', async () => {
    expect(await failureOf(put('arn:aws:lambda:us-east-1:222222222222:function:f', '/not-there'))).toEqual(
      step('test_put_subscription_filter_errors', 'error-log-group-not-found'),
    );
    expect(await failureOf(put('arn:aws:kinesis:us-east-1:111111111111:stream/s'))).toEqual(
      step('test_put_subscription_filter_errors', 'error-kinesis-not-found'),
    );
    expect(
      await failureOf(bench.client.send(new DescribeSubscriptionFiltersCommand({ logGroupName: '/none' }))),
    ).toEqual(step('test_describe_subscription_filters_log_group_not_found', 'error-log-group-not-found'));
    const gone = async (logGroupName: string) =>
      failureOf(bench.client.send(new DeleteSubscriptionFilterCommand({ logGroupName, filterName: 'nope' })));
    expect(await gone('/none')).toEqual(
      step('test_delete_subscription_filter_errors', 'error-log-group-not-found'),
    );
    expect(await gone('/recorded')).toEqual(
      step('test_delete_subscription_filter_errors', 'error-filter-not-found'),
    );
  });
});
