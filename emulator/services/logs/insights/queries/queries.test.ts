import {
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteQueryDefinitionCommand,
  DescribeQueriesCommand,
  DescribeQueryDefinitionsCommand,
  GetLogGroupFieldsCommand,
  GetLogRecordCommand,
  GetQueryResultsCommand,
  PutLogEventsCommand,
  PutQueryDefinitionCommand,
  StartQueryCommand,
  StopQueryCommand,
  type GetQueryResultsCommandOutput,
} from '@aws-sdk/client-cloudwatch-logs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLogs, scope, type LogsCloud } from '../../testing/logs-cloud.ts';

let bench: LogsCloud;
beforeAll(async () => {
  bench = await openLogs();
});
afterAll(async () => bench.close());

const seconds = (): number => Math.floor(bench.cloud.clock.now() / 1000);

async function start(group: string, queryString: string, cloud = bench, limit?: number): Promise<string> {
  const { queryId } = await cloud.client.send(
    new StartQueryCommand({
      logGroupName: group,
      startTime: seconds() - 3_600,
      endTime: seconds() + 60,
      queryString,
      limit,
    }),
  );
  return queryId ?? '';
}

async function results(queryId: string, cloud = bench): Promise<GetQueryResultsCommandOutput> {
  const end = Date.now() + 10_000;
  for (;;) {
    const answer = await cloud.client.send(new GetQueryResultsCommand({ queryId }));
    if (answer.status !== 'Running' && answer.status !== 'Scheduled') return answer;
    if (Date.now() > end) throw new Error('The query does not end.');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const rowsOf = ({ results: rows = [] }: GetQueryResultsCommandOutput): Record<string, string | undefined>[] =>
  rows.map((fields) =>
    Object.fromEntries(
      fields.filter(({ field }) => field !== '@ptr').map(({ field = '', value }) => [field, value] as const),
    ),
  );

describe('queries', () => {
  it('run over groups that clients wrote, with statistics and a record behind each row', async () => {
    const logGroupName = '/aws/lambda/shop';
    await bench.client.send(new CreateLogGroupCommand({ logGroupName }));
    await bench.client.send(new CreateLogStreamCommand({ logGroupName, logStreamName: 's' }));
    const timestamp = bench.cloud.clock.now();
    const logEvents = [
      { timestamp, message: '{"level":"INFO","orderId":"o-1"}' },
      { timestamp: timestamp + 1, message: '{"level":"ERROR","orderId":"o-2"}' },
    ];
    await bench.client.send(new PutLogEventsCommand({ logGroupName, logStreamName: 's', logEvents }));

    const answer = await results(
      await start(logGroupName, 'fields @timestamp, orderId | filter level = "ERROR"'),
    );
    expect(answer.status).toBe('Complete');
    expect(rowsOf(answer)).toEqual([
      {
        '@timestamp': new Date(timestamp + 1).toISOString().replace('T', ' ').replace('Z', ''),
        orderId: 'o-2',
      },
    ]);
    expect(answer.statistics).toMatchObject({ recordsMatched: 1, recordsScanned: 2, logGroupsScanned: 1 });
    const pointer = answer.results?.[0]?.find(({ field }) => field === '@ptr')?.value;
    const { logRecord } = await bench.client.send(new GetLogRecordCommand({ logRecordPointer: pointer }));
    expect(logRecord).toMatchObject({
      '@message': logEvents[1]?.message,
      '@logStream': 's',
      '@log': `${scope.account}:${logGroupName}`,
      '@timestamp': String(timestamp + 1),
      orderId: 'o-2',
      level: 'ERROR',
    });
    const { logGroupFields } = await bench.client.send(new GetLogGroupFieldsCommand({ logGroupName }));
    expect(logGroupFields).toContainEqual({ name: 'orderId', percent: 100 });
    expect(rowsOf(await results(await start(logGroupName, 'fields orderId', bench, 1)))).toEqual([
      { orderId: 'o-2' },
    ]);
  });

  it('is described as recorded on AWS, and stopped', async () => {
    const logGroupName = '/described';
    await bench.client.send(new CreateLogGroupCommand({ logGroupName }));
    const queryId = await start(logGroupName, 'fields @message');
    await results(queryId);
    const { queries } = await bench.client.send(new DescribeQueriesCommand({ logGroupName }));
    expect(queries).toEqual([
      {
        queryId,
        queryLanguage: 'CWLI',
        logGroupName,
        status: 'Complete',
        createTime: expect.any(Number) as number,
        queryString: expect.stringMatching(
          /^SOURCE "\/described" START=\d{10}000 END=\d{10}999 \| fields @message$/,
        ) as string,
      },
    ]);
    const none = await bench.client.send(new DescribeQueriesCommand({ logGroupName, status: 'Scheduled' }));
    expect(none.queries).toEqual([]);
    await expect(bench.client.send(new StopQueryCommand({ queryId }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  it('refuses what is malformed, with its place, and groups that are not there', async () => {
    await bench.client.send(new CreateLogGroupCommand({ logGroupName: '/bad' }));
    await expect(start('/bad', 'fields @message | where x')).rejects.toMatchObject({
      name: 'MalformedQueryException',
      message: 'unexpected symbol found where at line 1 and position 19',
      queryCompileError: { location: { startCharOffset: 18, endCharOffset: 22 } },
    });
    await expect(start('/not-there', 'fields @message')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: expect.stringMatching(
        /^Log group '\/not-there' does not exist for account ID '111111111111' \(Service: AWSLogs; Status Code: 400; Error Code: ResourceNotFoundException; Request ID: [-0-9a-f]{36}; Proxy: null\)$/,
      ) as string,
    });
    await expect(results('11111111-2222-4333-8444-555555555555')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('is cut off where a regular expression of it would not end', async () => {
    bench.port.write(scope, '/evil', 's', [
      { timestamp: bench.cloud.clock.now(), message: `${'a'.repeat(40)}!` },
    ]);
    const answer = await results(await start('/evil', 'filter @message like /^(a+)+$/'));
    expect(answer.status).toBe('Timeout');
  });

  it('reads 50,000 events in about a second', async () => {
    const timestamp = bench.cloud.clock.now();
    for (let batch = 0; batch < 50; batch += 1)
      bench.port.write(
        scope,
        '/large',
        `s-${batch % 5}`,
        Array.from({ length: 1_000 }, (_, index) => ({
          timestamp: timestamp - 3_000_000 + batch * 1_000 + index,
          message: JSON.stringify({
            level: index % 10 === 0 ? 'ERROR' : 'INFO',
            latency: index,
            user: { id: `u${index % 7}` },
          }),
        })),
      );
    for (const query of [
      'filter level = "ERROR" | stats count(*) as n, avg(latency), pct(latency, 95) by user.id',
      'parse @message /"latency":(?<ms>\\d+)/ | filter ms > 990 | stats count(*) as n by bin(1m)',
      'fields latency | sort latency desc | limit 5',
    ]) {
      const started = performance.now();
      const answer = await results(await start('/large', query));
      const took = performance.now() - started;
      console.log(`50,000 events, ${query}: ${Math.round(took)} ms`);
      expect(answer.status).toBe('Complete');
      expect(answer.statistics?.recordsScanned).toBe(50_000);
      // A shared machine: what must not happen is that it takes many seconds.
      expect(took).toBeLessThan(5_000);
    }
  });
});

it('a restart forgets no query', async () => {
  const home = mkdtempSync(join(tmpdir(), 'coldstart-insights-'));
  try {
    const first = await openLogs(home);
    first.port.write(scope, '/kept', 's', [{ timestamp: first.cloud.clock.now(), message: 'x=1' }]);
    const queryId = await start('/kept', 'parse @message "x=*" as x | display x', first);
    const before = rowsOf(await results(queryId, first));
    await first.close();
    const second = await openLogs(home);
    expect(rowsOf(await results(queryId, second))).toEqual(before);
    expect(before).toEqual([{ x: '1' }]);
    await second.close();
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
});

it('definitions are kept, changed, listed and deleted', async () => {
  const { queryDefinitionId } = await bench.client.send(
    new PutQueryDefinitionCommand({
      name: 'lab3/errors',
      queryString: 'filter level = "ERROR"',
      logGroupNames: ['/a'],
    }),
  );
  await bench.client.send(
    new PutQueryDefinitionCommand({
      queryDefinitionId,
      name: 'lab3/errors',
      queryString: 'filter level = "WARN"',
    }),
  );
  const { queryDefinitions } = await bench.client.send(
    new DescribeQueryDefinitionsCommand({ queryDefinitionNamePrefix: 'lab3/' }),
  );
  expect(queryDefinitions).toMatchObject([
    { queryDefinitionId, queryString: 'filter level = "WARN"', logGroupNames: [] },
  ]);
  const deleted = await bench.client.send(new DeleteQueryDefinitionCommand({ queryDefinitionId }));
  expect(deleted.success).toBe(true);
});
